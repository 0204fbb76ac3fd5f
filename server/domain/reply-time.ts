import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';

/** Answers from before that say little about today's team. */
const periodMs = 30 * 24 * 60 * 60_000;
/** A figure from fewer answers would be somebody's luck. */
const minAnswers = 5;
/** Every visitor who opens the panel asks; the figure moves slowly. */
const freshMs = 5 * 60_000;

export interface ReplyTime {
  /** Median time to the first answer, of the last 30 days; null with fewer than 5 answers. */
  usualMs(siteId: string): Promise<number | null>;
}

export function createReplyTime(parts: { store: Pick<Store, 'firstReplies'>; clock: Clock }): ReplyTime {
  const known = new Map<string, { usual: Promise<number | null>; untilMs: number }>();

  return {
    usualMs(siteId) {
      const nowMs = parts.clock.nowMs();
      const before = known.get(siteId);
      if (before && nowMs < before.untilMs) return before.usual;
      const usual = parts.store.firstReplies({ siteId, sinceMs: nowMs - periodMs }).then(medianOf);
      const asked = { usual, untilMs: nowMs + freshMs };
      known.set(siteId, asked);
      usual.catch(() => {
        if (known.get(siteId) === asked) known.delete(siteId);
      });
      return usual;
    },
  };
}

/** Of an even number of times the mean of the two in the middle, in whole milliseconds. */
export function medianOf(times: readonly number[]): number | null {
  if (times.length < minAnswers) return null;
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? 0;
  const high = sorted[Math.floor(middle)] ?? 0;
  return Math.round((low + high) / 2);
}
