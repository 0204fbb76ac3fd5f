import { expect, it } from 'vitest';
import { createWorkMeter } from '../../../../widget/cobrowse/work-meter.ts';

it('counts what runs once, however deep, also when it throws', () => {
  let nowMs = 0;
  const meter = createWorkMeter(() => nowMs);
  const takes = (ms: number) => {
    nowMs += ms;
    return ms;
  };
  expect(meter.run(() => takes(5) + meter.run(() => takes(7)))).toBe(12);
  expect(() =>
    meter.run(() => {
      takes(3);
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(meter.take()).toEqual({ totalMs: 15, longestMs: 12 });
  expect(meter.take()).toEqual({ totalMs: 0, longestMs: 0 });
});
