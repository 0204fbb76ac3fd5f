import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomId } from '../../server/domain/identifier.ts';
import { editableMs } from '../../shared/limits.ts';
import { type MacroAction, type WorkspaceItem, workspaceItemSchema } from '../../shared/model/workspace.ts';
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

const minuteMs = 60_000;

/** An agent, and a visitor who has written. */
async function conversationOf(text = 'Where is my parcel?') {
  const { email, id: agentId } = await rapport.addAgent(rapport.site, 'Ada', 'owner');
  const agent = await rapport.agent(email);
  const visitor = await rapport.visitor();
  const { conversation } = await visitor.get('conversation:start', { clientId: clientId(), text, visit });
  const own = () => ({ conversationId: conversation.id, clientId: clientId() });
  const open = () => agent.get('conversation:open', { conversationId: conversation.id });
  const state = async () => (await open()).row.conversation;
  return { agent, agentId, email, visitor, conversationId: conversation.id, own, open, state };
}

async function save<T extends WorkspaceItem>(agent: AgentLine, item: T): Promise<T> {
  await agent.get('workspace:save', { siteId: rapport.site.id, item: v.parse(workspaceItemSchema, item) });
  return item;
}
const team = (name: string, agentIds: string[]) => ({
  kind: 'team' as const,
  id: randomId('team'),
  name,
  agentIds,
});
const label = (name: string) => ({ kind: 'label' as const, id: randomId('label'), name, color: '#0072b2' });
const macro = (name: string, actions: MacroAction[]) => ({
  kind: 'macro' as const,
  id: randomId('macro'),
  name,
  actions,
});
const refused = (error: string, field?: string) => ({ ok: false, error, ...(field ? { field } : {}) });

describe('messages', () => {
  it('can be changed and taken back by who sent them, for a while; notes for ever', async () => {
    const { agent, visitor, own, open } = await conversationOf();
    const { entry: message } = await agent.get('message:send', { ...own(), text: 'On its wey' });
    const { entry: note } = await agent.get('note:add', { ...own(), text: 'Lost it, I think', mentions: [] });
    expect(await visitor.ask('message:edit', { ...own(), seq: message.seq, text: 'mine' })).toEqual(
      refused('not_found'),
    );
    const { email } = await rapport.addAgent(rapport.site, 'Bea');
    const colleague = await rapport.agent(email);
    for (const { seq } of [message, note]) {
      expect(await colleague.ask('message:edit', { ...own(), seq, text: 'x' })).toEqual(refused('not_found'));
      expect(await colleague.ask('message:delete', { ...own(), seq })).toEqual(refused('not_found'));
    }

    const edit = { ...own(), seq: message.seq, text: 'On its way' };
    const edited = await agent.get('message:edit', edit);
    clock.pass(editableMs + 1);
    expect(await agent.ask('message:edit', { ...edit, clientId: clientId() })).toEqual(refused('too_late'));
    expect(await agent.ask('message:delete', { ...own(), seq: message.seq })).toEqual(refused('too_late'));
    // The reply of the first request was lost: asked again after the time, it still counts.
    expect(await agent.get('message:edit', edit)).toEqual(edited);
    expect(await agent.ask('message:edit', { ...edit, text: 'other' })).toEqual(refused('client_id_reused'));

    const removal = { ...own(), seq: note.seq };
    const removed = await agent.get('message:delete', removal);
    expect(await agent.get('message:delete', removal)).toEqual(removed);
    expect(await agent.ask('message:delete', { ...removal, clientId: clientId() })).toEqual(
      refused('not_found'),
    );
    expect(JSON.stringify(await open())).not.toContain('Lost it');
  });

  it('receipts are written only for news, and delivery never answers delivery', async () => {
    const { agent, visitor, own, conversationId } = await conversationOf();
    const { entry } = await agent.get('message:send', { ...own(), text: 'Yes' });
    const delivered = (seq: number) => visitor.get('conversation:delivered', { ...own(), seq });
    expect((await delivered(1)).entry).toBeNull();
    expect((await delivered(entry.seq)).entry).toMatchObject({
      kind: 'delivered',
      payload: { seq: entry.seq },
    });
    expect((await delivered(entry.seq)).entry).toBeNull();
    expect((await delivered(entry.seq + 1)).entry).toBeNull();
    // Read, it was delivered too.
    const { entry: second } = await agent.get('message:send', { ...own(), text: 'No' });
    await visitor.get('conversation:read', { ...own(), seq: second.seq });
    expect((await delivered(second.seq)).entry).toBeNull();
    const { lastSeq } = await visitor.get('entries:fetch', { conversationId, afterSeq: 0 });
    expect(lastSeq).toBe(second.seq + 1);
  });
});

