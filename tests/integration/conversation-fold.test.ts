import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomId } from '../../server/domain/identifier.ts';
import type { ChatFile } from '../../shared/model/chat-file.ts';
import { applyEntry, type ConversationState, type Entry } from '../../shared/model/conversation.ts';
import { messageViews } from '../../shared/model/message-view.ts';
import { visitorFacingEntry, visitorFacingState } from '../../shared/model/visitor-facing.ts';
import type { AgentLine, VisitorLine } from './live-line.ts';
import { clientId, type LiveRapport, startLiveRapport, visit } from './live-rapport.ts';

let rapport: LiveRapport;
beforeEach(async () => {
  rapport = await startLiveRapport();
});
afterEach(() => rapport.close());

/** Stands in everything that is for agents only. */
const canary = 'CANARY-k7Qz';
const teamId = randomId('team');
const labelId = randomId('label');

/** Everything that may happen in a conversation, once: the story has each kind of entry. */
async function story(agent: AgentLine & { accessToken: string }, agentId: string, visitor: VisitorLine) {
  const siteId = rapport.site.id;
  const label = { kind: 'label' as const, id: labelId, name: `${canary} label`, color: '#0072b2' };
  const team = { kind: 'team' as const, id: teamId, name: `${canary} team`, agentIds: [agentId] };
  await agent.get('workspace:save', { siteId, item: label });
  await agent.get('workspace:save', { siteId, item: team });

  const form = { values: { name: 'Eve', email: 'eve@example.com' }, consent: 'I agree to everything' };
  const started = await visitor.get('conversation:start', {
    clientId: clientId(),
    text: 'Hello',
    visit,
    form,
  });
  const conversationId = started.conversation.id;
  const own = () => ({ conversationId, clientId: clientId() });

  await agent.get('conversation:delivered', { ...own(), seq: started.entry.seq });
  await agent.get('conversation:read', { ...own(), seq: started.entry.seq });
  const note = (text: string) => ({ ...own(), text, mentions: [agentId] });
  const uploaded = await fetch(`${rapport.origin}/api/agent/files?site=${siteId}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${agent.accessToken}`, 'x-file-name': `${canary}.txt` },
    body: 'for colleagues only',
  });
  const { file } = (await uploaded.json()) as { file: ChatFile };
  await agent.get('note:add', { ...note(''), files: [file.id] });
  const { entry: first } = await agent.get('note:add', note(`${canary} note, to be changed`));
  await agent.get('message:edit', { ...own(), seq: first.seq, text: `${canary} edited note` });
  const { entry: second } = await agent.get('note:add', note(`${canary} note, to be taken back`));
  await agent.get('message:delete', { ...own(), seq: second.seq });
  await agent.get('conversation:label', { ...own(), added: [labelId], removed: [] });
  await agent.get('conversation:setPriority', { ...own(), priority: 'urgent' });
  await agent.get('conversation:assign', { ...own(), agentId, teamId, note: `${canary} transfer` });
  await agent.get('conversation:snooze', { ...own(), untilMs: Date.now() + 3_600_000 });
  const { entry: answer } = await agent.get('message:send', { ...own(), text: 'Helo' });
  await agent.get('message:edit', { ...own(), seq: answer.seq, text: 'Hello' });
  await visitor.get('conversation:delivered', { ...own(), seq: answer.seq });
  await visitor.get('conversation:read', { ...own(), seq: answer.seq });
  const { entry: slip } = await visitor.get('message:send', { ...own(), text: 'My number is 12345' });
  await visitor.get('message:delete', { ...own(), seq: slip.seq });
  const { session } = await agent.get('cobrowse:request', { conversationId });
  await visitor.get('cobrowse:answer', { sessionId: session.id, accept: true });
  await agent.get('cobrowse:join', { sessionId: session.id });
  await visitor.get('cobrowse:stop', { sessionId: session.id });
  const { survey } = await agent.get('conversation:setStatus', { ...own(), status: 'closed' });
  const surveyId = survey?.kind === 'survey' ? survey.payload.surveyId : '';
  await visitor.get('survey:answer', { ...own(), surveyId, score: 5, comment: 'Great' });
  await agent.get('conversation:setStatus', { ...own(), status: 'open' });
  await visitor.get('conversation:end', own());
  return conversationId;
}

async function cast() {
  const ada = await rapport.addAgent(rapport.site, 'Ada', 'owner');
  const agent = await rapport.agent(ada.email);
  const visitor = await rapport.visitor();
  const frames: string[] = [];
  visitor.socket.onAny((...frame: unknown[]) => frames.push(JSON.stringify(frame)));
  return { agent, agentId: ada.id, visitor, frames };
}

const fold = (from: ConversationState, entries: readonly Entry[]) =>
  entries.filter(({ seq }) => seq > from.lastSeq).reduce(applyEntry, from);

