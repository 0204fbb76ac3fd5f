import { expect, it } from 'vitest';
import { runCanaries } from '../canary/canary-run.ts';

it('no planted secret leaves the page or is kept by the server', async () => {
  const { canaries, leaks, missing, positions } = await runCanaries({ databaseUrl: null });
  expect(leaks).toEqual([]);
  expect(missing).toEqual([]);
  expect(canaries).toBeGreaterThan(1_000);
  expect(Object.keys(positions)).toEqual(
    expect.arrayContaining([
      'static',
      'dynamic',
      'shadow',
      'late shadow',
      'frame',
      'late frame',
      'late',
      'address',
    ]),
  );
});
