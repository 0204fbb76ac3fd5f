import { expect, it } from 'vitest';
import { createRequestLimits } from '../../../../server/domain/request-limits.ts';

const accepted = (event: string, times: number, nowMs = 0) => {
  const limits = createRequestLimits(nowMs);
  return Array.from({ length: times }, () => limits.take(event, nowMs)).filter((waitMs) => waitMs === 0)
    .length;
};

it('a burst passes, a flood does not; texts are dearer than questions, typing is cheap', () => {
  expect(accepted('entries:fetch', 100)).toBe(60);
  expect(accepted('message:send', 100)).toBe(20);
  expect(accepted('typing:set', 1_000)).toBe(240);
  expect(accepted('password:change', 100)).toBe(3);
});

it('the wait that is told is the wait that helps', () => {
  const limits = createRequestLimits(0);
  for (let at = 0; at < 20; at++) limits.take('message:send', 0);
  const waitMs = limits.take('message:send', 0);
  expect(waitMs).toBe(200);
  expect(limits.take('message:send', waitMs)).toBe(0);
});

it('who never stops asking is a flood', () => {
  const limits = createRequestLimits(0);
  for (let at = 0; at < 260; at++) limits.take('entries:fetch', 0);
  expect(limits.isFlood()).toBe(false);
  limits.take('entries:fetch', 0);
  expect(limits.isFlood()).toBe(true);
});