describe('what a reader has after all entries is what it would fetch', () => {
  it('for every kind of entry, and for both readers', async () => {
    const { agent, agentId, visitor } = await cast();
    const conversationId = await story(agent, agentId, visitor);
    const open = await agent.get('conversation:open', { conversationId });
    expect(new Set(open.entries.map(({ kind }) => kind))).toEqual(
      new Set([
        'message',
        'note',
        'edit',
        'deletion',
        'form',
        'delivered',
        'read',
        'status',
        'assignment',
        'labels',
        'priority',
        'survey',
        'cobrowse',
      ] satisfies Array<Exclude<Entry['kind'], 'hidden'>>),
    );

    const { lastSeq } = open.row.conversation;
    await expect.poll(() => agent.heard('entry:added').length).toBe(lastSeq);
    const told = agent.heard('entry:added').map(({ entry }) => entry);
    const [added] = agent.heard('conversation:added');
    if (!added) throw new Error('the inbox never heard of the conversation');
    expect(fold(added.row.conversation, told)).toEqual(open.row.conversation);
    // What was erased is gone from the log; a reader that held it knows so by the deletion.
    expect(messageViews(told)).toEqual(messageViews(open.entries));

    await expect.poll(() => visitor.heard('entry:added').length).toBe(lastSeq);
    const toldVisitor = visitor.heard('entry:added').map(({ entry }) => entry);
    const { entries } = await visitor.get('entries:fetch', { conversationId, afterSeq: 0 });
    const { conversations } = await visitor.get('visit:open', visit);
    const [first] = visitor.heard('conversation:added');
    if (!first || !conversations[0]) throw new Error('the widget never heard of the conversation');
    expect(fold(first.conversation, toldVisitor)).toEqual(conversations[0]);
    expect(messageViews(toldVisitor)).toEqual(messageViews(entries));
    expect(conversations[0]).toEqual(visitorFacingState(open.row.conversation));
    expect(entries).toEqual(open.entries.map(visitorFacingEntry));
  });

  it('from any place in the log, for both readers', async () => {
    const { agent, agentId, visitor } = await cast();
    const conversationId = await story(agent, agentId, visitor);
    const { row, entries } = await agent.get('conversation:open', { conversationId });
    const { conversation } = row;
    const start = { ...(agent.heard('conversation:added')[0]?.row.conversation as ConversationState) };
    for (let seq = start.lastSeq; seq <= conversation.lastSeq; seq++) {
      const before = fold(start, entries.slice(0, seq));
      const rest = await visitor.get('entries:fetch', { conversationId, afterSeq: seq });
      expect(fold(visitorFacingState(before), rest.entries)).toEqual(visitorFacingState(conversation));
    }
  });
});

describe('what is for agents only', () => {
  it('is in no frame that a visitor gets, whatever way it asks', async () => {
    const { agent, agentId, visitor, frames } = await cast();
    const conversationId = await story(agent, agentId, visitor);
    const replies = [
      await visitor.get('entries:fetch', { conversationId, afterSeq: 0 }),
      await visitor.get('visit:open', visit),
      await visitor.get('conversation:start', { clientId: clientId(), text: 'Again', visit }),
    ];
    const overHttp = await Promise.all(
      [
        ['entries:fetch', { conversationId, afterSeq: 0 }],
        ['visit:open', visit],
      ].map(([event, payload]) =>
        fetch(`${rapport.origin}/api/visitor/${event}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${visitor.token}`, 'x-rapport-site': rapport.site.key },
          body: JSON.stringify(payload),
        }).then((response) => response.text()),
      ),
    );
    await expect.poll(() => frames.length).toBeGreaterThan(20);
    for (const text of [...frames, JSON.stringify(replies), ...overHttp]) {
      expect(text).not.toContain(canary);
      expect(text).not.toContain(labelId);
      expect(text).not.toContain(teamId);
      expect(text).not.toContain('urgent');
      expect(text).not.toContain('snoozed"');
      expect(text).not.toContain('round_robin');
    }
    // The colleague who asks the same sees it all.
    const open = JSON.stringify(await agent.get('conversation:open', { conversationId }));
    expect(open).toContain(`${canary} edited note`);
    expect(open).toContain(`${canary} transfer`);
    expect(open).toContain(labelId);
    expect(open).toContain(`${canary}.txt`);
  });

  it('cannot be changed or taken back by the visitor, not even its number tells more than that it is there', async () => {
    const { agent, agentId, visitor } = await cast();
    const { conversation } = await visitor.get('conversation:start', {
      clientId: clientId(),
      text: 'Hello',
      visit,
    });
    const own = () => ({ conversationId: conversation.id, clientId: clientId() });
    const { entry } = await agent.get('note:add', { ...own(), text: canary, mentions: [agentId] });
    const refused = { ok: false, error: 'not_found' };
    expect(await visitor.ask('message:edit', { ...own(), seq: entry.seq, text: 'x' })).toEqual(refused);
    expect(await visitor.ask('message:delete', { ...own(), seq: entry.seq })).toEqual(refused);
    expect(await visitor.ask('message:delete', { ...own(), seq: 99 })).toEqual(refused);
    const { entries } = await visitor.get('entries:fetch', { conversationId: conversation.id, afterSeq: 1 });
    expect(entries).toEqual([
      {
        conversationId: conversation.id,
        seq: 2,
        kind: 'hidden',
        clientId: 'hidden-2',
        sender: { role: 'system' },
        payload: {},
        atMs: entry.atMs,
      },
    ]);
  });
});
