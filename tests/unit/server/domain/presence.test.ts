import { beforeEach, expect, it } from 'vitest';
import { createPresence, type Presence } from '../../../../server/domain/presence.ts';
import type { StoredVisitor } from '../../../../server/store/store.ts';
import { createFakeClock, type FakeClock } from '../../../integration/fake-clock.ts';

const visitor: StoredVisitor = {
  id: 'vis_1',
  siteId: 'sit_1',
  name: null,
  email: null,
  externalId: null,
  verified: false,
  attributes: {},
  mergedInto: null,
  page: { url: 'https://shop.example/', title: 'Shop' },
  referrer: '',
  browser: 'Chrome 156 on Windows',
  language: 'en',
  timeZone: 'Europe/London',
  firstSeenMs: 1,
  lastSeenMs: 1,
};
const ada = { id: 'agt_1', name: 'Ada', color: '#0072b2', avatar: null };
const online = { agent: ada, availability: 'online' as const };

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
    onAgentsChange: (siteId) => void told.push([siteId, 'looked at', null]),
  });
});

const visitorStates = () =>
  told.map(([, , payload]) => (payload as { visitor: { online: boolean } }).visitor.online);

it('agents hear when a visitor comes and goes, and nothing of page loads', async () => {
  presence.connectVisitor({ siteId: 'sit_1', visitorId: 'vis_1' }, 'a');
  await expect.poll(visitorStates).toEqual([true]);
  presence.disconnectVisitor('a');
  presence.connectVisitor({ siteId: 'sit_1', visitorId: 'vis_1' }, 'b');
  clock.pass(10_000);
  expect(presence.seen(visitor).online).toBe(true);
  presence.disconnectVisitor('b');
  clock.pass(3_000);
  await expect.poll(visitorStates).toEqual([true, false]);
  expect(presence.visitorsOnline()).toEqual([]);
});

it('visitors hear which agents are there, without their addresses', () => {
  const agent = Object.assign({ email: 'ada@example.com' }, ada);
  presence.connectAgent({ agent, availability: 'online' }, ['sit_1', 'sit_2'], 'c');
  expect(told).toEqual([
    ['agents of sit_1', 'presence:changed', { siteId: 'sit_1', agents: [online] }],
    ['visitors of sit_1', 'presence:changed', { agents: [ada] }],
    ['sit_1', 'looked at', null],
    ['agents of sit_2', 'presence:changed', { siteId: 'sit_2', agents: [online] }],
    ['visitors of sit_2', 'presence:changed', { agents: [ada] }],
    ['sit_2', 'looked at', null],
  ]);
  told = [];
  presence.disconnectAgent('c');
  clock.pass(3_000);
  expect(told).toContainEqual(['visitors of sit_1', 'presence:changed', { agents: [] }]);
  expect(presence.agentsThere('sit_2')).toEqual([]);
  expect(presence.ofAgent('sit_2', 'agt_1')).toBe('offline');
});

it('an agent who is away is there for colleagues, and not for visitors', () => {
  presence.connectAgent({ agent: ada, availability: 'away' }, ['sit_1'], 'c');
  const visitorsHear = () =>
    told.filter(([to]) => to === 'visitors of sit_1').map(([, , payload]) => payload);
  expect(visitorsHear()).toEqual([]);
  expect(presence.ofAgent('sit_1', 'agt_1')).toBe('away');
  presence.changeAgent('agt_1', { availability: 'online' });
  presence.changeAgent('agt_1', { agent: { ...ada, name: 'Ada L.' } });
  presence.changeAgent('agt_1', { availability: 'away' });
  expect(visitorsHear()).toEqual([
    { agents: [ada] },
    { agents: [{ ...ada, name: 'Ada L.' }] },
    { agents: [] },
  ]);
  // A second tab, whose facts were read before the change, does not undo it.
  presence.connectAgent(online, ['sit_1'], 'd');
  expect(presence.ofAgent('sit_1', 'agt_1')).toBe('away');
});

it('an agent who joins a site is there at once, and goes with the connection', () => {
  presence.connectAgent(online, ['sit_1'], 'c');
  presence.joinSite('agt_1', 'sit_3');
  expect(presence.agentsAvailable('sit_3')).toEqual([ada]);
  presence.disconnectAgent('c');
  clock.pass(3_000);
  expect(presence.agentsAvailable('sit_3')).toEqual([]);
});

it('a connection that stands for several records shows all of them online', () => {
  presence.connectVisitor({ siteId: 'sit_1', visitorId: 'vis_1' }, 'a');
  presence.connectVisitor({ siteId: 'sit_1', visitorId: 'vis_2' }, 'a');
  presence.disconnectVisitor('a');
  expect(presence.isVisitorOnline('vis_2')).toBe(true);
  clock.pass(3_000);
  expect(presence.visitorsOnline()).toEqual([]);
});
