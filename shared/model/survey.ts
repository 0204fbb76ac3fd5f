import * as v from 'valibot';
import { maxCommentChars } from '../limits.ts';

/** Satisfaction after a conversation: 1 (very unsatisfied) to 5 (very satisfied). */
export const scoreSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5));
export type Score = 1 | 2 | 3 | 4 | 5;

export const commentSchema = v.pipe(v.string(), v.trim(), v.maxLength(maxCommentChars));

/** After an answer the satisfaction question rests this long (transactional surveys: 30 to 90 days). */
export const satisfactionCooldownMs = 30 * 24 * 60 * 60_000;

/** What is known of a visitor when a conversation is closed. */
export interface SatisfactionFacts {
  /** The question already stands in this conversation. */
  askedInConversation: boolean;
  /** This visitor has ever dismissed it. */
  everDismissed: boolean;
  /** Asked elsewhere and neither answered nor dismissed yet. */
  openElsewhere: boolean;
  lastAnsweredAtMs: number | null;
  /** The visitor wrote at least one message and a person answered. */
  wasHelped: boolean;
}

export type SatisfactionDecision =
  | { shown: true }
  | {
      shown: false;
      because: 'already_asked' | 'dismissed_before' | 'open_elsewhere' | 'cooldown' | 'not_helped';
      untilMs: number | null;
    };

/** Whether the satisfaction question may be asked now. */
export function isSatisfactionDue(facts: SatisfactionFacts, nowMs: number): SatisfactionDecision {
  if (facts.everDismissed) return { shown: false, because: 'dismissed_before', untilMs: null };
  if (facts.askedInConversation) return { shown: false, because: 'already_asked', untilMs: null };
  if (!facts.wasHelped) return { shown: false, because: 'not_helped', untilMs: null };
  if (facts.openElsewhere) return { shown: false, because: 'open_elsewhere', untilMs: null };
  if (facts.lastAnsweredAtMs !== null && nowMs < facts.lastAnsweredAtMs + satisfactionCooldownMs) {
    return { shown: false, because: 'cooldown', untilMs: facts.lastAnsweredAtMs + satisfactionCooldownMs };
  }
  return { shown: true };
}

/** Results of the satisfaction question. */
export interface SatisfactionResults {
  /** Answers of 1, 2, 3, 4 and 5, in this order. */
  distribution: [number, number, number, number, number];
  /** Number of answers. */
  n: number;
  /** Share of 4 and 5, 0 to 1; null without answers. */
  share: number | null;
  /** 95 % Wilson score interval of `share`; null without answers. */
  interval: [low: number, high: number] | null;
  /** Times the question was asked: n / asked is the response rate. */
  asked: number;
  dismissed: number;
}

/**
 * 95 % interval of a share, by Wilson's score (E. B. Wilson, JASA 22, 1927):
 * (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), z = 1.96. For 8 of 10: 0.490 to 0.943.
 */
export function wilsonInterval(successes: number, n: number): [number, number] | null {
  if (n <= 0) return null;
  const z = 1.96;
  const p = successes / n;
  const middle = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)];
}

/** CSAT: share of the top two of 1-5, over answers only; dismissals and silence do not count. */
export function satisfactionResults(
  distribution: SatisfactionResults['distribution'],
  counts: { asked: number; dismissed: number },
): SatisfactionResults {
  const n = distribution.reduce((sum, count) => sum + count, 0);
  const top = distribution[3] + distribution[4];
  return { distribution, n, share: n === 0 ? null : top / n, interval: wilsonInterval(top, n), ...counts };
}
