import type { BusinessHours } from '../../shared/model/hours.ts';
import { openState } from '../../shared/model/open-state.ts';

export type HoursRange = BusinessHours['days'][number][number];
export type HoursDays = BusinessHours['days'];

/** Monday first, as in {@link BusinessHours}. */
export const dayNames = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The time that somebody means by `9`, `930`, `9.30`, `9:30`, `5 pm` or `24:00`; null when it is none. */
export function timeFromText(text: string): string | null {
  const found = /^(\d{1,2})(?:\s*[:.h]?\s*([0-5]\d))?\s*h?\s*(?:([ap])\.?\s?m\.?)?$/i.exec(text.trim());
  if (!found) return null;
  const [, hourText = '', minuteText = '00', half] = found;
  let hour = Number(hourText);
  const minute = Number(minuteText);
  if (half) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  return hour < 24 || (hour === 24 && minute === 0) ? timeOf(hour * 60 + minute) : null;
}

/** Where a further range of a day fits: an hour after the last one, at most until midnight. Null when the day is full. */
export function furtherRange(ranges: readonly HoursRange[]): HoursRange | null {
  if (ranges.length === 0) return { from: '09:00', to: '17:00' };
  if (ranges.length >= 8) return null;
  const times = ranges.map(({ to }) => timeFromText(to));
  const last = Math.max(...times.map((time) => (time === null ? 0 : minutesOf(time))));
  const from = last + 60;
  if (from + 60 > 24 * 60) return null;
  return { from: timeOf(from), to: timeOf(Math.min(24 * 60, from + 4 * 60)) };
}

export function withDay(days: HoursDays, day: number, ranges: readonly HoursRange[]): HoursDays {
  return days.map((other, index) => (index === day ? [...ranges] : other)) as HoursDays;
}

/** The ranges of one day put on Monday to Friday, or on all days. */
export function copyDay(days: HoursDays, day: number, to: 'weekdays' | 'all'): HoursDays {
  const ranges = days[day] ?? [];
  return days.map((other, index) =>
    to === 'all' || index < 5 ? ranges.map((range) => ({ ...range })) : other,
  ) as HoursDays;
}

/** The range with its times as they are meant: `9` is `09:00`. */
const asMeant = ({ from, to }: HoursRange): HoursRange => ({
  from: timeFromText(from) ?? from,
  to: timeFromText(to) ?? to,
});

/** Ranges as they are kept: sorted within their days. */
export function inOrder(hours: BusinessHours): BusinessHours {
  const days = hours.days.map((ranges) => ranges.map(asMeant).sort((a, b) => (a.from < b.from ? -1 : 1)));
  return { ...hours, days: days as HoursDays };
}

/** What is wrong with the hours, by place: `hours.days.0.1.from`. A range is told about at the place that repairs it. */
export function hoursFaults(hours: BusinessHours): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const [day, ranges] of hours.days.entries()) {
    const good: HoursRange[] = [];
    for (const [index, { from, to }] of ranges.map(asMeant).entries()) {
      const path = `hours.days.${day}.${index}`;
      const isWrongFrom = timeFromText(from) === null || from === '24:00';
      const isWrongTo = timeFromText(to) === null;
      if (isWrongFrom) faults[`${path}.from`] = 'Write a time like 09:00.';
      if (isWrongTo) faults[`${path}.to`] = 'Write a time like 17:00, or 24:00 for midnight.';
      if (isWrongFrom || isWrongTo) continue;
      if (to <= from) {
        faults[`${path}.to`] = `Must be later than ${from}. Over midnight: end at 24:00, go on the next day.`;
        continue;
      }
      const other = good.find((known) => from <= known.to && known.from <= to);
      if (other) {
        faults[`${path}.from`] =
          from === other.to || to === other.from
            ? `Touches ${rangeWords(other)}: make them one range.`
            : `Overlaps ${rangeWords(other)}.`;
      }
      good.push({ from, to });
    }
  }
  return faults;
}

export function rangeWords({ from, to }: HoursRange): string {
  return `${from}–${to}`;
}

/**
 * Whether the site is open now and when that changes, on the site's clock; the reader's own clock is told where it shows
 * another time.
 */
export function openWords(hours: BusinessHours, nowMs: number, locale: string, readersZone: string): string {
  if (!hours.on) return 'Business hours are off: you count as open day and night.';
  const { isOpen, changesAtMs } = openState(hours, nowMs);
  if (changesAtMs === null) return isOpen ? 'Open now, and always.' : 'Closed now, and never open.';
  const when = momentWords(hours.timeZone, changesAtMs, nowMs, locale);
  const own = momentWords(readersZone, changesAtMs, nowMs, locale);
  const words = when === own ? when : `${when} (for you: ${own})`;
  return isOpen ? `Open now. Closes ${words}.` : `Closed now. Opens ${words}.`;
}

/** "today at 17:00", "tomorrow at 09:00", "on Monday at 09:00", by the clock and calendar of a time zone. */
function momentWords(timeZone: string, atMs: number, nowMs: number, locale: string): string {
  const dateOf = (ms: number) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(ms);
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: 'numeric', minute: '2-digit' }).format(atMs);
  const isTomorrow = Date.parse(dateOf(atMs)) - Date.parse(dateOf(nowMs)) === 24 * 60 * 60_000;
  const day =
    dateOf(atMs) === dateOf(nowMs)
      ? 'today'
      : isTomorrow
        ? 'tomorrow'
        : `on ${new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long' }).format(atMs)}`;
  return `${day} at ${time}`;
}