describe('closing, ending, snoozing', () => {
  it('the visitor ends it: closed for both, and asked how it was, once', async () => {
    const { agent, visitor, own, state } = await conversationOf();
    await agent.get('message:send', { ...own(), text: 'At the door' });
    const end = own();
    const ended = await visitor.get('conversation:end', end);
    expect(ended.entry).toMatchObject({ payload: { status: 'closed' }, sender: { role: 'visitor' } });
    expect(ended.survey).toMatchObject({ kind: 'survey', sender: { role: 'system' } });
    expect(await visitor.get('conversation:end', end)).toEqual(ended);
    expect(await state()).toMatchObject({ status: 'closed', survey: { state: 'asked' } });
    await visitor.get('message:send', { ...own(), text: 'Wait, it is broken' });
    expect(await state()).toMatchObject({ status: 'open' });
    expect((await visitor.get('conversation:end', own())).survey).toBeNull();
  });

  it('closing that is repeated later closes nothing and asks nothing anew', async () => {
    const { agent, own, state } = await conversationOf();
    const close = { ...own(), status: 'closed' as const };
    const closed = await agent.get('conversation:setStatus', close);
    expect(closed.survey).toBeNull();
    await agent.get('conversation:setStatus', { ...own(), status: 'open' });
    await agent.get('message:send', { ...own(), text: 'It arrives tomorrow' });
    const before = await state();
    expect(await agent.get('conversation:setStatus', close)).toEqual(closed);
    expect(await state()).toEqual(before);

    const closeAgain = { ...own(), status: 'closed' as const };
    const asked = await agent.get('conversation:setStatus', closeAgain);
    expect(asked.survey).toMatchObject({ payload: { event: 'asked' } });
    expect(await agent.get('conversation:setStatus', closeAgain)).toEqual(asked);
    expect(await agent.get('conversation:setStatus', close)).toEqual(closed);
  });

  it('a snoozed conversation wakes at its time, or when the visitor writes; to the visitor it is open', async () => {
    const { agent, visitor, own, state } = await conversationOf();
    const untilMs = clock.nowMs() + 30 * minuteMs;
    await agent.get('conversation:snooze', { ...own(), untilMs });
    expect(await state()).toMatchObject({ status: 'snoozed', snoozedUntilMs: untilMs });
    expect((await visitor.get('visit:open', visit)).conversations).toMatchObject([
      { status: 'open', snoozedUntilMs: null },
    ]);
    clock.pass(30 * minuteMs - 1);
    expect(await state()).toMatchObject({ status: 'snoozed' });
    clock.pass(1);
    await expect.poll(async () => (await state()).status).toBe('open');
    await expect
      .poll(() => agent.heard('entry:added').at(-1)?.entry)
      .toMatchObject({ sender: { role: 'system' }, payload: { status: 'open' } });

    await agent.get('conversation:snooze', { ...own(), untilMs: clock.nowMs() + minuteMs });
    await visitor.get('message:send', { ...own(), text: 'Hello?' });
    expect(await state()).toMatchObject({ status: 'open', snoozedUntilMs: null });
  });

  it('the same snooze twice wakes twice', async () => {
    const { agent, own, state } = await conversationOf();
    const untilMs = clock.nowMs() + minuteMs;
    await agent.get('conversation:snooze', { ...own(), untilMs });
    await agent.get('conversation:setStatus', { ...own(), status: 'open' });
    await agent.get('conversation:snooze', { ...own(), untilMs });
    clock.pass(minuteMs);
    await expect.poll(async () => (await state()).status).toBe('open');
  });

  it('a time that is over, or further off than a year, is refused at its field', async () => {
    const { agent, own } = await conversationOf();
    const snooze = (untilMs: number) => agent.ask('conversation:snooze', { ...own(), untilMs });
    expect(await snooze(clock.nowMs())).toEqual(refused('malformed', 'untilMs'));
    expect(await snooze(clock.nowMs() + 400 * 24 * 60 * minuteMs)).toEqual(refused('malformed', 'untilMs'));
  });
});

