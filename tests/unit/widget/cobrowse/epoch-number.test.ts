import { expect, it } from 'vitest';
import { nextEpoch } from '../../../../widget/cobrowse/epoch-number.ts';

const atMs = Date.UTC(2026, 10, 21);

it('grows within a page and over page loads', () => {
  const first = nextEpoch(0, atMs);
  const second = nextEpoch(first, atMs);
  expect(second).toBe(first + 1);
  expect(nextEpoch(0, atMs + 1_000)).toBeGreaterThan(second);
});

it('never falls when the clock is set back, and fits the wire for years', () => {
  const epoch = nextEpoch(0, atMs);
  expect(nextEpoch(epoch, atMs - 3_600_000)).toBe(epoch + 1);
  expect(nextEpoch(0, Date.UTC(2041, 0, 1))).toBeLessThan(2 ** 31);
});
