import { texts } from '../texts.ts';

const dayMs = 24 * 60 * 60_000;

/** One key a calendar day, in the visitor's time zone. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toDateString();
}

export function dayName(atMs: number, nowMs: number): string {
  if (dayOf(atMs) === dayOf(nowMs)) return texts.today;
  if (dayOf(atMs) === dayOf(nowMs - dayMs)) return texts.yesterday;
  const sameYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
  return new Intl.DateTimeFormat(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: sameYear ? undefined : 'numeric',
  }).format(atMs);
}

export function timeOfDay(atMs: number): string {
  return new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(atMs);
}

export function fullTime(atMs: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' }).format(atMs);
}

/** For a list: the time today, else the day. */
export function shortTime(atMs: number, nowMs: number): string {
  if (dayOf(atMs) === dayOf(nowMs)) return timeOfDay(atMs);
  return new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' }).format(atMs);
}
