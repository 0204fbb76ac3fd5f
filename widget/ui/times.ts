import * as texts from '../texts.ts';

const dayMs = 24 * 60 * 60_000;

/** Words in the visitor's language. A formatter costs a thousand times more to make than to use: one for all. */
function wordsBy(options: Intl.DateTimeFormatOptions): (atMs: number) => string {
  let format: Intl.DateTimeFormat | undefined;
  return (atMs) => {
    format ??= new Intl.DateTimeFormat(undefined, options);
    return format.format(atMs);
  };
}

const ofDay = { weekday: 'short', day: 'numeric', month: 'long' } as const;
const dayWords = wordsBy(ofDay);
const dayOfYearWords = wordsBy({ ...ofDay, year: 'numeric' });
const shortDayWords = wordsBy({ day: 'numeric', month: 'short' });
export const timeOfDay = wordsBy({ hour: 'numeric', minute: '2-digit' });
export const fullTime = wordsBy({ dateStyle: 'full', timeStyle: 'short' });

/** One key a calendar day, in the visitor's time zone. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toDateString();
}

export function dayName(atMs: number, nowMs: number): string {
  if (dayOf(atMs) === dayOf(nowMs)) return texts.today;
  if (dayOf(atMs) === dayOf(nowMs - dayMs)) return texts.yesterday;
  const sameYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
  return (sameYear ? dayWords : dayOfYearWords)(atMs);
}

/** For a list: the time today, else the day. */
export function shortTime(atMs: number, nowMs: number): string {
  if (dayOf(atMs) === dayOf(nowMs)) return timeOfDay(atMs);
  return shortDayWords(atMs);
}
