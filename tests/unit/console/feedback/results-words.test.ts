import { expect, it } from 'vitest';
import { periodStartMs } from '../../../../console/feedback/period.ts';
import { percent, responseWords, shareWords } from '../../../../console/feedback/results-words.ts';
import { satisfactionResults } from '../../../../shared/model/survey.ts';

it('says the share with what it rests on and how sure it is', () => {
  const results = satisfactionResults([1, 1, 0, 3, 5], { asked: 14, dismissed: 1 });
  expect(percent(results.share ?? 0)).toBe('80 %');
  // Wilson's interval of 8 of 10 is 0.490 to 0.943.
  expect(shareWords(results)).toBe(
    'chose 4 or 5, of 10 answers. With 95 % confidence the true share is between 49 % and 94 %.',
  );
  expect(responseWords(results)).toBe('10 answered of 14 asked. 1 closed the question, 3 did not react yet.');
});

it('invents no figures where there are no answers', () => {
  const results = satisfactionResults([0, 0, 0, 0, 0], { asked: 0, dismissed: 0 });
  expect(shareWords(results)).toBe('No answers in this period.');
  expect(responseWords(results)).toBe('Nobody was asked in this period.');
});

it('a period starts that many days ago', () => {
  const now = Date.UTC(2026, 9, 14);
  expect(periodStartMs('7', now)).toBe(Date.UTC(2026, 9, 7));
  expect(periodStartMs('all', now)).toBe(0);
});
