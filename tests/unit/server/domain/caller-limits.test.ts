import { expect, it } from 'vitest';
import { createCallerLimits } from '../../../../server/domain/caller-limits.ts';

it('made-up keys push out only each other', () => {
  const callers = createCallerLimits({ maxCallers: 10 });
  const known = callers.of('known', 0);
  callers.trust('known');
  const stranger = callers.of('stranger', 0);
  for (let at = 0; at < 100; at++) callers.of(`made up ${at}`, 0);
  expect(callers.of('known', 0)).toBe(known);
  expect(callers.of('stranger', 0)).not.toBe(stranger);
  expect([callers.isTrusted('known'), callers.isTrusted('stranger')]).toEqual([true, false]);
});
