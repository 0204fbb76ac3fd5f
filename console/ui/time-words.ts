/** Words for times. Everything takes `nowMs` and a locale, so that it can be tested anywhere. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The console speaks English; of the reader's languages the first English one decides 12 or 24 hours. */
export function timeLocale(languages: readonly string[]): string {
  return languages.find((language) => language.toLowerCase().startsWith('en')) ?? 'en-GB';
}

/** A formatter costs a thousand times more to make than to use; lists ask for thousands of times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, known);
  return known;
}

/** Days between two moments on the reader's calendar: 0 today, 1 yesterday. */
export function daysBetween(atMs: number, nowMs: number): number {
  const midnight = (ms: number) => {
    const date = new Date(ms);
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  };
  return Math.round((midnight(nowMs) - midnight(atMs)) / dayMs);
}

export function clockTime(atMs: number, locale: string): string {
  return formatter(locale, { hour: 'numeric', minute: '2-digit' }).format(atMs);
}

/** As short as a list wants it: "14:03", "Yesterday", "Mon", "12 Oct", "12 Oct 2025". */
export function shortTime(atMs: number, nowMs: number, locale: string): string {
  const days = daysBetween(atMs, nowMs);
  if (days <= 0) return clockTime(atMs, locale);
  if (days === 1) return 'Yesterday';
  if (days < 7) return formatter(locale, { weekday: 'short' }).format(atMs);
  return formatter(locale, {
    day: 'numeric',
    month: 'short',
    ...yearUnlessNow(atMs, nowMs),
  }).format(atMs);
}

/** Heading of a day in a conversation: "Today", "Yesterday", "Monday, 12 October". */
export function dayWords(atMs: number, nowMs: number, locale: string): string {
  const days = daysBetween(atMs, nowMs);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return formatter(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...yearUnlessNow(atMs, nowMs),
  }).format(atMs);
}

/** For tooltips and accessible names: "12 October 2026 at 14:03". */
export function fullTime(atMs: number, locale: string): string {
  return formatter(locale, { dateStyle: 'long', timeStyle: 'short' }).format(atMs);
}

/** A span of time, rounded down to its largest unit: "less than a minute", "12 min", "3 h", "2 days". */
export function spanWords(ms: number): string {
  if (ms < minuteMs) return 'less than a minute';
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min`;
  if (ms < dayMs) return `${Math.floor(ms / hourMs)} h`;
  const days = Math.floor(ms / dayMs);
  return days === 1 ? '1 day' : `${days} days`;
}

/** "just now", "12 min ago", "3 h ago", and from two days on the date. */
export function agoWords(atMs: number, nowMs: number, locale: string): string {
  const ms = nowMs - atMs;
  if (ms < minuteMs) return 'just now';
  if (ms < 2 * dayMs) return `${spanWords(ms)} ago`;
  return shortTime(atMs, nowMs, locale);
}

/** What remains, in seconds or minutes rounded up: "40 s", "2 min". */
export function remainingWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

function yearUnlessNow(atMs: number, nowMs: number): { year?: 'numeric' } {
  return new Date(atMs).getFullYear() === new Date(nowMs).getFullYear() ? {} : { year: 'numeric' };
}

/** "30 minutes", "1 hour", "3 days". */
export function minutesWords(minutes: number): string {
  const { count, unit } = spanOf(minutes);
  return `${count} ${count === 1 ? unit : `${unit}s`}`;
}

export const spanUnits = { minute: 1, hour: 60, day: 24 * 60 } as const;
export type SpanUnit = keyof typeof spanUnits;

/** Minutes in the largest unit that holds them without a rest. */
export function spanOf(minutes: number): { count: number; unit: SpanUnit } {
  for (const unit of ['day', 'hour'] as const) {
    if (minutes > 0 && minutes % spanUnits[unit] === 0) return { count: minutes / spanUnits[unit], unit };
  }
  return { count: minutes, unit: 'minute' };
}

/** How far into something that plays: "0:07", "12:34", "1:02:03". */
export function playTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (count: number) => String(count).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
