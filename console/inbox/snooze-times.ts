export interface SnoozeTime {
  id: 'hour' | 'today' | 'tomorrow' | 'next_week';
  words: string;
  untilMs: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Farthest time a conversation can sleep until. */
const maxSnoozeDays = 366;
const morningHour = 9;

/** Times to choose from, on the agent's own calendar. */
export function snoozeTimes(nowMs: number): SnoozeTime[] {
  const inAnHour = nowMs + hourMs;
  const laterToday = nextQuarter(nowMs + 3 * hourMs);
  const tomorrow = morningAfter(nowMs, 1);
  const weekday = new Date(nowMs).getDay();
  // On a Monday the next week begins in seven days.
  const daysToMonday = (8 - weekday) % 7 || 7;
  const nextWeek = morningAfter(nowMs, daysToMonday);
  return [
    { id: 'hour', words: 'In an hour', untilMs: inAnHour },
    ...(isSameDay(laterToday, nowMs)
      ? [{ id: 'today', words: 'Later today', untilMs: laterToday } as const]
      : []),
    { id: 'tomorrow', words: 'Tomorrow', untilMs: tomorrow },
    // On a Sunday both are the same morning.
    ...(nextWeek === tomorrow ? [] : [{ id: 'next_week', words: 'Next week', untilMs: nextWeek } as const]),
  ];
}

export type ReadSnoozeTime =
  | { ok: true; untilMs: number }
  | { ok: false; problem: 'missing' | 'past' | 'too_far' | 'no_such_time' };

/** Reads a date and a time of the agent's own clock, `2026-10-15` and `09:30`. */
export function readSnoozeTime(date: string, time: string, nowMs: number): ReadSnoozeTime {
  const parts = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2})$/.exec(`${date} ${time}`)?.slice(1).map(Number);
  if (!parts) return { ok: false, problem: 'missing' };
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts;
  const until = new Date(year, month - 1, day, hour, minute);
  // 31 February, and the hour that is skipped when the clocks go forward, turn into another time.
  const isThere =
    until.getFullYear() === year &&
    until.getMonth() === month - 1 &&
    until.getDate() === day &&
    until.getHours() === hour &&
    until.getMinutes() === minute;
  if (!isThere) return { ok: false, problem: 'no_such_time' };
  const untilMs = until.getTime();
  if (untilMs <= nowMs) return { ok: false, problem: 'past' };
  if (untilMs > nowMs + maxSnoozeDays * 24 * hourMs) return { ok: false, problem: 'too_far' };
  return { ok: true, untilMs };
}

export const snoozeProblemWords: Record<Extract<ReadSnoozeTime, { ok: false }>['problem'], string> = {
  missing: 'Choose a date and a time.',
  past: 'This time is over already. Choose a later one.',
  too_far: 'Choose a time within a year.',
  no_such_time: 'There is no such time: on that day the clocks jump over it, or the month is shorter.',
};

function nextQuarter(atMs: number): number {
  return Math.ceil(atMs / (15 * minuteMs)) * 15 * minuteMs;
}

/** Nine in the morning, some days on; by the calendar, since a day may have 23 or 25 hours. */
function morningAfter(nowMs: number, days: number): number {
  const now = new Date(nowMs);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, morningHour).getTime();
}

function isSameDay(oneMs: number, otherMs: number): boolean {
  return new Date(oneMs).toDateString() === new Date(otherMs).toDateString();
}
