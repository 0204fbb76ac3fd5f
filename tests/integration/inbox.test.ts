import { afterEach, beforeEach, expect, it } from 'vitest';
import { randomId } from '../../server/domain/identifier.ts';
import { type InboxView, inboxViews, noFilter } from '../../shared/model/inbox.ts';
import type { AgentLine } from './live-line.ts';
import { clientId, type LiveRapport, startLiveRapport, visit } from './live-rapport.ts';

let rapport: LiveRapport;
beforeEach(async () => {
  rapport = await startLiveRapport();
});
afterEach(() => rapport.close());

const idsIn = async (agent: AgentLine, siteIds: string[], view: InboxView, filter = noFilter) => {
  const { rows } = await agent.get('inbox:list', { siteIds, view, filter, before: null, limit: 50 });
  return rows.map(({ conversation }) => conversation.id);
};

async function written(text: string, site = rapport.site) {
  const visitor = await rapport.visitor({ site });
  const { conversation } = await visitor.get('conversation:start', { clientId: clientId(), text, visit });
  return { visitor, id: conversation.id };
}

/** Ada works on two sites, and a third one is none of hers. */
async function cast() {
  const { email, id } = await rapport.addAgent(rapport.site, 'Ada', 'owner');
  const second = await rapport.addSite('Second');
  await rapport.store.setRole({ siteId: second.id, agentId: id, role: 'agent' });
  const third = await rapport.addSite('Third');
  return { agent: await rapport.agent(email), agentId: id, second, third };
}

it('views hold what belongs there, over all the sites that are asked for, and the counts agree', async () => {
  const { agent, agentId, second } = await cast();
  const siteIds = [rapport.site.id, second.id];
  const [mine, waiting, elsewhere, asleep, done] = [
    await written('mine'),
    await written('waiting'),
    await written('elsewhere', second),
    await written('asleep'),
    await written('done'),
  ];
  const own = (conversation: { id: string }) => ({ conversationId: conversation.id, clientId: clientId() });
  await agent.get('conversation:assign', { ...own(mine), agentId });
  await agent.get('conversation:snooze', { ...own(asleep), untilMs: Date.now() + 3_600_000 });
  await agent.get('conversation:setStatus', { ...own(done), status: 'closed' });
  await agent.get('note:add', { ...own(done), text: '@Ada', mentions: [agentId] });

  const expected: Record<InboxView, string[]> = {
    mine: [mine.id],
    unassigned: [waiting.id, elsewhere.id],
    all: [mine.id, waiting.id, elsewhere.id],
    mentions: [done.id],
    snoozed: [asleep.id],
    closed: [done.id],
  };
  for (const view of inboxViews) expect(await idsIn(agent, siteIds, view)).toEqual(expected[view]);
  const { counts } = await agent.get('inbox:count', { siteIds, filter: noFilter });
  expect(counts).toEqual(
    Object.fromEntries(Object.entries(expected).map(([view, ids]) => [view, ids.length])),
  );
  expect(await idsIn(agent, [second.id], 'all')).toEqual([elsewhere.id]);
  // Asked for twice is there once.
  expect(await idsIn(agent, [second.id, second.id], 'all')).toEqual([elsewhere.id]);

  // Answered, it goes behind those who still wait.
  await agent.get('message:send', { ...own(mine), text: 'Yes' });
  expect(await idsIn(agent, siteIds, 'all')).toEqual([waiting.id, elsewhere.id, mine.id]);
});

it('filters by label, team and proved identity hold for lists and counts', async () => {
  const { agent } = await cast();
  const siteIds = [rapport.site.id];
  const [one, other] = [await written('one'), await written('other')];
  const label = { kind: 'label' as const, id: randomId('label'), name: 'refund', color: '#0072b2' };
  const team = { kind: 'team' as const, id: randomId('team'), name: 'Returns', agentIds: [] };
  for (const item of [label, team]) await agent.get('workspace:save', { siteId: rapport.site.id, item });
  const own = (conversation: { id: string }) => ({ conversationId: conversation.id, clientId: clientId() });
  await agent.get('conversation:label', { ...own(one), added: [label.id], removed: [] });
  await agent.get('conversation:assign', { ...own(other), teamId: team.id });
  const cases = [
    { filter: { ...noFilter, labelIds: [label.id] }, ids: [one.id] },
    { filter: { ...noFilter, teamId: team.id }, ids: [other.id] },
    { filter: { ...noFilter, verifiedOnly: true }, ids: [] },
    { filter: { labelIds: [label.id], teamId: team.id, verifiedOnly: false }, ids: [] },
  ];
  for (const { filter, ids } of cases) {
    expect(await idsIn(agent, siteIds, 'all', filter)).toEqual(ids);
    expect((await agent.get('inbox:count', { siteIds, filter })).counts.all).toBe(ids.length);
  }
});

it('a search finds messages, notes and customers of the agent’s sites, and marks what it found', async () => {
  const { agent, second, third } = await cast();
  const { id, visitor } = await written('The café table wobbles');
  await visitor.get('visitor:update', { change: { name: 'Tabea Café' }, visit });
  await written('A café chair', second);
  await written('A secret café', third);
  await agent.get('note:add', { conversationId: id, clientId: clientId(), text: 'cafe again', mentions: [] });
  const siteIds = [rapport.site.id, second.id];
  const found = await agent.get('search:find', { siteIds, text: 'CAFE', beforeMs: null });
  expect(found.messages.map(({ kind, excerpt }) => [kind, excerpt.text])).toEqual([
    ['note', 'cafe again'],
    ['message', 'A café chair'],
    ['message', 'The café table wobbles'],
  ]);
  const marked = found.messages.map(({ excerpt: { text, marks } }) =>
    marks.map(([from, to]) => text.slice(from, to)),
  );
  expect(marked).toEqual([['cafe'], ['café'], ['café']]);
  expect(found.customers).toMatchObject([
    { visitor: { name: 'Tabea Café', online: true }, conversationId: id },
  ]);
  expect(found.hasMore).toBe(false);
  const both = await agent.get('search:find', { siteIds, text: 'cafe wob', beforeMs: null });
  expect(both.messages.map(({ conversationId }) => conversationId)).toEqual([id]);
  const none = await agent.get('search:find', { siteIds, text: '"*) OR (', beforeMs: null });
  expect(none).toMatchObject({ messages: [], customers: [], hasMore: false });
});

it('one site that is not the agent’s spoils the whole request', async () => {
  const { agent, second, third } = await cast();
  const siteIds = [rapport.site.id, second.id, third.id];
  const refused = { ok: false, error: 'not_found' };
  const page = { view: 'all' as const, filter: noFilter, before: null, limit: 10 };
  expect(await agent.ask('inbox:list', { ...page, siteIds })).toEqual(refused);
  expect(await agent.ask('inbox:count', { siteIds, filter: noFilter })).toEqual(refused);
  expect(await agent.ask('search:find', { siteIds, text: 'x', beforeMs: null })).toEqual(refused);
});