describe('who answers', () => {
  it('a transfer is an assignment with a note, both or nothing, once', async () => {
    const { agent, own, open } = await conversationOf();
    const bea = await rapport.addAgent(rapport.site, 'Bea');
    const returns = await save(agent, team('Returns', [bea.id]));
    const transfer = { ...own(), agentId: bea.id, teamId: returns.id, note: 'Please look at the photos' };
    const done = await agent.get('conversation:assign', transfer);
    expect(done).toMatchObject({
      entry: { payload: { agentName: 'Bea', teamName: 'Returns', by: 'hand' } },
      note: { kind: 'note', payload: { text: 'Please look at the photos', mentions: [bea.id] } },
    });
    // Bea gave it on in the meantime; a repeat of the first request still is a repeat.
    const colleague = await rapport.agent(bea.email);
    await colleague.get('conversation:assign', { ...own(), agentId: null });
    expect(await agent.get('conversation:assign', transfer)).toEqual(done);
    const { row, entries } = await open();
    expect(row.conversation).toMatchObject({ assignee: null, team: { name: 'Returns' }, mentions: [bea.id] });
    expect(entries.filter(({ kind }) => kind === 'note')).toHaveLength(1);
  });

  it('a transfer’s note mentions whom it names, beside who gets the conversation', async () => {
    const { agent, agentId, own, state } = await conversationOf();
    const bea = await rapport.addAgent(rapport.site, 'Bea');
    const transfer = { agentId: bea.id, note: '@Ada knows more' };
    const strangers = { ...own(), ...transfer, mentions: [randomId('agent')] };
    expect(await agent.ask('conversation:assign', strangers)).toEqual(refused('not_found', 'mentions'));
    const mentions = [agentId, bea.id];
    const { note } = await agent.get('conversation:assign', { ...own(), ...transfer, mentions });
    expect(note?.payload).toEqual({ text: '@Ada knows more', mentions: [bea.id, agentId] });
    expect((await state()).mentions).toEqual([...mentions].sort());
  });

  it('the first answer makes it the agent’s; a note, a second answer and a repeat do not', async () => {
    const { agent, agentId, own, state, visitor } = await conversationOf();
    const returns = await save(agent, team('Returns', []));
    await agent.get('conversation:assign', { ...own(), teamId: returns.id });
    await agent.get('note:add', { ...own(), text: 'Hm', mentions: [] });
    expect((await state()).assignee).toBeNull();

    const first = { ...own(), text: 'I look it up' };
    const { entry, assignment } = await agent.get('message:send', first);
    expect(assignment).toMatchObject({
      seq: entry.seq + 1,
      kind: 'assignment',
      sender: { id: agentId },
      payload: { agentId, agentName: 'Ada', by: 'hand' },
    });
    expect(await state()).toMatchObject({ assignee: { id: agentId }, team: { name: 'Returns' } });
    await expect.poll(() => visitor.heard('entry:added').at(-1)?.entry.seq).toBe(entry.seq + 1);

    const bea = await rapport.addAgent(rapport.site, 'Bea');
    const colleague = await rapport.agent(bea.email);
    const second = await colleague.get('message:send', { ...own(), text: 'I know it' });
    expect(second.assignment).toBeNull();
    expect((await state()).assignee?.id).toBe(agentId);

    // Taken back: the first answer once more, because its reply was lost, assigns nobody.
    await agent.get('conversation:assign', { ...own(), agentId: null });
    expect(await agent.get('message:send', first)).toEqual({ ok: true, entry, assignment: null });
    expect((await state()).assignee).toBeNull();
  });

  it('what is not said stays; a team or agent that is not there is told at its field', async () => {
    const { agent, agentId, own, state } = await conversationOf();
    const returns = await save(agent, team('Returns', []));
    await agent.get('conversation:assign', { ...own(), teamId: returns.id });
    await agent.get('conversation:assign', { ...own(), agentId });
    expect(await state()).toMatchObject({ assignee: { name: 'Ada' }, team: { name: 'Returns' } });
    const fromTeam = { ...own(), teamId: null };
    const { entry } = await agent.get('conversation:assign', fromTeam);
    expect(await state()).toMatchObject({ assignee: { name: 'Ada' }, team: null });
    // What stays is another agent by now: the repeat of the request is the first one all the same.
    await agent.get('conversation:assign', { ...own(), agentId: null });
    expect((await agent.get('conversation:assign', fromTeam)).entry).toEqual(entry);

    const assign = (to: { agentId?: string; teamId?: string; note?: string }) =>
      agent.ask('conversation:assign', { ...own(), ...to });
    const before = await state();
    expect(await assign({ teamId: randomId('team'), note: 'x' })).toEqual(refused('not_found', 'teamId'));
    expect(await assign({ agentId: randomId('agent'), note: 'x' })).toEqual(refused('not_found', 'agentId'));
    expect(await assign({ note: 'x' })).toEqual(refused('malformed', 'agentId'));
    expect(await state()).toEqual(before);
  });

  it('labels and priority; a label that is not there is told, one that was removed can be taken off', async () => {
    const { agent, own, state } = await conversationOf();
    const refund = await save(agent, label('refund'));
    const labelled = { ...own(), added: [refund.id], removed: [] };
    const { entry } = await agent.get('conversation:label', labelled);
    await agent.get('conversation:setPriority', { ...own(), priority: 'high' });
    expect(await state()).toMatchObject({ labels: [refund.id], priority: 'high' });
    await agent.get('workspace:remove', { siteId: rapport.site.id, kind: 'label', id: refund.id });
    const change = { added: [refund.id], removed: [] };
    expect(await agent.ask('conversation:label', { ...own(), ...change })).toEqual(
      refused('not_found', 'added'),
    );
    // The first request again, because its reply was lost, is no new one.
    expect((await agent.get('conversation:label', labelled)).entry).toEqual(entry);
    await agent.get('conversation:label', { ...own(), added: [], removed: [refund.id] });
    expect(await state()).toMatchObject({ labels: [] });
    expect(await agent.ask('conversation:label', { ...own(), added: [], removed: [] })).toEqual(
      refused('malformed', 'added'),
    );
  });

  it('a mention puts the conversation among those of the colleague; strangers cannot be mentioned', async () => {
    const { agent, own, conversationId } = await conversationOf();
    const bea = await rapport.addAgent(rapport.site, 'Bea');
    await agent.get('note:add', { ...own(), text: '@Bea please', mentions: [bea.id] });
    const colleague = await rapport.agent(bea.email);
    const { rows } = await colleague.get('inbox:list', {
      siteIds: [rapport.site.id],
      view: 'mentions',
      filter: { labelIds: [], teamId: null, verifiedOnly: false },
      before: null,
      limit: 10,
    });
    expect(rows.map(({ conversation }) => conversation.id)).toEqual([conversationId]);
    const stranger = { ...own(), text: 'x', mentions: [randomId('agent')] };
    expect(await agent.ask('note:add', stranger)).toEqual(refused('not_found', 'mentions'));
  });
});

