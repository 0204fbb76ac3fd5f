import { afterEach, beforeEach, expect, it } from 'vitest';
import { noFilter } from '../../shared/model/inbox.ts';
import { type AgentLine, isRefusal, openLine } from './live-line.ts';
import {
  clientId,
  type LiveRapport,
  shopOrigin,
  startLiveRapport,
  visit,
  visitorToken,
} from './live-rapport.ts';

let rapport: LiveRapport;
beforeEach(async () => {
  rapport = await startLiveRapport();
});
afterEach(() => rapport.close());

/** A visitor who has written and the agent who sees it. */
async function conversationOf(text = 'Is the oak table in stock?') {
  const { email, id } = await rapport.addAgent(rapport.site, 'Ada', 'owner');
  const agent = await rapport.agent(email);
  const visitor = await rapport.visitor();
  const { conversation } = await visitor.get('conversation:start', { clientId: clientId(), text, visit });
  return { agent, agentId: id, visitor, conversationId: conversation.id };
}

/** The first page of all open conversations, and how many there are in each view. */
async function inboxOf(agent: AgentLine) {
  const siteIds = [rapport.site.id];
  const page = { siteIds, view: 'all' as const, filter: noFilter, before: null, limit: 50 };
  const { rows } = await agent.get('inbox:list', page);
  const { counts } = await agent.get('inbox:count', { siteIds, filter: noFilter });
  return { rows, counts };
}

it('a visitor who only looks leaves no record', async () => {
  const visitor = await rapport.visitor();
  const opened = await visitor.get('visit:open', visit);
  expect(opened).toMatchObject({ visitorId: null, conversations: [], cobrowse: null, agents: [] });
  await visitor.get('page:changed', visit.page);
  const counts = await rapport.store.inboxCounts({
    siteIds: [rapport.site.id],
    agentId: 'agt_nobody',
    filter: noFilter,
  });
  expect(counts).toMatchObject({ all: 0, closed: 0 });
});

it('the first message reaches the inbox with the page, the browser and who is online', async () => {
  const { agent, conversationId } = await conversationOf();
  await expect.poll(() => agent.heard('entry:added')).toHaveLength(1);
  expect(agent.heard('conversation:added')).toMatchObject([
    {
      row: {
        conversation: {
          id: conversationId,
          unreadByAgents: [1],
          lastMessage: { preview: 'Is the oak table in stock?' },
        },
        visitor: { name: null, page: visit.page, browser: 'Chrome 156 on Windows', online: true },
      },
    },
  ]);
  const { rows, counts } = await inboxOf(agent);
  expect(counts).toMatchObject({ unassigned: 1, all: 1, closed: 0 });
  expect(rows[0]?.conversation.id).toBe(conversationId);
});

it('answers, typing and read marks go both ways', async () => {
  const { agent, visitor, conversationId } = await conversationOf();

  await visitor.get('typing:set', { conversationId, typing: true });
  await expect
    .poll(() => agent.heard('typing:changed'))
    .toMatchObject([{ sender: { role: 'visitor' }, typing: true }]);
  await agent.get('typing:set', { conversationId, typing: true });
  await expect
    .poll(() => visitor.heard('typing:changed'))
    .toMatchObject([{ agent: { name: 'Ada' }, typing: true }]);

  const { entry } = await agent.get('message:send', {
    conversationId,
    clientId: clientId(),
    text: 'Yes, four.',
  });
  expect(entry).toMatchObject({ seq: 2, sender: { role: 'agent', name: 'Ada', color: '#0072b2' } });
  // The first answer, and that the conversation is Ada's now.
  await expect
    .poll(() => visitor.heard('entry:added').map((fact) => fact.entry.kind))
    .toEqual(['message', 'message', 'assignment']);

  const read = await visitor.get('conversation:read', { conversationId, clientId: clientId(), seq: 2 });
  expect(read.entry).toMatchObject({ seq: 4, kind: 'read', payload: { seq: 2 } });
  await expect.poll(() => agent.heard('entry:added').at(-1)).toMatchObject({ entry: { kind: 'read' } });
});

