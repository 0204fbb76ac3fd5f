import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../shared/model/conversation.ts';
import { systemLine } from '../../../../widget/chat/log/system-line.ts';
import { type MessageRow, type Row, type RowFacts, rowsOf } from '../../../../widget/chat/rows.ts';
import type { OutboxItem } from '../../../../widget/outbox-item.ts';
import { ada, entry, says, system, visitor } from '../log-entries.ts';

const pending = (clientId: string, state: OutboxItem['state'] = 'pending'): OutboxItem => ({
  clientId,
  order: 1,
  task: { kind: 'message', text: `text of ${clientId}`, conversationId: 'cnv_1', draftId: null },
  composedAtMs: 9_000,
  tries: 0,
  firstTryAtMs: null,
  state,
  error: null,
});

const rows = (entries: Entry[], facts: Partial<Omit<RowFacts, 'entries'>> = {}) =>
  rowsOf({
    entries,
    outbox: [],
    agentReadSeq: 0,
    agentDeliveredSeq: 0,
    newFromSeq: null,
    dayOf: () => 'today',
    ...facts,
  });
const messages = (all: Row[]) => all.filter((row): row is MessageRow => row.type === 'message');
const statuses = (all: Row[]) => messages(all).map((row) => row.status);

describe('status of the visitor’s messages', () => {
  const said = (all: Row[]) =>
    messages(all)
      .filter((row) => row.saysStatus)
      .map((row) => row.status);

  it('stands at every message, and in words under the last of each kind', () => {
    const talk = [says(1, visitor, 'a'), says(2, visitor, 'b')];
    expect(statuses(rows(talk))).toEqual(['sent', 'sent']);
    expect(said(rows(talk))).toEqual(['sent']);
  });

  it('tells how far messages have got, and how far an agent has read', () => {
    const talk = [says(1, visitor, 'a'), says(2, visitor, 'b'), says(3, visitor, 'c'), says(4, visitor, 'd')];
    const far = rows(talk, { agentReadSeq: 2, agentDeliveredSeq: 3 });
    expect(statuses(far)).toEqual(['read', 'read', 'delivered', 'sent']);
    expect(said(far)).toEqual(['read', 'delivered', 'sent']);
    expect(said(rows(talk, { agentReadSeq: 4 }))).toEqual(['read']);
  });

  it('shows each message that is under way or failed', () => {
    const outbox = [pending('p1'), pending('p2', 'failed')];
    const all = rows([says(1, visitor, 'a')], { outbox });
    expect(statuses(all)).toEqual(['sent', 'sending', 'failed']);
    expect(said(all)).toEqual(['sent', 'sending', 'failed']);
  });

  it('is not said of messages of agents', () => {
    expect(statuses(rows([says(1, ada, 'a')]))).toEqual([null]);
  });
});

describe('a failed message', () => {
  it('keeps its place before the later one that arrived', () => {
    const later = says(1, visitor, 'later');
    const failed = { ...pending('p1', 'failed'), passedBy: later.clientId };
    const all = messages(rows([later, says(2, ada, 'answer')], { outbox: [failed] }));
    expect(all.map((row) => row.text)).toEqual(['text of p1', 'later', 'answer']);
  });
});

describe('changes of an own message', () => {
  const talk = [says(1, visitor, 'Helo'), says(2, ada, 'Hi')];
  const change = (task: OutboxItem['task'], state: OutboxItem['state'] = 'pending'): OutboxItem => ({
    ...pending('change', state),
    task,
    error: state === 'failed' ? 'too_late' : null,
  });
  const edit = { kind: 'edit', conversationId: 'cnv_1', seq: 1, text: 'Hello' } as const;

  it('show at its place once they are in the log', () => {
    const edited = [...talk, entry(3, visitor, 'edit', { of: 'message', seq: 1, text: 'Hello' })];
    expect(messages(rows(edited))[0]).toMatchObject({ text: 'Hello', isEdited: true, status: 'sent' });
    const gone = [...edited, entry(4, visitor, 'deletion', { of: 'message', seq: 1 })];
    expect(messages(rows(gone))[0]).toMatchObject({ text: '', isDeleted: true, status: null });
    expect(messages(rows(gone))).toHaveLength(2);
  });

  it('show at once, as under way', () => {
    const [first] = messages(rows(talk, { outbox: [change(edit)] }));
    expect(first).toMatchObject({ text: 'Hello', status: 'sending', taskId: 'change', saysStatus: true });
    const deletion = change({ kind: 'deletion', conversationId: 'cnv_1', seq: 1 });
    expect(messages(rows(talk, { outbox: [deletion] }))[0]).toMatchObject({ isDeleted: true });
  });

  it('that were refused keep what was typed and say why', () => {
    const [first] = messages(rows(talk, { outbox: [change(edit, 'failed')] }));
    expect(first).toMatchObject({ text: 'Hello', status: 'failed', isChange: true, error: 'too_late' });
    const kept = change({ kind: 'deletion', conversationId: 'cnv_1', seq: 1 }, 'failed');
    expect(messages(rows(talk, { outbox: [kept] }))[0]).toMatchObject({ text: 'Helo', isDeleted: false });
  });
});

