import { expect, it } from 'vitest';
import type { NewEntry } from '../../../server/store/store.ts';
import { applyEntry, newConversation } from '../../../shared/model/conversation.ts';
import {
  addAgent,
  addSite,
  answer,
  entryOf,
  logOf,
  message,
  newClientId,
  newId,
  startMs,
  startTalk,
} from './cast.ts';
import { describeStore } from './databases.ts';

describeStore('the log of a conversation', (db) => {
  it('numbers entries from 1 and gives them back with the names of their senders', async () => {
    const { store } = db;
    const talk = await startTalk(store, (await addSite(store)).id, { text: 'Hello?' });
    const agent = await addAgent(store, 'Ada');

    const [reply] = await store.append({ entries: [answer(talk, agent, 'Hello!', { atMs: startMs + 5 })] });

    expect(reply).toMatchObject({
      repeated: false,
      conversation: { lastSeq: 2, hasAgentReply: true },
      entry: {
        seq: 2,
        sender: { role: 'agent', id: agent.id, name: 'Ada', color: '#0072b2' },
        payload: { text: 'Hello!' },
        atMs: startMs + 5,
      },
    });
    expect(await logOf(store, talk.id)).toEqual([talk.entry, reply?.entry]);
    expect(talk.entry?.sender).toEqual({ role: 'visitor', id: talk.visitorId, name: null });
  });

  it('returns the first entry when the same request comes again, and writes nothing', async () => {
    const { store } = db;
    const talk = await startTalk(store, (await addSite(store)).id);
    const request = message(talk, 'Only once, please');
    const [first] = await store.append({ entries: [request] });
    await store.append({ entries: [message(talk, 'Something else')] });

    const [again] = await store.append({ entries: [{ ...request, atMs: startMs + 60_000 }] });

    expect(again).toMatchObject({ repeated: true, entry: first?.entry, conversation: { lastSeq: 3 } });
    expect(await logOf(store, talk.id)).toHaveLength(3);
  });

  it('an assignment for whom nobody has is left out once somebody has it, and beside a repeat', async () => {
    const { store } = db;
    const talk = await startTalk(store, (await addSite(store)).id);
    const agents = await Promise.all([addAgent(store, 'Ada'), addAgent(store, 'Bea')]);
    const answers = agents.map((agent): NewEntry[] => {
      const said = answer(talk, agent, 'Hello!');
      const payload = { agentId: agent.id, agentName: agent.name, by: 'hand' as const };
      return [said, { ...said, kind: 'assignment', clientId: newClientId(), payload, ifUntaken: true }];
    });

    const both = await Promise.all(answers.map((entries) => store.append({ entries })));

    expect(both.map((appended) => appended.length).sort()).toEqual([1, 2]);
    const winner = agents[both.findIndex(({ length }) => length === 2)];
    expect((await store.conversation({ conversationId: talk.id }))?.assignee?.id).toBe(winner?.id);

    const free = { ...answer(talk, agents[0], ''), clientId: newClientId() };
    const payload = { agentId: null, agentName: null, by: 'hand' as const };
    await store.append({ entries: [{ ...free, kind: 'assignment', payload }] });
    const again = await store.append({ entries: answers[0] ?? [] });
    expect(again).toMatchObject([{ repeated: true, conversation: { assignee: null } }]);
  });

  it('refuses another body under a client id that was used', async () => {
    const { store } = db;
    const talk = await startTalk(store, (await addSite(store)).id);
    const request = message(talk, 'One');
    await store.append({ entries: [request] });

    await expect(
      store.append({ entries: [message(talk, 'Two', { clientId: request.clientId })] }),
    ).rejects.toMatchObject({ name: 'RapportError', code: 'client_id_reused' });
    expect(await logOf(store, talk.id)).toHaveLength(2);
  });

  it('keeps client ids apart by sender and by conversation', async () => {
    const { store } = db;
    const site = await addSite(store);
    const [talk, other] = [await startTalk(store, site.id), await startTalk(store, site.id)];
    const agent = await addAgent(store);
    const clientId = newClientId();

    const appended = await store.append({
      entries: [
        message(talk, 'Mine', { clientId }),
        answer(talk, agent, 'Ours', { clientId }),
        entryOf(talk.id, { role: 'system' }, 'status', { status: 'closed' }, { clientId }),
        message(other, 'Elsewhere', { clientId }),
      ],
    });

    expect(appended.map(({ entry, repeated }) => [entry.seq, repeated])).toEqual([
      [2, false],
      [3, false],
      [4, false],
      [2, false],
    ]);
  });

  it('appends all entries of a call or none', async () => {
    const { store } = db;
    const talk = await startTalk(store, (await addSite(store)).id);
    const used = message(talk, 'Here first');
    await store.append({ entries: [used] });
    const before = await store.conversation({ conversationId: talk.id });

    const call = store.append({
      entries: [message(talk, 'New'), message(talk, 'Other text', { clientId: used.clientId })],
    });

    await expect(call).rejects.toMatchObject({ code: 'client_id_reused' });
    expect(await store.conversation({ conversationId: talk.id })).toEqual(before);
    expect(await logOf(store, talk.id)).toHaveLength(2);
  });

  it('leaves no gap and swaps no order when many write to several conversations at once', async () => {
    const { store } = db;
    const site = await addSite(store);
    const agent = await addAgent(store);
    const talks = await Promise.all(Array.from({ length: 4 }, () => startTalk(store, site.id)));

    const requests = Array.from({ length: 120 }, (_, index) => {
      const talk = talks[index % talks.length] ?? talks[0];
      if (!talk) throw new Error('there are four');
      return index % 3 === 0 ? answer(talk, agent, `${index}`) : message(talk, `${index}`);
    });
    // Every fifth is sent twice at the same time, as two tabs with one outbox would.
    const sent = requests.flatMap((request, index) => (index % 5 === 0 ? [request, request] : [request]));
    const appended = (await Promise.all(sent.map((entry) => store.append({ entries: [entry] })))).flat();

    expect(appended.filter(({ repeated }) => repeated)).toHaveLength(24);
    for (const talk of talks) {
      const log = await logOf(store, talk.id);
      expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
      for (const { entry } of appended.filter(({ entry }) => entry.conversationId === talk.id)) {
        expect(log[entry.seq - 1]).toEqual(entry);
      }
    }
  });

  it('does not let two calls wait for each other when they write to the same conversations crosswise', async () => {
    const { store } = db;
    const site = await addSite(store);
    const [one, two] = [await startTalk(store, site.id), await startTalk(store, site.id)];

    await Promise.all(
      Array.from({ length: 40 }, (_, index) => {
        const [first, second] = index % 2 === 0 ? [one, two] : [two, one];
        return store.append({ entries: [message(first, `${index}`), message(second, `${index}`)] });
      }),
    );

    expect((await logOf(store, one.id)).at(-1)?.seq).toBe(41);
    expect((await logOf(store, two.id)).at(-1)?.seq).toBe(41);
  });

  it('takes back a write that fails among others, and only that one', async () => {
    const { store } = db;
    const talk = await startTalk(store, (await addSite(store)).id);
    const stranger = entryOf(talk.id, { role: 'agent', id: newId('agent') }, 'message', { text: 'Who?' });

    const settled = await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) =>
        store.append({
          // The failing call has already written its first entry when the second one is refused.
          entries: index % 3 === 2 ? [message(talk, 'Lost'), stranger] : [message(talk, `Kept ${index}`)],
        }),
      ),
    );

    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(10);
    const log = await logOf(store, talk.id);
    expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    expect(
      log.filter(({ kind, payload }) => kind === 'message' && 'text' in payload && payload.text === 'Lost'),
    ).toEqual([]);
  });

  it('moves the state exactly as a reader does who applies the entries, for every kind', async () => {
    const { store } = db;
    const site = await addSite(store);
    const talk = await startTalk(store, site.id, { text: null });
    const agent = await addAgent(store);
    const fromAgent = { role: 'agent', id: agent.id } as const;
    const fromVisitor = { role: 'visitor', id: talk.visitorId } as const;
    const surveyId = newId('survey');
    const sessionId = newId('cobrowse');
    const requests = [
      message(talk, 'A first message', { atMs: startMs + 1 }),
      answer(talk, agent, 'An answer', { atMs: startMs + 2 }),
      entryOf(talk.id, fromVisitor, 'delivered', { seq: 2 }),
      entryOf(talk.id, fromVisitor, 'read', { seq: 2 }),
      entryOf(talk.id, fromAgent, 'delivered', { seq: 1 }),
      entryOf(talk.id, fromAgent, 'read', { seq: 1 }),
      entryOf(talk.id, fromVisitor, 'form', { fields: [{ label: 'Order', value: '17' }], consent: 'Yes' }),
      entryOf(talk.id, fromAgent, 'note', { text: 'VIP', mentions: [agent.id] }),
      entryOf(talk.id, fromAgent, 'labels', { added: ['lbl_b', 'lbl_a'], removed: [] }),
      entryOf(talk.id, fromAgent, 'labels', { added: ['lbl_c'], removed: ['lbl_b', 'lbl_none'] }),
      entryOf(talk.id, fromAgent, 'priority', { priority: 'urgent' }),
      entryOf(talk.id, fromAgent, 'edit', { of: 'message', seq: 2, text: 'A better answer' }),
      entryOf(talk.id, fromVisitor, 'deletion', { of: 'message', seq: 1 }),
      entryOf(talk.id, fromAgent, 'status', { status: 'snoozed', untilMs: startMs + 99 }),
      entryOf(talk.id, fromAgent, 'assignment', { agentId: agent.id, agentName: agent.name }),
      entryOf(talk.id, fromAgent, 'cobrowse', { event: 'requested', sessionId }),
      entryOf(talk.id, fromVisitor, 'cobrowse', { event: 'accepted', sessionId }),
      entryOf(talk.id, { role: 'system' }, 'cobrowse', {
        event: 'ended',
        sessionId,
        reason: 'visitor_gone',
        durationMs: 9,
      }),
      entryOf(talk.id, fromAgent, 'status', { status: 'closed' }),
      entryOf(talk.id, { role: 'system' }, 'survey', { event: 'asked', surveyId }),
      entryOf(talk.id, fromVisitor, 'survey', { event: 'answered', surveyId, score: 4, comment: 'Fine' }),
      entryOf(talk.id, fromAgent, 'assignment', {
        agentId: null,
        agentName: null,
        teamId: newId('team'),
        teamName: 'Returns',
      }),
      message(talk, 'One more thing', { atMs: startMs + 3 }),
      entryOf(talk.id, { role: 'system' }, 'survey', { event: 'dismissed', surveyId: newId('survey') }),
    ];

    let state = newConversation({
      id: talk.id,
      siteId: site.id,
      visitorId: talk.visitorId,
      createdAtMs: startMs,
    });
    expect(talk.conversation).toEqual(state);
    for (const request of requests) {
      const [appended] = await store.append({ entries: [request] });
      if (!appended) throw new Error('one entry went in');
      const { sender, ...facts } = request;
      expect(appended.entry).toMatchObject({ ...facts, sender: { role: sender.role } });
      state = applyEntry(state, appended.entry);
      expect(appended.conversation).toEqual(state);
      expect(await store.conversation({ conversationId: talk.id })).toEqual(state);
    }
    expect((await logOf(store, talk.id)).reduce(applyEntry, talk.conversation)).toEqual(state);
  });

  const texts = {
    'an emoji of several code points': 'Look: 👩‍👩‍👧‍👦 🇦🇹 ✅',
    'a NUL': 'before\u0000after',
    'half a surrogate pair': 'cut \ud83d here \ude00',
    'quotes, backslashes and line ends': `'"\\ \\u0000 \r\n\u2028 $1 ? %s {{x}} __proto__`,
    'right-to-left text and combining marks': 'שלום e\u0301 \u202e',
    'a very long text': 'Ü€😀'.repeat(60_000),
  };
  it.each(Object.entries(texts))('keeps %s', async (_what, text) => {
    const { store } = db;
    const talk = await startTalk(store, (await addSite(store)).id, { text });
    const [appended] = await store.append({ entries: [message(talk, text)] });

    const log = await logOf(store, talk.id);

    expect(log.map(({ payload }) => payload)).toEqual([{ text }, { text }]);
    expect(appended?.conversation.lastMessage?.preview).toBe(text.slice(0, 140));
    expect(await store.conversation({ conversationId: talk.id })).toEqual(appended?.conversation);
  });

  it('gives entries after a seq, at most so many, and the head', async () => {
    const { store } = db;
    const talk = await startTalk(store, (await addSite(store)).id);
    await store.append({ entries: Array.from({ length: 9 }, (_, index) => message(talk, `${index}`)) });

    const page = await store.entries({ conversationId: talk.id, afterSeq: 3, limit: 4 });

    expect(page.entries.map(({ seq }) => seq)).toEqual([4, 5, 6, 7]);
    expect(page.lastSeq).toBe(10);
    expect(await store.entries({ conversationId: talk.id, afterSeq: 10, limit: 4 })).toEqual({
      entries: [],
      lastSeq: 10,
    });
  });

  it('refuses a conversation, an agent and a visitor who are not there', async () => {
    const { store } = db;
    const site = await addSite(store);
    const [talk, other] = [await startTalk(store, site.id), await startTalk(store, site.id)];
    const unknown = { id: newId('conversation'), visitorId: talk.visitorId };

    const calls = await Promise.allSettled([
      store.append({ entries: [message(unknown, 'Hello?')] }),
      store.append({ entries: [answer(talk, { id: newId('agent') }, 'Hello?')] }),
      store.append({ entries: [message({ id: talk.id, visitorId: other.visitorId }, 'Hello?')] }),
      store.entries({ conversationId: unknown.id, afterSeq: 0, limit: 10 }),
    ]);

    for (const call of calls) expect(call).toMatchObject({ reason: { code: 'not_found' } });
    expect(await store.conversation({ conversationId: unknown.id })).toBeNull();
    expect(await logOf(store, talk.id)).toHaveLength(1);
  });
});