it('a read mark moves only forward, never beyond the end, and never answers a read mark', async () => {
  const { agent, conversationId } = await conversationOf();
  const read = (seq: number) => agent.get('conversation:read', { conversationId, clientId: clientId(), seq });
  expect((await read(0)).entry).toBeNull();
  expect((await read(999)).entry).toMatchObject({ payload: { seq: 1 } });
  expect((await read(1)).entry).toBeNull();
  // The mark itself is the last entry now: reading it is no news.
  expect((await read(2)).entry).toBeNull();
});

it('a repeated request returns the entry of the first and tells nobody twice', async () => {
  const { agent, visitor, conversationId } = await conversationOf();
  const message = { conversationId, clientId: clientId(), text: 'And in walnut?' };
  const first = await visitor.get('message:send', message);
  const again = await visitor.get('message:send', message);
  expect(again.entry).toEqual(first.entry);
  expect(await visitor.ask('message:send', { ...message, text: 'Another text' })).toEqual({
    ok: false,
    error: 'client_id_reused',
  });
  await visitor.get('message:send', { conversationId, clientId: clientId(), text: 'last' });
  await expect.poll(() => agent.heard('entry:added').map(({ entry }) => entry.seq)).toEqual([1, 2, 3]);
});

it('messages of one page are stored in the order in which it sent them', async () => {
  const { visitor, conversationId } = await conversationOf('0');
  const texts = Array.from({ length: 15 }, (_, at) => String(at + 1));
  await Promise.all(
    texts.map((text) => visitor.get('message:send', { conversationId, clientId: clientId(), text })),
  );
  const { entries } = await visitor.get('entries:fetch', { conversationId, afterSeq: 1 });
  expect(entries.map((entry) => entry.kind === 'message' && entry.payload.text)).toEqual(texts);
});

it('every tab of a visitor hears of the first conversation, also one that was there before it', async () => {
  const token = visitorToken();
  const first = await rapport.visitor({ token });
  const second = await rapport.visitor({ token });
  await second.get('visit:open', visit);
  await first.get('conversation:start', { clientId: clientId(), text: 'Hello', visit });
  await expect.poll(() => second.heard('entry:added')).toHaveLength(1);
  expect(second.heard('conversation:added')).toHaveLength(1);
  const { conversations } = await second.get('visit:open', visit);
  expect(conversations).toHaveLength(1);
});

it('fifty first messages with one client id make one conversation with one message', async () => {
  const { email } = await rapport.addAgent(rapport.site, 'Ada', 'owner');
  const agent = await rapport.agent(email);
  const token = visitorToken();
  const tabs = await Promise.all(Array.from({ length: 5 }, () => rapport.visitor({ token })));
  const request = { clientId: clientId(), text: 'Hello', visit };
  const replies = await Promise.all(
    tabs.flatMap((tab) => Array.from({ length: 10 }, () => tab.get('conversation:start', request))),
  );
  expect(new Set(replies.map(({ conversation }) => conversation.id)).size).toBe(1);
  expect(replies.every(({ entry }) => entry.seq === 1)).toBe(true);

  const { rows, counts } = await inboxOf(agent);
  expect(counts.all).toBe(1);
  expect(rows[0]?.conversation.lastSeq).toBe(1);
  expect(agent.heard('conversation:added')).toHaveLength(1);
  expect(agent.heard('entry:added')).toHaveLength(1);
});

