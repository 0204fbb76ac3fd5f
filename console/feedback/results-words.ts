import type { SatisfactionResults } from '../../shared/model/survey.ts';

/** A share in whole percent: 0.875 is "88 %". */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** What the share rests on and how sure it is. */
export function shareWords({ n, interval }: SatisfactionResults): string {
  const answers = n === 1 ? '1 answer' : `${n} answers`;
  if (interval === null) return 'No answers in this period.';
  const [low, high] = interval;
  return `chose 4 or 5, of ${answers}. With 95 % confidence the true share is between ${percent(low)} and ${percent(high)}.`;
}

/** How many of those who were asked answered. */
export function responseWords({ n, asked, dismissed }: SatisfactionResults): string {
  if (asked === 0) return 'Nobody was asked in this period.';
  const silent = Math.max(0, asked - n - dismissed);
  return `${n} answered of ${asked} asked. ${dismissed} closed the question, ${silent} did not react yet.`;
}
