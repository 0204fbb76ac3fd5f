import { expect, it } from 'vitest';
import { createLiveVisitors, type LiveVisitorsParts } from '../../../../console/visitors/live-visitors.ts';
import type { LiveVisitor } from '../../../../shared/model/visitor.ts';

const siteId = 'sit_shop';
const visitor = (id: string): LiveVisitor => ({
  id,
  siteId,
  visitorId: null,
  name: null,
  verified: false,
  page: { url: 'https://shop.example/', title: 'Shop' },
  referrer: '',
  browser: '',
  language: '',
  sinceMs: 1,
  pageSinceMs: 1,
  tabs: 1,
});

/** A line whose replies and facts the story gives. */
function fakeLine() {
  const answers: Array<(reply: object) => void> = [];
  const facts = new Map<string, (fact: never) => void>();
  const connects = new Set<() => void>();
  const connection = {
    request: () => new Promise((resolve) => answers.push(resolve)),
    onFact(fact: string, listener: (fact: never) => void) {
      facts.set(fact, listener);
      return () => facts.delete(fact);
    },
    onConnect(listener: () => void) {
      connects.add(listener);
      return () => connects.delete(listener);
    },
  } as unknown as LiveVisitorsParts['connection'];
  return {
    connection,
    tells: (fact: string, what: object) => facts.get(fact)?.(what as never),
    async answers(reply: object) {
      answers.shift()?.(reply);
      await Promise.resolve();
      await Promise.resolve();
    },
    reconnects() {
      for (const listener of connects) listener();
    },
    listeners: () => facts.size + connects.size,
  };
}
const ids = (live: ReturnType<typeof createLiveVisitors>) => [...live.list.value.visitors.keys()].sort();

it('what is told while the list is on its way is not lost, and not undone by it', async () => {
  const line = fakeLine();
  const live = createLiveVisitors({ connection: line.connection, siteId });
  line.tells('live:changed', { visitor: visitor('new') });
  line.tells('live:left', { siteId, id: 'gone' });
  line.tells('live:changed', { visitor: { ...visitor('elsewhere'), siteId: 'sit_other' } });
  await line.answers({ ok: true, visitors: [visitor('gone'), visitor('stays')], total: 2 });
  expect(live.phase.value).toBe('ready');
  expect(ids(live)).toEqual(['new', 'stays']);
  expect(live.list.value.total).toBe(2);
  live.close();
  expect(line.listeners()).toBe(0);
});

it('after a reconnect the list is the server’s, whatever was missed', async () => {
  const line = fakeLine();
  const live = createLiveVisitors({ connection: line.connection, siteId });
  await line.answers({ ok: true, visitors: [visitor('a'), visitor('b')], total: 2 });
  line.reconnects();
  await line.answers({ ok: true, visitors: [visitor('c')], total: 700 });
  expect(ids(live)).toEqual(['c']);
  expect(live.list.value.total).toBe(700);
  live.close();
});

it('a refused first list says why; a later one changes nothing', async () => {
  const line = fakeLine();
  const live = createLiveVisitors({ connection: line.connection, siteId });
  await line.answers({ ok: false, error: 'unavailable' });
  expect(live.phase.value).toEqual({ ok: false, error: 'unavailable' });
  void live.load();
  await line.answers({ ok: true, visitors: [visitor('a')], total: 1 });
  void live.load();
  await line.answers({ ok: false, error: 'unavailable' });
  expect(live.phase.value).toBe('ready');
  expect(ids(live)).toEqual(['a']);
  live.close();
});