describe('macros', () => {
  it('do several things in one step, with the visitor’s name filled in; run again they do nothing', async () => {
    const { agent, agentId, visitor, own, open } = await conversationOf();
    await visitor.get('visitor:update', { change: { name: 'Eve Adams' }, visit });
    const refund = await save(agent, label('refund'));
    const refunded = await save(
      agent,
      macro('Refunded', [
        {
          do: 'send',
          text: 'Dear {{visitor.firstName}}, {{agent.firstName}} here. The money is on its way.',
        },
        { do: 'note', text: 'Refunded {{conversation.id}}' },
        { do: 'assign_me' },
        { do: 'label', added: [refund.id], removed: [] },
        { do: 'priority', priority: 'low' },
        { do: 'close' },
      ]),
    );
    const run = { ...own(), macroId: refunded.id };
    const { entries } = await agent.get('macro:run', run);
    expect(entries.map(({ kind }) => kind)).toEqual([
      'message',
      'note',
      'assignment',
      'labels',
      'priority',
      'status',
      'survey',
    ]);
    const { row } = await open();
    expect(row.conversation).toMatchObject({
      status: 'closed',
      assignee: { id: agentId },
      labels: [refund.id],
      priority: 'low',
      lastMessage: { preview: 'Dear Eve, Ada here. The money is on its way.' },
      survey: { state: 'asked' },
    });

    // Meanwhile the visitor has another name: the text would be another one, the repeat is one all the same.
    await visitor.get('visitor:update', { change: { name: 'Zoe' }, visit });
    const again = await agent.get('macro:run', run);
    expect(again.entries.map(({ seq }) => seq)).toEqual(entries.slice(0, 6).map(({ seq }) => seq));
    // Nor does it matter that the macro is gone by then.
    await agent.get('workspace:remove', { siteId: rapport.site.id, kind: 'macro', id: refunded.id });
    expect(await agent.get('macro:run', run)).toEqual(again);
    expect((await open()).row.conversation.lastSeq).toBe(row.conversation.lastSeq);
  });

  it('do all or nothing: what cannot be done is told, and nothing is written', async () => {
    const { agent, own, state } = await conversationOf();
    const gone = await save(agent, team('Gone', []));
    const hello = { do: 'send' as const, text: 'Hello' };
    const toGone = await save(
      agent,
      macro('To gone', [hello, { do: 'assign', agentId: null, teamId: gone.id }]),
    );
    const byName = await save(
      agent,
      macro('By name', [hello, { do: 'send', text: 'Dear {{visitor.name}}' }]),
    );
    await agent.get('workspace:remove', { siteId: rapport.site.id, kind: 'team', id: gone.id });
    const before = await state();
    const run = (macroId: string) => agent.ask('macro:run', { ...own(), macroId });
    expect(await run(toGone.id)).toEqual(refused('not_found', 'actions.1.teamId'));
    expect(await run(byName.id)).toEqual(refused('malformed', 'text'));
    expect(await run(randomId('macro'))).toEqual(refused('not_found', 'macroId'));
    expect(await state()).toEqual(before);
  });

  it('a macro that snoozes sets the alarm', async () => {
    const { agent, own, state } = await conversationOf();
    const later = await save(agent, macro('Later', [{ do: 'snooze', minutes: 10 }]));
    await agent.get('macro:run', { ...own(), macroId: later.id });
    expect(await state()).toMatchObject({ status: 'snoozed' });
    clock.pass(10 * minuteMs);
    await expect.poll(async () => (await state()).status).toBe('open');
  });
});

