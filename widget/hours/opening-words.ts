import { dayOf, timeOfDay } from '../ui/times.ts';

const dayMs = 24 * 60 * 60_000;

/** `We are back tomorrow at 09:00`, by the visitor's own clock and calendar. */
export function backWords(opensAtMs: number | null, nowMs: number): string {
  if (opensAtMs === null) return 'We are away at the moment';
  return `We are back ${dayWords(opensAtMs, nowMs)} at ${timeOfDay(opensAtMs)}`;
}

function dayWords(atMs: number, nowMs: number): string {
  if (dayOf(atMs) === dayOf(nowMs)) return 'today';
  const tomorrow = new Date(nowMs);
  // By calendar: a day in which the clocks change has 23 or 25 hours.
  tomorrow.setDate(tomorrow.getDate() + 1);
  if (dayOf(atMs) === tomorrow.toDateString()) return 'tomorrow';
  const isNear = atMs - nowMs < 6 * dayMs;
  const day = new Intl.DateTimeFormat(
    undefined,
    isNear ? { weekday: 'long' } : { weekday: 'long', day: 'numeric', month: 'long' },
  ).format(atMs);
  return `on ${day}`;
}