it('twenty first messages with one form make one form, before the one message', async () => {
  const { email } = await rapport.addAgent(rapport.site, 'Ada', 'owner');
  const agent = await rapport.agent(email);
  const token = visitorToken();
  const tabs = await Promise.all(Array.from({ length: 4 }, () => rapport.visitor({ token })));
  const form = { values: { name: 'Eve', email: 'Eve@example.com' }, consent: 'I agree' };
  const request = { clientId: clientId(), text: 'Hello', visit, form };
  const replies = await Promise.all(
    tabs.flatMap((tab) => Array.from({ length: 5 }, () => tab.get('conversation:start', request))),
  );
  expect(new Set(replies.map(({ entry }) => `${entry.conversationId} ${entry.seq}`)).size).toBe(1);
  const conversationId = replies[0]?.conversation.id ?? '';
  const { row, entries } = await agent.get('conversation:open', { conversationId });
  expect(entries.map(({ kind, payload }) => [kind, payload])).toEqual([
    [
      'form',
      {
        fields: [
          { label: 'Name', value: 'Eve' },
          { label: 'E-mail', value: 'Eve@example.com' },
        ],
        consent: 'I agree',
      },
    ],
    ['message', { text: 'Hello' }],
  ]);
  expect(row.visitor).toMatchObject({ name: 'Eve', email: 'eve@example.com', verified: false });
  await expect.poll(() => agent.heard('entry:added').map(({ entry }) => entry.seq)).toEqual([1, 2]);
});

it('closing asks how it was once, and only the first answer counts', async () => {
  const { agent, visitor, conversationId } = await conversationOf();
  await agent.get('message:send', { conversationId, clientId: clientId(), text: 'Yes' });
  const close = { conversationId, clientId: clientId(), status: 'closed' as const };
  const closed = await agent.get('conversation:setStatus', close);
  expect(closed.survey).toMatchObject({ kind: 'survey', sender: { role: 'system' } });
  expect(await agent.get('conversation:setStatus', close)).toEqual(closed);
  const surveyId = closed.survey?.kind === 'survey' ? closed.survey.payload.surveyId : '';

  const answer = { conversationId, clientId: clientId(), surveyId, score: 4, comment: '' };
  const first = await visitor.get('survey:answer', answer);
  expect((await visitor.get('survey:answer', answer)).entry).toEqual(first.entry);
  const wrongPhase = { ok: false, error: 'wrong_phase' };
  expect(await visitor.ask('survey:answer', { ...answer, clientId: clientId(), score: 1 })).toEqual(
    wrongPhase,
  );
  expect(await visitor.ask('survey:dismiss', { conversationId, clientId: clientId(), surveyId })).toEqual(
    wrongPhase,
  );

  await agent.get('conversation:setStatus', { conversationId, clientId: clientId(), status: 'open' });
  const second = await agent.get('conversation:setStatus', { ...close, clientId: clientId() });
  expect(second.survey).toBeNull();
  const { results, answers } = await agent.get('feedback:results', { siteId: rapport.site.id, fromMs: 0 });
  expect(results).toMatchObject({ distribution: [0, 0, 0, 1, 0], n: 1, asked: 1, dismissed: 0 });
  expect(answers).toMatchObject([{ conversationId, score: 4, agentName: 'Ada' }]);
});

it('agents who close at the same moment ask once', async () => {
  const { agent, conversationId } = await conversationOf();
  await agent.get('message:send', { conversationId, clientId: clientId(), text: 'Yes' });
  const { email } = await rapport.addAgent(rapport.site, 'Grace');
  const other = await rapport.agent(email);
  await Promise.all(
    [agent, other].map((one) =>
      one.get('conversation:setStatus', { conversationId, clientId: clientId(), status: 'closed' }),
    ),
  );
  const { entries } = await agent.get('conversation:open', { conversationId });
  expect(entries.filter(({ kind }) => kind === 'survey')).toHaveLength(1);
});

it('a survey that was not asked cannot be answered', async () => {
  const { visitor, conversationId } = await conversationOf();
  const surveyId = 'srv_aaaaaaaaaaaaaaaaaaaaaa';
  const reply = await visitor.ask('survey:dismiss', { conversationId, clientId: clientId(), surveyId });
  expect(reply).toEqual({ ok: false, error: 'wrong_phase' });
});

