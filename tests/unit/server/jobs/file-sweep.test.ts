import { expect, it } from 'vitest';
import { createFileSweep } from '../../../../server/jobs/file-sweep.ts';
import { unsentFileMs } from '../../../../shared/limits.ts';
import { createFakeClock } from '../../../integration/fake-clock.ts';

function sweepOver(files: string[], pictures: Array<{ id: string; shown: boolean }> = []) {
  const clock = createFakeClock();
  const asked: number[] = [];
  const removed: string[] = [];
  const failures: unknown[] = [];
  const state = { isDown: false };
  const sweep = createFileSweep({
    store: {
      async dropFiles({ beforeMs, limit }) {
        if (state.isDown) throw new Error('down');
        asked.push(clock.nowMs() - beforeMs);
        return files.splice(0, limit);
      },
      unusedAvatars: async ({ ids }) =>
        ids.filter((id) => pictures.some((picture) => picture.id === id && !picture.shown)),
    },
    shelf: {
      async remove(id) {
        removed.push(id);
      },
    },
    avatars: {
      async keptBefore(beforeMs) {
        asked.push(clock.nowMs() - beforeMs);
        return pictures.map(({ id }) => id);
      },
      async remove(id) {
        pictures.splice(
          pictures.findIndex((picture) => picture.id === id),
          1,
        );
      },
    },
    clock,
    onFailure: (error) => failures.push(error),
  });
  return { sweep, clock, asked, removed, failures, state };
}

it('takes away at the start what has lain too long, however much it is', async () => {
  const files = Array.from({ length: 250 }, (_, index) => `fil_${index}`);
  const { removed, asked, sweep, clock } = sweepOver(files);
  await expect.poll(() => removed).toHaveLength(250);
  expect(asked[0]).toBe(unsentFileMs);
  await sweep.close();
  expect(clock.waiting()).toBe(0);
});

it('comes again by itself, and at once when a message is taken back', async () => {
  const files: string[] = [];
  const { removed, clock, sweep } = sweepOver(files);
  await expect.poll(() => clock.waiting()).toBe(1);
  files.push('fil_late');
  clock.pass(15 * 60_000);
  await expect.poll(() => removed).toEqual(['fil_late']);
  files.push('fil_back');
  sweep.soon();
  sweep.soon();
  await expect.poll(() => removed).toEqual(['fil_late', 'fil_back']);
  await sweep.close();
  await sweep.close();
});

it('a store that is away is told of, and asked again later', async () => {
  const files: string[] = [];
  const { removed, failures, clock, state, sweep } = sweepOver(files);
  await expect.poll(() => clock.waiting()).toBe(1);
  files.push('fil_one');
  state.isDown = true;
  sweep.soon();
  await expect.poll(() => failures).toHaveLength(1);
  state.isDown = false;
  await expect.poll(() => clock.waiting()).toBe(1);
  clock.pass(15 * 60_000);
  await expect.poll(() => removed).toEqual(['fil_one']);
  await sweep.close();
});

it('pictures that no agent shows go after a day, however many they are', async () => {
  const pictures = Array.from({ length: 250 }, (_, index) => ({
    id: `fil_${index}`,
    shown: index % 50 === 0,
  }));
  const { asked, sweep } = sweepOver([], pictures);
  await expect.poll(() => pictures).toHaveLength(5);
  expect(pictures.every(({ shown }) => shown)).toBe(true);
  expect(new Set(asked)).toEqual(new Set([unsentFileMs]));
  await sweep.close();
});
