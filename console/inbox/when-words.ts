import { locale } from '../ui/now.ts';
import { clockTime, daysBetween } from '../ui/time-words.ts';

/** A time that is to come, as short as can be told apart: "17:30", "tomorrow 09:00", "Mon 09:00", "3 Dec 09:00". */
export function whenWords(atMs: number, nowMs: number): string {
  const days = daysBetween(nowMs, atMs);
  const time = clockTime(atMs, locale);
  if (days === 0) return time;
  if (days === 1) return `tomorrow ${time}`;
  const date = new Intl.DateTimeFormat(
    locale,
    days < 7 ? { weekday: 'short' } : { day: 'numeric', month: 'short' },
  );
  return `${date.format(atMs)} ${time}`;
}