it('a conversation is assigned to members of its site only', async () => {
  const { agent, agentId, conversationId } = await conversationOf();
  const assign = (to: string | null) =>
    agent.ask('conversation:assign', { conversationId, clientId: clientId(), agentId: to });
  expect(await assign(agentId)).toMatchObject({ entry: { payload: { agentId, agentName: 'Ada' } } });
  expect(await assign(null)).toMatchObject({ entry: { payload: { agentId: null } } });
  const elsewhere = await rapport.addAgent(await rapport.addSite('Elsewhere'), 'Eve');
  expect(await assign(elsewhere.id)).toEqual({ ok: false, error: 'not_found', field: 'agentId' });
});

it('only owners change the site and the team; what they change is told and holds', async () => {
  const { agent } = await conversationOf();
  const { email } = await rapport.addAgent(rapport.site, 'Grace');
  const member = await rapport.agent(email);
  const { site } = rapport;
  const settings = { ...site.settings, name: 'Furniture', origins: ['https://new.example'] };

  const forbidden = { ok: false, error: 'forbidden' };
  expect(await member.ask('site:update', { siteId: site.id, settings })).toEqual(forbidden);
  const colleague = { siteId: site.id, email: 'lin@example.com', name: 'Lin', role: 'agent' as const };
  expect(await member.ask('team:add', colleague)).toEqual(forbidden);

  const visitor = await rapport.visitor();
  await agent.get('site:update', { siteId: site.id, settings });
  await expect.poll(() => member.heard('site:changed')).toMatchObject([{ site: { settings } }]);
  // The page is not listed any more.
  await expect.poll(visitor.isConnected).toBe(false);
  await expect(rapport.visitor()).rejects.toThrow();
  await rapport.visitor({ origin: 'https://new.example' });

  const added = await agent.get('team:add', colleague);
  expect((await rapport.signIn('lin@example.com', added.password ?? '')).status).toBe(200);
  expect(await agent.ask('team:add', colleague)).toEqual({ ok: false, error: 'already_exists' });
  const { members } = await member.get('team:list', { siteId: site.id });
  expect(members.map(({ name, role, presence }) => [name, role, presence])).toEqual(
    expect.arrayContaining([
      ['Ada', 'owner', 'online'],
      ['Grace', 'agent', 'online'],
      ['Lin', 'agent', 'offline'],
    ]),
  );
});

it('agents and visitors learn who is there', async () => {
  const visitor = await rapport.visitor();
  const { email } = await rapport.addAgent(rapport.site, 'Ada', 'owner');
  await rapport.agent(email);
  await expect
    .poll(() => visitor.heard('presence:changed').at(-1))
    .toMatchObject({ agents: [{ name: 'Ada' }] });
  expect(JSON.stringify(visitor.heard('presence:changed'))).not.toContain(email);
  const { agents } = await visitor.get('visit:open', visit);
  expect(agents).toMatchObject([{ name: 'Ada' }]);
});

it('a log longer than one fetch is read in pieces', async () => {
  const { agent, visitor, conversationId } = await conversationOf('0');
  for (let at = 1; at < 6; at++) {
    await visitor.get('message:send', { conversationId, clientId: clientId(), text: String(at) });
  }
  const head = await agent.get('entries:fetch', { conversationId, afterSeq: 0, limit: 4 });
  expect(head).toMatchObject({ lastSeq: 6, hasMore: true });
  const rest = await agent.get('entries:fetch', { conversationId, afterSeq: 4, limit: 4 });
  expect(rest.entries.map(({ seq }) => seq)).toEqual([5, 6]);
  expect(rest.hasMore).toBe(false);
});

it('polling works where WebSockets do not', async () => {
  const line = await openLine({
    origin: rapport.origin,
    namespace: '/visitor',
    transport: 'polling',
    auth: { site: rapport.site.key, token: visitorToken() },
    headers: { origin: shopOrigin },
  });
  const reply = await line.sendAnything('visit:open', visit);
  expect(isRefusal(reply)).toBe(false);
  line.close();
});
