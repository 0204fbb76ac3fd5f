import { expect, it } from 'vitest';
import { StormGuard } from '../../../../widget/cobrowse/storm-guard.ts';

it('lets a lively page through and stops one that storms', () => {
  const guard = new StormGuard(0);
  for (let second = 1; second <= 60; second++) expect(guard.take(300_000, second * 1_000)).toBe(0);
  let pauseMs = 0;
  for (let tick = 0; tick < 100 && pauseMs === 0; tick++) pauseMs = guard.take(500_000, 61_000 + tick * 80);
  expect(pauseMs).toBe(1_000);
});

it('waits longer each time the storm comes back, and starts small after a calm', () => {
  const guard = new StormGuard(0);
  expect([1, 2, 3, 4, 5, 6].map((at) => guard.pause(at * 20_000 + 100_000))).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 16_000,
  ]);
  expect(guard.pause(400_000)).toBe(1_000);
});
