import { expect, it } from 'vitest';
import { epochDelayMs, nextFlush } from '../../../../widget/cobrowse/epoch-pace.ts';

it('lets leave what was recorded while nothing has become private', () => {
  expect(nextFlush({ hasPrivacyChanged: false, lastPrivacyEpochMs: 9_999, nowMs: 10_000 })).toEqual({
    leaves: true,
  });
});

it.each([
  ['at once after a quiet time', 0, 0],
  ['2 s after the last one', 9_000, 1_000],
  ['2 s after one that is still to come', 10_500, 2_000],
])(
  'holds back what was recorded when something has, and starts anew %s',
  (_, lastPrivacyEpochMs, afterMs) => {
    expect(nextFlush({ hasPrivacyChanged: true, lastPrivacyEpochMs, nowMs: 10_000 })).toEqual({
      leaves: false,
      restartAfterMs: afterMs,
    });
  },
);

it('does not wait for a clock that was set back', () => {
  expect(epochDelayMs(1_000_000, 0)).toBe(2_000);
});
