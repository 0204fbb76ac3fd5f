import { expect, it } from 'vitest';
import { createSignInLimiter } from '../../../../server/domain/sign-in-limiter.ts';

const who = { account: 'ada@example.com', address: '203.0.113.7' };

it('five wrong passwords are free, then each doubles the wait up to a minute', () => {
  const limiter = createSignInLimiter();
  let nowMs = 0;
  const waits = Array.from({ length: 13 }, () => {
    const waitMs = limiter.attempt(who, nowMs);
    if (waitMs > 0) {
      nowMs += waitMs;
      limiter.attempt(who, nowMs);
    }
    return waitMs / 1_000;
  });
  expect(waits).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]);
});

it('guesses at many accounts from one address wait too', () => {
  const limiter = createSignInLimiter();
  const attempt = (at: number) => limiter.attempt({ ...who, account: `agent${at}@example.com` }, 0);
  const waits = Array.from({ length: 22 }, (_, at) => attempt(at));
  expect(waits.findIndex((waitMs) => waitMs > 0)).toBe(20);
});

it('the right password clears the account, and half an hour clears all', () => {
  const limiter = createSignInLimiter();
  for (let at = 0; at < 4; at++) limiter.attempt(who, 0);
  limiter.attempt(who, 0);
  limiter.succeed(who);
  expect(limiter.attempt(who, 0)).toBe(0);
  for (let at = 0; at < 4; at++) limiter.attempt(who, 0);
  expect(limiter.attempt(who, 0)).toBeGreaterThan(0);
  expect(limiter.attempt(who, 30 * 60_000 + 1)).toBe(0);
});

it('a flood of addresses does not make an account’s failures forgotten', () => {
  const limiter = createSignInLimiter();
  for (let at = 0; at < 6; at++) limiter.attempt(who, 0);
  for (let at = 0; at < 20_000; at++)
    limiter.attempt({ account: 'x', address: `session ${at}` }, at * 60_001);
  expect(limiter.attempt({ ...who, address: 'another' }, 0)).toBe(1_000);
});

it('an attempt that could not be checked is no failure', () => {
  const limiter = createSignInLimiter();
  for (let at = 0; at < 50; at++) {
    expect(limiter.attempt(who, 0)).toBe(0);
    limiter.withdraw(who);
  }
});
