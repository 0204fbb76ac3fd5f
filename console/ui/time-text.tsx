import { locale, nowMs } from './now.ts';
import { agoWords, clockTime, fullTime, shortTime } from './time-words.ts';

/** A moment in words, exact in its tooltip. */
export function TimeText({ atMs, as = 'short' }: { atMs: number; as?: 'short' | 'ago' | 'clock' }) {
  const words =
    as === 'clock'
      ? clockTime(atMs, locale)
      : as === 'ago'
        ? agoWords(atMs, nowMs.value, locale)
        : shortTime(atMs, nowMs.value, locale);
  return (
    <time dateTime={new Date(atMs).toISOString()} title={fullTime(atMs, locale)}>
      {words}
    </time>
  );
}