describe('"New messages"', () => {
  const talk = [
    says(1, visitor, 'a'),
    says(2, ada, 'b'),
    entry(3, ada, 'read', { seq: 1 }),
    says(4, ada, 'c'),
  ];
  const kinds = (all: Row[]) => all.map((row) => row.type);

  it('stands before the first one that was unread', () => {
    expect(kinds(rows(talk, { newFromSeq: 4 }))).toEqual(['day', 'message', 'message', 'new', 'message']);
    expect(kinds(rows(talk, { newFromSeq: 3 }))).toEqual(['day', 'message', 'message', 'new', 'message']);
  });

  it('goes when the visitor answers', () => {
    expect(kinds(rows(talk, { newFromSeq: 4, outbox: [pending('p1')] }))).not.toContain('new');
    expect(kinds(rows([...talk, says(5, visitor, 'd')], { newFromSeq: 4 }))).not.toContain('new');
  });
});

it('hides what is for agents only, and shows the form in short', () => {
  const form = { fields: [{ label: 'Order', value: '4711' }], consent: 'We store your words.' };
  const all = rows([
    entry(1, visitor, 'form', form),
    says(2, visitor, 'a'),
    entry(3, system, 'hidden', {}),
    entry(4, ada, 'delivered', { seq: 2 }),
  ]);
  expect(all.map((row) => row.type)).toEqual(['day', 'line', 'message']);
  expect(all[1]).toMatchObject({ entry: { kind: 'form', payload: form } });
});

it('says that a conversation was reopened only when it had been closed', () => {
  const opened = entry(2, system, 'status', { status: 'open' });
  const texts = (entries: Entry[]) =>
    rows(entries).flatMap((row) => (row.type === 'line' ? [systemLine(row.entry)] : []));
  expect(texts([says(1, visitor, 'a'), opened])).toEqual([]);
  expect(texts([entry(1, ada, 'status', { status: 'closed' }), opened])).toEqual([
    'Ada closed this conversation',
    'Conversation reopened',
  ]);
  expect(
    texts([entry(1, ada, 'status', { status: 'closed' }), says(2, visitor, 'a'), { ...opened, seq: 3 }]),
  ).toEqual(['Ada closed this conversation']);
});

it('shows a message once while both the log and the outbox hold it, in one place', () => {
  const arrived = says(1, visitor, 'a');
  const both = messages(rows([arrived], { outbox: [pending(arrived.clientId)] }));
  const before = messages(rows([], { outbox: [pending(arrived.clientId)] }));
  expect(both).toHaveLength(1);
  expect(both[0]?.key).toBe(before[0]?.key);
});

it('puts messages of one sender into runs, which a system line ends', () => {
  const talk = [
    says(1, ada, 'a'),
    says(2, ada, 'b'),
    entry(3, ada, 'status', { status: 'closed' }),
    says(4, ada, 'c'),
  ];
  expect(messages(rows(talk)).map((row) => [row.first, row.last])).toEqual([
    [true, false],
    [false, true],
    [true, true],
  ]);
});

it('begins each day with its date', () => {
  const dayOf = (atMs: number) => (atMs < 2_000 ? 'monday' : 'tuesday');
  const all = rows([says(1, visitor, 'a'), says(2, ada, 'b'), says(3, ada, 'c')], { dayOf });
  expect(all.map((row) => row.type)).toEqual(['day', 'message', 'day', 'message', 'message']);
});

describe('system lines', () => {
  it.each([
    [entry(1, ada, 'assignment', { agentId: 'agt_ada', agentName: 'Ada' }), 'Ada joined'],
    [entry(1, ada, 'assignment', { agentId: 'agt_ben', agentName: 'Ben' }), 'Ben will answer you'],
    [entry(1, ada, 'assignment', { agentId: null, agentName: null }), null],
    [entry(1, ada, 'status', { status: 'closed' }), 'Ada closed this conversation'],
    [entry(1, system, 'status', { status: 'closed' }), 'Conversation closed'],
    [entry(1, visitor, 'status', { status: 'closed' }), 'You ended this conversation'],
    [
      entry(1, system, 'assignment', { agentId: 'agt_ada', agentName: 'Ada', by: 'round_robin' }),
      'Ada will answer you',
    ],
    [entry(1, system, 'survey', { event: 'asked', surveyId: 'srv_1' }), null],
    [
      entry(1, visitor, 'survey', { event: 'answered', surveyId: 'srv_1', score: 4, comment: '' }),
      'Your answer: Satisfied (4 of 5)',
    ],
    [entry(1, ada, 'cobrowse', { event: 'requested', sessionId: 'cbs_1' }), 'Ada asked to see your page'],
    [
      entry(1, visitor, 'cobrowse', {
        event: 'ended',
        sessionId: 'cbs_1',
        reason: 'visitor_stopped',
        durationMs: 200_000,
      }),
      'You stopped sharing after 3 min 20 s',
    ],
    [
      entry(1, ada, 'cobrowse', {
        event: 'ended',
        sessionId: 'cbs_1',
        reason: 'agent_stopped',
        durationMs: 45_000,
      }),
      'Ada ended the sharing after 45 s',
    ],
    [entry(1, visitor, 'read', { seq: 1 }), null],
  ])('%o', (line, text) => {
    expect(systemLine(line)).toBe(text);
  });
});
