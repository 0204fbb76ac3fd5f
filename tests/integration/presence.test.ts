import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import type { AgentLine } from './live-line.ts';
import { clientId, type LiveRapport, startLiveRapport, visit } from './live-rapport.ts';

let clock: FakeClock;
let rapport: LiveRapport;
beforeEach(async () => {
  clock = createFakeClock();
  rapport = await startLiveRapport({ clock });
});
afterEach(() => rapport.close());

async function agentNamed(name: string, role: 'owner' | 'agent' = 'agent') {
  const account = await rapport.addAgent(rapport.site, name, role);
  return { ...account, line: await rapport.agent(account.email) };
}
const turnLive = (owner: AgentLine, liveVisitors: boolean) =>
  owner.get('site:update', {
    siteId: rapport.site.id,
    settings: { ...rapport.site.settings, liveVisitors },
  });

describe('agents', () => {
  it('who is away is away for colleagues, gone for visitors, and still away after a reload', async () => {
    const ada = await agentNamed('Ada');
    const bea = await agentNamed('Bea');
    const visitor = await rapport.visitor();
    await ada.line.get('agent:setAvailability', { availability: 'away' });
    await expect
      .poll(() => bea.line.heard('presence:changed').at(-1)?.agents)
      .toEqual(
        expect.arrayContaining([
          expect.objectContaining({ agent: expect.objectContaining({ name: 'Ada' }), availability: 'away' }),
        ]),
      );
    await expect
      .poll(() =>
        visitor
          .heard('presence:changed')
          .at(-1)
          ?.agents.map(({ name }) => name),
      )
      .toEqual(['Bea']);
    expect((await visitor.get('visit:open', visit)).agents.map(({ name }) => name)).toEqual(['Bea']);

    ada.line.close();
    const presences = async () => {
      clock.pass(1_000);
      const { members } = await bea.line.get('team:list', { siteId: rapport.site.id });
      return members.map(({ name, presence }) => `${name} ${presence}`).sort();
    };
    await expect.poll(presences).toEqual(['Ada offline', 'Bea online']);
    const reloaded = await rapport.agent(ada.email);
    expect(await reloaded.get('session:open', {})).toMatchObject({ availability: 'away' });
    expect((await visitor.get('visit:open', visit)).agents.map(({ name }) => name)).toEqual(['Bea']);
  });

  it('a new name shows at once: to colleagues, to visitors, and in what is said from then on', async () => {
    const ada = await agentNamed('Ada');
    const visitor = await rapport.visitor();
    const start = { clientId: clientId(), text: 'Hi', visit };
    const { conversation } = await visitor.get('conversation:start', start);
    const { agent } = await ada.line.get('agent:update', { name: '  Ada Lovelace ' });
    expect(agent).toMatchObject({ name: 'Ada Lovelace', email: ada.email, avatar: null });
    await expect
      .poll(() => visitor.heard('presence:changed').at(-1)?.agents)
      .toMatchObject([{ name: 'Ada Lovelace' }]);
    const own = { conversationId: conversation.id };
    await ada.line.get('typing:set', { ...own, typing: true });
    await expect
      .poll(() => visitor.heard('typing:changed'))
      .toMatchObject([{ agent: { name: 'Ada Lovelace' } }]);
    await ada.line.get('message:send', { ...own, clientId: clientId(), text: 'Yes' });
    await expect
      .poll(() => visitor.heard('entry:added').at(-1)?.entry.sender)
      .toMatchObject({ name: 'Ada Lovelace' });
    expect(await ada.line.ask('agent:update', { avatar: 'fil_aaaaaaaaaaaaaaaaaaaaaa' })).toEqual({
      ok: false,
      error: 'not_found',
      field: 'avatar',
    });
  });

  it('only owners say how many conversations an agent takes', async () => {
    const [owner, ada] = [await agentNamed('Olga', 'owner'), await agentNamed('Ada')];
    const request = { siteId: rapport.site.id, agentId: ada.id, capacity: 3 };
    expect(await ada.line.ask('team:setCapacity', request)).toEqual({ ok: false, error: 'forbidden' });
    expect((await owner.line.get('team:setCapacity', request)).member).toMatchObject({ capacity: 3 });
    const back = await owner.line.get('team:setCapacity', { ...request, capacity: null });
    expect(back.member).toMatchObject({ capacity: null });
  });
});

describe('the team', () => {
  it('tells how many open conversations each answers', async () => {
    const ada = await agentNamed('Ada');
    const bea = await agentNamed('Bea');
    const visitor = await rapport.visitor();
    const start = { clientId: clientId(), text: 'Hi', visit };
    const { conversation } = await visitor.get('conversation:start', start);
    const own = { conversationId: conversation.id };
    const loads = async () => {
      const { members } = await bea.line.get('team:list', { siteId: rapport.site.id });
      return Object.fromEntries(members.map(({ name, openConversations }) => [name, openConversations]));
    };
    expect(await loads()).toMatchObject({ Ada: 0, Bea: 0 });
    await ada.line.get('conversation:assign', { ...own, clientId: clientId(), agentId: ada.id });
    expect(await loads()).toMatchObject({ Ada: 1, Bea: 0 });
    await ada.line.get('conversation:setStatus', { ...own, clientId: clientId(), status: 'closed' });
    expect(await loads()).toMatchObject({ Ada: 0, Bea: 0 });
  });
});