describe('what the site’s agents share', () => {
  it('is told to all of them; names are taken once; teams are the owner’s', async () => {
    const { agent } = await conversationOf();
    const siteId = rapport.site.id;
    const bea = await rapport.addAgent(rapport.site, 'Bea');
    const colleague = await rapport.agent(bea.email);
    const refund = await save(colleague, label('refund'));
    await expect
      .poll(() => agent.heard('workspace:changed').at(-1))
      .toMatchObject({ siteId, workspace: { labels: [refund] } });
    expect(await agent.ask('workspace:save', { siteId, item: label('Refund') })).toEqual(
      refused('already_exists'),
    );

    const returns = team('Returns', [bea.id]);
    expect(await colleague.ask('workspace:save', { siteId, item: returns })).toEqual(refused('forbidden'));
    await save(agent, returns);
    expect(await colleague.ask('workspace:remove', { siteId, kind: 'team', id: returns.id })).toEqual(
      refused('forbidden'),
    );
    const strangers = team('Strangers', [randomId('agent')]);
    expect(await agent.ask('workspace:save', { siteId, item: strangers })).toEqual(
      refused('not_found', 'agentIds'),
    );
    expect((await colleague.get('workspace:open', { siteId })).workspace).toEqual({
      labels: [refund],
      teams: [returns],
      canned: [],
      macros: [],
    });
  });

  it('holds no broken variable', async () => {
    const { agent } = await conversationOf();
    const siteId = rapport.site.id;
    const canned = (text: string) => ({
      kind: 'canned' as const,
      id: randomId('canned'),
      shortcut: 'hi',
      text,
    });
    const items = [
      canned('Hello {{visitor.nmae}}'),
      canned('Hello {{visitor.name'),
      macro('Hello', [{ do: 'note', text: '}} what' }]),
    ];
    for (const item of items) {
      expect(await agent.ask('workspace:save', { siteId, item })).toEqual(refused('malformed', 'text'));
    }
    await save(agent, canned('Hello {{visitor.name|there}}'));
  });
});

