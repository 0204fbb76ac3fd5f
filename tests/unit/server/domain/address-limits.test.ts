import { expect, it } from 'vitest';
import { createAddressLimits } from '../../../../server/domain/address-limits.ts';
import { createRequestLimits } from '../../../../server/domain/request-limits.ts';

const address = '203.0.113.7';

function office() {
  const limits = createAddressLimits();
  /** One request, with limits of its own each time: a made-up token. */
  return (event: string, { hasRecord = false, from = address, nowMs = 0 } = {}) =>
    limits.join(createRequestLimits(nowMs), { address: from, hasRecord: () => hasRecord }).take(event, nowMs);
}
const passing = (waits: number[]) => waits.filter((waitMs) => waitMs === 0).length;
const times = <T>(count: number, run: () => T) => Array.from({ length: count }, run);

it('fresh tokens do not make fresh limits: one address begins 60 conversations, then one a second', () => {
  const ask = office();
  expect(passing(times(500, () => ask('conversation:start')))).toBe(60);
  expect(ask('cobrowse:offer', { hasRecord: true })).toBe(1_000);
  expect(ask('conversation:start', { nowMs: 1_000 })).toBe(0);
  expect(ask('conversation:start', { nowMs: 1_000 })).toBe(1_000);
});

it('who has a record writes on, and so do the neighbours', () => {
  const ask = office();
  times(2_000, () => ask('visit:open'));
  expect(ask('visit:open')).toBe(50);
  expect(ask('message:send', { hasRecord: true })).toBe(0);
  expect(ask('visit:open', { from: '203.0.113.8' })).toBe(0);
});

it('an office of 500 that comes back at once is let in', () => {
  const ask = office();
  expect(passing(times(500, () => ask('visit:open') + ask('page:changed')))).toBe(500);
});
