import { expect, it } from 'vitest';
import { createRequestLimits } from '../../../../server/domain/request-limits.ts';

const accepted = (event: string, times: number, role: 'visitor' | 'agent' = 'visitor') => {
  const nowMs = 0;
  const limits = createRequestLimits(nowMs, role);
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

it('an agent serves ten conversations: everything that their messages cause is let through', () => {
  const limits = createRequestLimits(0, 'agent');
  const waits: number[] = [];
  const ask = (event: string, nowMs: number) => waits.push(limits.take(event, nowMs));
  for (const event of ['session:open', 'workspace:open', 'team:list', 'inbox:list', 'inbox:count'])
    ask(event, 0);
  // Every 15 s all ten visitors write, and within those 15 s each gets an answer.
  for (let round = 0; round < 20; round++) {
    for (let conversation = 0; conversation < 10; conversation++) {
      const nowMs = round * 15_000 + conversation * 50;
      for (const event of ['conversation:delivered', 'inbox:count']) ask(event, nowMs);
    }
    for (let conversation = 0; conversation < 10; conversation++) {
      const nowMs = round * 15_000 + 1_000 + conversation * 1_300;
      for (const event of ['conversation:view', 'conversation:open', 'conversation:read']) ask(event, nowMs);
      for (let key = 0; key < 4; key++) ask('typing:set', nowMs + key * 250);
      for (const event of ['message:send', 'note:add', 'conversation:label']) ask(event, nowMs + 1_000);
    }
  }
  expect(waits.filter((waitMs) => waitMs > 0)).toEqual([]);
  expect(accepted('entries:fetch', 300, 'agent')).toBe(200);
  expect(accepted('search:find', 300, 'agent')).toBe(66);
});
