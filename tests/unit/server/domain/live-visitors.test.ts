import { beforeEach, expect, it } from 'vitest';
import type { AgentCaller, VisitorCaller } from '../../../../server/domain/caller.ts';
import { createLiveVisitors, type LiveVisitors } from '../../../../server/domain/live-visitors.ts';
import { defaultSiteSettings, type Site } from '../../../../shared/model/site.ts';
import { createFakeClock, type FakeClock } from '../../../integration/fake-clock.ts';

let site: Site;
let clock: FakeClock;
let told: string[];
let live: LiveVisitors;
const ada: AgentCaller = {
  agent: { id: 'agt_1', name: 'Ada', email: 'ada@example.com', color: '#000000', avatar: null },
  sessionId: 'ags_1',
};

const visit = (path: string) => ({
  page: { url: `https://shop.example${path}`, title: path },
  referrer: '',
  language: 'en',
  timeZone: 'UTC',
});

function tab(tokenHash: string, connection: string) {
  const caller: VisitorCaller = {
    siteId: 'sit_1',
    tokenHash,
    visitorId: null,
    identity: null,
    visitorIds: [],
    browser: 'Chrome 156 on Windows',
    connection,
  };
  live.connect(connection);
  return {
    open: (path: string) => live.open(caller, visit(path)),
    goTo: (path: string) => live.changePage(caller, visit(path).page),
    close: () => live.disconnect(connection),
  };
}
const list = async () => {
  const { visitors, total } = await live.list(ada, { siteId: 'sit_1' });
  return { shown: visitors.map(({ page, tabs }) => `${page.title} ×${tabs}`), total };
};
const turn = (isOn: boolean) => {
  site = { ...site, settings: { ...site.settings, liveVisitors: isOn } };
  live.changeSite(site);
};

beforeEach(() => {
  clock = createFakeClock();
  told = [];
  site = { id: 'sit_1', key: 'pk_shop', settings: defaultSiteSettings('Shop', []), createdAtMs: 0 };
  site.settings.liveVisitors = true;
  live = createLiveVisitors({
    clock,
    maxTold: 2,
    directory: { byId: async () => site },
    membership: { requireMember: async () => site },
    publisher: {
      toSite(_siteId, fact, ...[payload]) {
        if (fact === 'live:changed' && 'visitor' in payload && 'page' in payload.visitor) {
          told.push(`${payload.visitor.page.title}`);
        } else told.push(fact);
      },
    },
    readVisitor: async () => null,
    onFailure: (error) => {
      throw error;
    },
  });
});

it('several tabs are one visitor, who is followed from page to page and gone with the last tab', async () => {
  const [first, second] = [tab('eve', 'a'), tab('eve', 'b')];
  await first.open('/chairs');
  await second.open('/tables');
  await first.goTo('/lamps');
  expect(told).toEqual(['/chairs', '/tables', '/lamps']);
  expect(await list()).toEqual({ shown: ['/lamps ×2'], total: 1 });
  first.close();
  second.close();
  clock.pass(2_999);
  expect(told).not.toContain('live:left');
  clock.pass(1);
  expect(told.at(-1)).toBe('live:left');
  expect(await list()).toEqual({ shown: [], total: 0 });
});

it('the time on a page begins with the page', async () => {
  const eve = tab('eve', 'a');
  const startMs = clock.nowMs();
  await eve.open('/chairs');
  clock.pass(10_000);
  await eve.goTo('/chairs');
  expect((await live.list(ada, { siteId: 'sit_1' })).visitors[0]).toMatchObject({ pageSinceMs: startMs });
  await eve.goTo('/lamps');
  expect((await live.list(ada, { siteId: 'sit_1' })).visitors[0]).toMatchObject({
    sinceMs: startMs,
    pageSinceMs: startMs + 10_000,
  });
});

it('beyond the bound they are only counted, until one of those who are told leaves', async () => {
  const tabs = ['/1', '/2', '/3'].map((path, at) => ({ path, tab: tab(`visitor-${at}`, `tab-${at}`) }));
  for (const one of tabs) await one.tab.open(one.path);
  expect(told).toEqual(['/1', '/2']);
  expect(await list()).toMatchObject({ total: 3 });
  tabs[0]?.tab.close();
  clock.pass(3_000);
  expect(told).toEqual(['/1', '/2', 'live:left', '/3']);
});

it('off, nothing is listed, told or found; who is there shows once it is on, and goes when it is off', async () => {
  turn(false);
  await tab('eve', 'a').open('/chairs');
  expect(told).toEqual([]);
  expect(await list()).toEqual({ shown: [], total: 0 });
  turn(true);
  expect(told).toEqual(['/chairs']);
  const [eve] = (await live.list(ada, { siteId: 'sit_1' })).visitors;
  expect(await live.find('sit_1', eve?.id ?? '')).toMatchObject({ tokenHash: 'eve' });
  turn(false);
  expect(told.at(-1)).toBe('live:left');
  await expect(live.find('sit_1', eve?.id ?? '')).rejects.toThrow('not_found');
});

it('the id says nothing of the token, and the next stay has another', async () => {
  const ids = new Set<string>();
  for (const connection of ['a', 'b']) {
    const eve = tab('eve', connection);
    await eve.open('/chairs');
    const [visitor] = (await live.list(ada, { siteId: 'sit_1' })).visitors;
    expect(JSON.stringify(visitor)).not.toContain('eve');
    ids.add(visitor?.id ?? '');
    eve.close();
    clock.pass(3_000);
  }
  expect(ids.size).toBe(2);
});

it('a page that is gone before its request was answered leaves nobody behind', async () => {
  const eve = tab('eve', 'a');
  const opening = eve.open('/chairs');
  eve.close();
  await opening;
  expect(await list()).toEqual({ shown: [], total: 0 });
  expect(clock.waiting()).toBe(0);
});
