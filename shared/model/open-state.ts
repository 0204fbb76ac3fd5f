import type { BusinessHours } from './hours.ts';

/** Whether a site is open, and when that changes next; `changesAtMs` is null when it never does. */
export interface OpenState {
  isOpen: boolean;
  changesAtMs: number | null;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const dayMinutes = 24 * 60;

/** Two weeks and a day: hours that stand in a week once can be skipped by the clocks going forward, then they are a week on. */
const lookAheadMs = 15 * dayMs;

/** Making one takes longer than all that is asked of it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** What a clock on the wall of that time zone shows, to the minute, in milliseconds as if it hung in Greenwich. */
function wallMs(timeZone: string, atMs: number): number {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    });
    clocks.set(timeZone, clock);
  }
  const shown: Record<string, number> = {};
  for (const { type, value } of clock.formatToParts(atMs)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute);
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/**
 * Reads the clock on the wall of the site's time zone, minute by minute until it is open or closed otherwise than now.
 * The zone is asked once an hour; in an hour in which its clocks are changed, each minute.
 */
export function openState(hours: BusinessHours, nowMs: number): OpenState {
  if (!hours.on) return { isOpen: true, changesAtMs: null };
  const { timeZone } = hours;
  const days = hours.days.map((ranges) =>
    ranges.map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) })),
  );
  const isOpenBy = (shownMs: number): boolean => {
    // The first of January 1970 was a Thursday.
    const day = (Math.floor(shownMs / dayMs) + 3) % 7;
    const minute = Math.floor(shownMs / minuteMs) % dayMinutes;
    return (days[day] ?? []).some(({ from, to }) => from <= minute && minute < to);
  };

  const startMs = Math.floor(nowMs / minuteMs) * minuteMs;
  const isOpen = isOpenBy(wallMs(timeZone, startMs));
  if (days.every((ranges) => ranges.length === 0)) return { isOpen, changesAtMs: null };

  for (let hour = startMs; hour < startMs + lookAheadMs; hour += hourMs) {
    const shownMs = wallMs(timeZone, hour);
    const isSteady = wallMs(timeZone, hour + hourMs) - shownMs === hourMs;
    for (let atMs = hour + minuteMs; atMs <= hour + hourMs; atMs += minuteMs) {
      const shown = isSteady ? shownMs + (atMs - hour) : wallMs(timeZone, atMs);
      if (isOpenBy(shown) !== isOpen) return { isOpen, changesAtMs: atMs };
    }
  }
  return { isOpen, changesAtMs: null };
}