describe('who looks at a conversation', () => {
  it('colleagues see who is there, also those who come later; closing the tab is leaving', async () => {
    const [ada, bea] = [await agentNamed('Ada'), await agentNamed('Bea')];
    const visitor = await rapport.visitor();
    const start = { clientId: clientId(), text: 'Hi', visit };
    const { conversation } = await visitor.get('conversation:start', start);
    const view = (line: AgentLine, conversationId: string | null) =>
      line.get('conversation:view', { conversationId });
    const seenBy = (line: AgentLine) =>
      line
        .heard('viewing:changed')
        .at(-1)
        ?.agents.map(({ name }) => name);

    await view(ada.line, conversation.id);
    await view(bea.line, conversation.id);
    await expect.poll(() => seenBy(ada.line)).toEqual(['Ada', 'Bea']);
    expect(seenBy(bea.line)).toEqual(['Ada', 'Bea']);
    // Two tabs of one agent are one.
    const secondTab = await rapport.agent(ada.email);
    await view(secondTab, conversation.id);
    await expect.poll(() => seenBy(secondTab)).toEqual(['Ada', 'Bea']);
    secondTab.close();
    await view(bea.line, null);
    await expect.poll(() => seenBy(ada.line)).toEqual(['Ada']);
    await view(bea.line, conversation.id);
    ada.line.close();
    await expect.poll(() => seenBy(bea.line)).toEqual(['Bea']);
    expect(visitor.heard('viewing:changed' as never)).toEqual([]);
  });
});

describe('visitors on the site', () => {
  it('are followed while they are there, record or not', async () => {
    const owner = await agentNamed('Olga', 'owner');
    const siteId = rapport.site.id;
    await turnLive(owner.line, true);
    const visitor = await rapport.visitor();
    await visitor.get('visit:open', visit);
    const [live] = (await owner.line.get('live:list', { siteId })).visitors;
    expect(live).toMatchObject({
      visitorId: null,
      name: null,
      verified: false,
      page: visit.page,
      referrer: visit.referrer,
      browser: 'Chrome 156 on Windows',
      tabs: 1,
    });
    expect(JSON.stringify(live)).not.toContain(visitor.token);

    await visitor.get('page:changed', { url: 'https://shop.example/tables', title: 'Tables' });
    const { conversation } = await visitor.get('conversation:start', {
      clientId: clientId(),
      text: 'Hi',
      visit,
      form: { values: { name: 'Eve' }, consent: null },
    });
    await expect
      .poll(() => owner.line.heard('live:changed').at(-1)?.visitor)
      .toMatchObject({ id: live?.id, visitorId: conversation.visitorId, name: 'Eve' });
    await owner.line.get('visitor:change', {
      siteId,
      visitorId: conversation.visitorId,
      change: { name: 'Eve Adams' },
    });
    await expect
      .poll(() => owner.line.heard('live:changed').at(-1)?.visitor)
      .toMatchObject({ name: 'Eve Adams', page: { title: 'Tables' } });

    visitor.close();
    await expect.poll(() => clock.waiting()).toBeGreaterThan(0);
    await expect
      .poll(() => {
        clock.pass(1_000);
        return owner.line.heard('live:left');
      })
      .toEqual([{ siteId, id: live?.id }]);
    expect(await owner.line.get('live:list', { siteId })).toMatchObject({ visitors: [], total: 0 });
  });

  it('nobody is listed or told where the site does not want it', async () => {
    const owner = await agentNamed('Olga', 'owner');
    const visitor = await rapport.visitor();
    await visitor.get('visit:open', visit);
    await visitor.get('page:changed', visit.page);
    const siteId = rapport.site.id;
    expect(await owner.line.get('live:list', { siteId })).toMatchObject({ visitors: [], total: 0 });
    expect(owner.line.heard('live:changed')).toEqual([]);
    await turnLive(owner.line, true);
    await expect.poll(() => owner.line.heard('live:changed')).toHaveLength(1);
    await turnLive(owner.line, false);
    await expect.poll(() => owner.line.heard('live:left')).toHaveLength(1);
    expect(await owner.line.get('live:list', { siteId })).toMatchObject({ visitors: [], total: 0 });
  });
});

it('how soon an answer usually comes is told to those who open the panel', async () => {
  const { line: agent } = await agentNamed('Ada');
  const visitor = await rapport.visitor();
  const usual = async () => (await visitor.get('visit:open', visit)).usualReplyMs;
  expect(await usual()).toBeNull();
  for (const minutes of [1, 2, 3, 4, 60]) {
    const guest = await rapport.visitor();
    const start = { clientId: clientId(), text: 'Hi', visit };
    const { conversation } = await guest.get('conversation:start', start);
    clock.pass(minutes * 60_000);
    await agent.get('message:send', { conversationId: conversation.id, clientId: clientId(), text: 'Yes' });
  }
  expect(await usual()).toBe(3 * 60_000);
});
