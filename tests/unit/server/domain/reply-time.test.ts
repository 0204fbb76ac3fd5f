import { expect, it } from 'vitest';
import { createReplyTime, medianOf } from '../../../../server/domain/reply-time.ts';
import { createFakeClock } from '../../../integration/fake-clock.ts';

it('the median of five or more answers, and nothing of fewer', () => {
  expect(medianOf([1, 2, 3, 4])).toBeNull();
  expect(medianOf([50, 10, 40, 20, 30])).toBe(30);
  expect(medianOf([60, 10, 50, 20, 31, 40])).toBe(36);
});

it('is looked up once in some minutes, for the last 30 days, and again after a failure', async () => {
  const clock = createFakeClock();
  const asked: number[] = [];
  let isDown = true;
  const replyTime = createReplyTime({
    clock,
    store: {
      async firstReplies({ sinceMs }) {
        asked.push(clock.nowMs() - sinceMs);
        if (isDown) throw new Error('down');
        return [1, 2, 3, 4, 5];
      },
    },
  });
  await expect(replyTime.usualMs('sit_1')).rejects.toThrow('down');
  isDown = false;
  expect(await replyTime.usualMs('sit_1')).toBe(3);
  clock.pass(4 * 60_000);
  expect(await replyTime.usualMs('sit_1')).toBe(3);
  expect(asked).toEqual([30 * 24 * 3_600_000, 30 * 24 * 3_600_000]);
  clock.pass(2 * 60_000);
  await replyTime.usualMs('sit_1');
  expect(asked).toHaveLength(3);
});