describe('an agent writes first', () => {
  const begin = (to: { visitorId: string } | { liveId: string }) => ({
    siteId: rapport.site.id,
    to,
    clientId: clientId(),
    text: 'Do you need help?',
  });

  it('to somebody who was here before: a new conversation, the agent’s own', async () => {
    const { agent, agentId, visitor, state } = await conversationOf();
    const { visitorId } = await state();
    clock.pass(minuteMs);
    const request = begin({ visitorId });
    const begun = await agent.get('conversation:begin', request);
    expect(begun.entry).toMatchObject({ seq: 1, sender: { role: 'agent', name: 'Ada' } });
    expect(begun.row.conversation).toMatchObject({
      assignee: { id: agentId },
      waitingSinceMs: null,
      visitorId,
    });
    const again = await agent.get('conversation:begin', request);
    expect(again.row.conversation.id).toBe(begun.row.conversation.id);
    await expect
      .poll(() => visitor.heard('entry:added').map(({ entry }) => entry.kind))
      .toEqual(['message', 'message', 'assignment']);
    const { conversations } = await visitor.get('visit:open', visit);
    expect(conversations.map(({ unreadByVisitor }) => unreadByVisitor)).toEqual([[1], []]);
    expect(await agent.ask('conversation:begin', begin({ visitorId: randomId('visitor') }))).toEqual(
      refused('not_found', 'to.visitorId'),
    );
  });

  it('to somebody who is on the site and has no record: every tab of theirs hears it', async () => {
    const { agent } = await conversationOf();
    const { site } = rapport;
    await agent.get('site:update', { siteId: site.id, settings: { ...site.settings, liveVisitors: true } });
    const guest = await rapport.visitor();
    await guest.get('visit:open', visit);
    const secondTab = await rapport.visitor({ token: guest.token });
    const [live] = (await agent.get('live:list', { siteId: site.id })).visitors.filter(
      ({ visitorId }) => visitorId === null,
    );
    const begun = await agent.get('conversation:begin', begin({ liveId: live?.id ?? '' }));
    expect(begun.row.visitor).toMatchObject({
      page: visit.page,
      browser: 'Chrome 156 on Windows',
      online: true,
    });
    for (const tab of [guest, secondTab]) {
      await expect.poll(() => tab.heard('conversation:added')).toHaveLength(1);
      expect(tab.heard('entry:added')[0]).toMatchObject({
        entry: { payload: { text: 'Do you need help?' } },
      });
    }
    const { entry } = await guest.get('message:send', {
      conversationId: begun.row.conversation.id,
      clientId: clientId(),
      text: 'Yes, please',
    });
    expect(entry.sender).toMatchObject({ role: 'visitor', id: begun.row.visitor.id });
    await expect
      .poll(() => agent.heard('live:changed').map(({ visitor }) => visitor.visitorId))
      .toContain(begun.row.visitor.id);
    const nobody = begin({ liveId: randomId('live') });
    expect(await agent.ask('conversation:begin', nobody)).toEqual(refused('not_found', 'to.liveId'));
  });

  it('asked again when the visitor has left, it is the conversation that was begun', async () => {
    const { agent } = await conversationOf();
    const { site } = rapport;
    await agent.get('site:update', { siteId: site.id, settings: { ...site.settings, liveVisitors: true } });
    const guest = await rapport.visitor();
    await guest.get('visit:open', visit);
    const [live] = (await agent.get('live:list', { siteId: site.id })).visitors.filter(
      ({ visitorId }) => visitorId === null,
    );
    const request = begin({ liveId: live?.id ?? '' });
    const begun = await agent.get('conversation:begin', request);
    guest.close();
    await expect
      .poll(async () => {
        clock.pass(minuteMs);
        return (await agent.get('live:list', { siteId: site.id })).visitors.map(({ id }) => id);
      })
      .not.toContain(live?.id);

    const again = await agent.get('conversation:begin', request);
    expect(again.entry).toEqual(begun.entry);
    expect(again.row.conversation).toEqual(begun.row.conversation);
    const reused = refused('client_id_reused');
    expect(await agent.ask('conversation:begin', { ...request, text: 'Something else' })).toEqual(reused);
    const { visitorId } = (await conversationOf()).visitor.heard('conversation:added')[0]?.conversation ?? {};
    const other = { ...request, to: { visitorId: visitorId ?? '' } };
    expect(await agent.ask('conversation:begin', other)).toEqual(reused);
  });

  it('ten times at once with one client id: one conversation, one message, one assignment', async () => {
    const { agent, email, state } = await conversationOf();
    const secondTab = await rapport.agent(email);
    const request = begin({ visitorId: (await state()).visitorId });
    const replies = await Promise.all(
      [agent, secondTab].flatMap((tab) =>
        Array.from({ length: 5 }, () => tab.get('conversation:begin', request)),
      ),
    );
    expect(new Set(replies.map(({ row }) => row.conversation.id)).size).toBe(1);
    const conversationId = replies[0]?.row.conversation.id ?? '';
    const { entries } = await agent.get('conversation:open', { conversationId });
    expect(entries.map(({ kind }) => kind)).toEqual(['message', 'assignment']);
  });
});

it('an agent serves ten conversations at once, and is never told to wait', async () => {
  const { email } = await rapport.addAgent(rapport.site, 'Ada');
  const agent = await rapport.agent(email);
  const guests = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const visitor = await rapport.visitor();
      const start = { clientId: clientId(), text: 'Hello', visit };
      const { conversation } = await visitor.get('conversation:start', start);
      return { visitor, conversationId: conversation.id };
    }),
  );
  for (let round = 0; round < 6; round++) {
    await Promise.all(
      guests.map(async ({ visitor, conversationId }) => {
        const own = () => ({ conversationId, clientId: clientId() });
        const { entry } = await visitor.get('message:send', { ...own(), text: 'And this?' });
        await agent.get('conversation:delivered', { ...own(), seq: entry.seq });
        await agent.get('conversation:view', { conversationId });
        await agent.get('conversation:open', { conversationId });
        await agent.get('conversation:read', { ...own(), seq: entry.seq });
        await agent.get('typing:set', { conversationId, typing: true });
        await agent.get('message:send', { ...own(), text: 'That too' });
      }),
    );
    clock.pass(10_000);
  }
});
