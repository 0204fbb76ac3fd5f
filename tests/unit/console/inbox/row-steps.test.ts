import { expect, it } from 'vitest';
import { countWords } from '../../../../console/inbox/inbox-views.tsx';
import { rowSteps } from '../../../../console/inbox/row-steps.ts';

it('keys lead through the rows and stop at both ends', () => {
  expect(rowSteps('ArrowDown', 3, 100)).toBe(4);
  expect(rowSteps('ArrowUp', 0, 100)).toBe(0);
  expect(rowSteps('PageDown', 95, 100)).toBe(99);
  expect(rowSteps('PageUp', 20, 100)).toBe(12);
  expect(rowSteps('Home', 50, 100)).toBe(0);
  expect(rowSteps('End', 50, 100)).toBe(99);
  expect(rowSteps('x', 50, 100)).toBeNull();
  expect(rowSteps('End', -1, 0)).toBeNull();
});

it('counts are short and never promise more than was counted', () => {
  expect([0, 7, 987, 1_000, 1_250, 9_999, 10_000].map(countWords)).toEqual([
    '0',
    '7',
    '987',
    '1k',
    '1.2k',
    '9.9k',
    '10k+',
  ]);
});
