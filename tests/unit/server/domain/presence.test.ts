import { beforeEach, expect, it } from 'vitest';
import { createPresence, type Presence } from '../../../../server/domain/presence.ts';
import type { StoredVisitor } from '../../../../server/store/store.ts';
import { createFakeClock, type FakeClock } from '../../../integration/fake-clock.ts';

const visitor: StoredVisitor = {
  id: 'vis_1',
  siteId: 'sit_1',
  name: null,
  email: null,
  page: { url: 'https://shop.example/', title: 'Shop' },
  referrer: '',
  browser: 'Chrome 156 on Windows',
  language: 'en',
  timeZone: 'Europe/London',
  firstSeenMs: 1,
  lastSeenMs: 1,
};
const ada = { id: 'agt_1', name: 'Ada', color: '#0072b2' };

let clock: FakeClock;
let presence: Presence;
let told: Array<[to: string, fact: string, payload: unknown]>;
beforeEach(() => {
  clock = createFakeClock();
  told = [];
  presence = createPresence({
    clock,
    publisher: {
      toSite: (siteId, fact, ...[payload]) => void told.push([`agents of ${siteId}`, fact, payload]),
      toVisitor: (id, fact, ...[payload]) => void told.push([id, fact, payload]),
      toVisitorsOfSite: (siteId, fact, ...[payload]) =>
        void told.push([`visitors of ${siteId}`, fact, payload]),
    },
    readVisitor: async () => visitor,
  });
});

const online = () =>
  told.map(([, , payload]) => (payload as { visitor: { online: boolean } }).visitor.online);

it('agents hear when a visitor comes and goes, and nothing of page loads', async () => {
  presence.connectVisitor({ siteId: 'sit_1', visitorId: 'vis_1' }, 'a');
  await expect.poll(online).toEqual([true]);
  presence.disconnectVisitor('a');
  presence.connectVisitor({ siteId: 'sit_1', visitorId: 'vis_1' }, 'b');
  clock.pass(10_000);
  expect(presence.seen(visitor).online).toBe(true);
  presence.disconnectVisitor('b');
  clock.pass(3_000);
  await expect.poll(online).toEqual([true, false]);
  expect(presence.visitorsOnline()).toEqual([]);
});

it('visitors hear which agents are there, without their addresses', () => {
  presence.connectAgent(Object.assign({ email: 'ada@example.com' }, ada), ['sit_1', 'sit_2'], 'c');
  expect(told).toEqual([
    ['agents of sit_1', 'presence:changed', { siteId: 'sit_1', agents: [ada] }],
    ['visitors of sit_1', 'presence:changed', { agents: [ada] }],
    ['agents of sit_2', 'presence:changed', { siteId: 'sit_2', agents: [ada] }],
    ['visitors of sit_2', 'presence:changed', { agents: [ada] }],
  ]);
  told = [];
  presence.disconnectAgent('c');
  clock.pass(3_000);
  expect(told).toContainEqual(['visitors of sit_1', 'presence:changed', { agents: [] }]);
  expect(presence.agentsOnline('sit_2')).toEqual([]);
});

it('an agent who joins a site is there at once, and goes with the connection', () => {
  presence.connectAgent(ada, ['sit_1'], 'c');
  presence.joinSite('agt_1', 'sit_3');
  expect(presence.agentsOnline('sit_3')).toEqual([ada]);
  presence.disconnectAgent('c');
  clock.pass(3_000);
  expect(presence.agentsOnline('sit_3')).toEqual([]);
});
