import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../shared/model/conversation.ts';
import { type MessageRow, type Row, rowsOf } from '../../../../widget/chat/rows.ts';
import { systemLine } from '../../../../widget/chat/system-line.ts';
import type { OutboxItem } from '../../../../widget/outbox.ts';
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

const rows = (
  entries: Entry[],
  facts: { outbox?: OutboxItem[]; agentReadSeq?: number; dayOf?: (atMs: number) => string } = {},
) => rowsOf({ entries, outbox: [], agentReadSeq: 0, dayOf: () => 'today', ...facts });
const messages = (all: Row[]) => all.filter((row): row is MessageRow => row.type === 'message');
const statuses = (all: Row[]) => messages(all).map((row) => row.status);

describe('status of the visitor’s messages', () => {
  it('is said once for what arrived, under the last', () => {
    expect(statuses(rows([says(1, visitor, 'a'), says(2, visitor, 'b')]))).toEqual([null, 'sent']);
  });

  it('tells how far an agent has read', () => {
    const talk = [says(1, visitor, 'a'), says(2, visitor, 'b'), says(3, visitor, 'c')];
    expect(statuses(rows(talk, { agentReadSeq: 2 }))).toEqual([null, 'read', 'sent']);
    expect(statuses(rows(talk, { agentReadSeq: 3 }))).toEqual([null, null, 'read']);
  });

  it('shows each message that is under way or failed', () => {
    const outbox = [pending('p1'), pending('p2', 'failed')];
    expect(statuses(rows([says(1, visitor, 'a')], { outbox }))).toEqual(['sent', 'sending', 'failed']);
  });
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
    entry(3, ada, 'status', { status: 'resolved' }),
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
    [entry(1, ada, 'status', { status: 'resolved' }), 'Ada closed this conversation'],
    [entry(1, system, 'status', { status: 'resolved' }), 'Conversation closed'],
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
