import { expect, it } from 'vitest';
import { type TimelineFacts, timeline } from '../../../../console/inbox/timeline.ts';
import type { Entry, Sender } from '../../../../shared/model/conversation.ts';

const me = { id: 'agt_me', name: 'Mara', color: '#0072b2' };
const visitor: Sender = { role: 'visitor', id: 'vis_1', name: null };
const mara: Sender = { role: 'agent', ...me };
const jonas: Sender = { role: 'agent', id: 'agt_jonas', name: 'Jonas', color: '#a34700' };
const system: Sender = { role: 'system' };
const noon = new Date(2026, 9, 14, 12).getTime();
const minute = 60_000;

type Line = Pick<Entry, 'kind' | 'payload'> & { by: Sender; atMs?: number };
const log = (...lines: Line[]): Entry[] =>
  lines.map(({ by, atMs = noon, kind, payload }, index) => {
    const facts = { conversationId: 'cnv_1', seq: index + 1, clientId: `c${index + 1}`, sender: by, atMs };
    return { ...facts, kind, payload } as Entry;
  });
const says = (by: Sender, text: string, atMs = noon): Line => ({
  by,
  atMs,
  kind: 'message',
  payload: { text },
});

const written = { conversationId: 'cnv_1', kind: 'message', files: [], mentions: [] } as const;
const nothing: TimelineFacts = {
  entries: [],
  changes: [],
  pending: [],
  me,
  visitorName: 'Ada',
  visitorReadSeq: 0,
  visitorDeliveredSeq: 0,
  unreadFromSeq: null,
  labelNames: new Map([
    ['lbl_refund', 'Refund'],
    ['lbl_vip', 'VIP'],
  ]),
  timeWords: (atMs) => `noon + ${(atMs - noon) / minute} min`,
};

function shown(entries: Entry[], facts: Partial<TimelineFacts> = {}): string[] {
  const all = {
    ...nothing,
    entries,
    ...facts,
  };
  return timeline(all).map((item) => {
    if (item.type === 'day') return '— day —';
    if (item.type === 'unread') return '— new —';
    if (item.type === 'line') return item.comment ? `${item.words}: ${item.comment}` : item.words;
    if (item.type === 'form') return item.fields.map(({ label, value }) => `${label} ${value}`).join(', ');
    if (item.type === 'cobrowse') return `co-browsing, ${item.summary.durationMs / 1_000} s`;
    if (item.isDeleted) return `(${item.kind} deleted)`;
    const kind = item.kind === 'note' ? 'note, ' : '';
    const edited = item.editedAtMs === null ? '' : ' (edited)';
    return `${kind}${item.first ? `${item.name}: ` : ''}${item.text}${edited}${item.showsDelivery ? ` [${item.delivery}]` : ''}`;
  });
}

it('groups messages of one sender, and starts anew after five minutes, a line or a day', () => {
  const entries = log(
    says(visitor, 'Hi'),
    says(visitor, 'Anybody?', noon + minute),
    says(jonas, 'Hello!', noon + 2 * minute),
    says(visitor, 'At last', noon + 3 * minute),
    says(visitor, 'And now?', noon + 9 * minute),
    says(visitor, 'Good morning', noon + 24 * 60 * minute),
  );
  expect(shown(entries)).toEqual([
    '— day —',
    'Ada: Hi',
    'Anybody?',
    'Jonas: Hello! [sent]',
    'Ada: At last',
    'Ada: And now?',
    '— day —',
    'Ada: Good morning',
  ]);
});

it('knows of every message of our side whether it is sent, delivered or read, and writes it under the last', () => {
  const entries = log(says(mara, 'One'), says(mara, 'Two'), says(jonas, 'Three'), says(visitor, 'Yes'));
  const facts = { visitorReadSeq: 1, visitorDeliveredSeq: 2 };
  const deliveries = timeline({ ...nothing, entries, ...facts }).flatMap((item) =>
    item.type === 'message' ? [item.delivery] : [],
  );
  expect(deliveries).toEqual(['read', 'delivered', 'sent', null]);
  expect(shown(entries, facts)).toEqual(['— day —', 'You: One', 'Two', 'Jonas: Three [sent]', 'Ada: Yes']);
  expect(shown(entries, { visitorReadSeq: 3 })).toContain('Jonas: Three [read]');
});

it('notes stand apart, edits and deletions count, and what is on its way counts already', () => {
  const entries = log(
    says(mara, 'Helo'),
    { by: mara, kind: 'note', payload: { text: 'Ask @Jonas', mentions: ['agt_jonas'] } },
    says(mara, 'Oops'),
    { by: mara, kind: 'edit', payload: { of: 'message', seq: 1, text: 'Hello' } },
    { by: mara, kind: 'deletion', payload: { of: 'message', seq: 3 } },
  );
  expect(shown(entries)).toEqual([
    '— day —',
    'You: Hello (edited) [sent]',
    'note, You: Ask @Jonas',
    '(message deleted)',
  ]);
  const [, , , , change] = log(...Array(4).fill(says(mara, '')), {
    by: system,
    kind: 'deletion',
    payload: { of: 'note', seq: 2 },
  });
  expect(shown(entries, { changes: change ? [change] : [] })).toContain('(note deleted)');
});

it('shows what was filled in before the first message', () => {
  const entries = log(
    { by: visitor, kind: 'form', payload: { fields: [{ label: 'Order', value: '4711' }], consent: 'Yes' } },
    says(visitor, 'Hi'),
  );
  expect(shown(entries)).toEqual(['— day —', 'Order 4711', 'Ada: Hi']);
});

it('what is on its way stands at the end until the log has it, then once', () => {
  const pending = ['c2', 'p1'].map((clientId, index) => ({
    clientId,
    ...written,
    text: index === 0 ? 'landed' : 'not sent',
    writtenAtMs: noon + minute,
    state: index === 0 ? ({ phase: 'sending' } as const) : ({ phase: 'failed', error: 'too_large' } as const),
  }));
  const entries = log(says(visitor, 'Hi'), says(mara, 'landed', noon + minute));
  expect(shown(entries, { pending })).toEqual([
    '— day —',
    'Ada: Hi',
    'You: landed [sent]',
    'not sent [failed]',
  ]);
});

it('keeps the key of a message when it turns from pending to sent', () => {
  const pending = [
    {
      clientId: 'c1',
      ...written,
      text: 'Hi',
      writtenAtMs: noon,
      state: { phase: 'sending' as const },
    },
  ];
  const key = (facts: Partial<TimelineFacts>) =>
    timeline({ ...nothing, ...facts })
      .filter((item) => item.type === 'message')
      .map((item) => item.key);
  expect(key({ pending })).toEqual(key({ entries: log(says(mara, 'Hi')) }));
});

it('marks where the new messages start', () => {
  const entries = log(says(visitor, 'Old'), says(visitor, 'Unread', noon + minute));
  expect(shown(entries, { unreadFromSeq: 2 })).toEqual(['— day —', 'Ada: Old', '— new —', 'Ada: Unread']);
});

it('takes the mark away once the agent has answered', () => {
  const unread = [says(visitor, 'Old'), says(visitor, 'Unread')];
  const note: Line = { by: mara, kind: 'note', payload: { text: 'Hm', mentions: [] } };
  expect(shown(log(...unread, says(jonas, 'Hi'), note), { unreadFromSeq: 2 })).toContain('— new —');
  expect(shown(log(...unread, says(mara, 'Hi')), { unreadFromSeq: 2 })).not.toContain('— new —');
});

it('tells what happened in words', () => {
  const survey = (payload: Extract<Entry, { kind: 'survey' }>['payload']): Line => ({
    by: visitor,
    kind: 'survey',
    payload,
  });
  const cobrowse = (
    payload: Extract<Entry, { kind: 'cobrowse' }>['payload'],
    by: Sender = visitor,
  ): Line => ({
    by,
    kind: 'cobrowse',
    payload,
  });
  const assign = (by: Sender, agentId: string | null, agentName: string | null): Line => ({
    by,
    kind: 'assignment',
    payload: { agentId, agentName },
  });
  const sessionId = 'cbs_1';
  const entries = log(
    assign(jonas, me.id, me.name),
    assign(mara, me.id, me.name),
    assign(mara, 'agt_jonas', 'Jonas'),
    assign(jonas, null, null),
    { by: mara, kind: 'status', payload: { status: 'closed' } },
    { by: system, kind: 'status', payload: { status: 'open' } },
    { by: visitor, kind: 'status', payload: { status: 'closed' } },
    { by: jonas, kind: 'status', payload: { status: 'open' } },
    { by: mara, kind: 'status', payload: { status: 'snoozed', untilMs: noon + 90 * minute } },
    { by: system, kind: 'status', payload: { status: 'open' } },
    { by: mara, kind: 'labels', payload: { added: ['lbl_refund', 'lbl_vip'], removed: [] } },
    { by: jonas, kind: 'labels', payload: { added: [], removed: ['lbl_gone'] } },
    { by: mara, kind: 'priority', payload: { priority: 'urgent' } },
    { by: visitor, kind: 'delivered', payload: { seq: 1 } },
    { by: visitor, kind: 'read', payload: { seq: 1 } },
    survey({ event: 'asked', surveyId: 's' }),
    survey({ event: 'answered', surveyId: 's', score: 4, comment: 'Quick!' }),
    survey({ event: 'dismissed', surveyId: 's' }),
    cobrowse({ event: 'requested', sessionId }, mara),
    cobrowse({ event: 'accepted', sessionId }),
    cobrowse({ event: 'ended', sessionId, reason: 'visitor_stopped', durationMs: 5 * minute }),
    cobrowse({ event: 'ended', sessionId, reason: 'declined', durationMs: 0 }),
  );
  expect(shown(entries)).toEqual([
    '— day —',
    'Jonas assigned you',
    'You took the conversation',
    'You transferred the conversation to Jonas',
    'Jonas took the assignment off',
    'You closed the conversation',
    'The conversation was reopened',
    'Ada ended the conversation',
    'Jonas reopened the conversation',
    'You snoozed the conversation until noon + 90 min',
    'The snooze is over',
    'You added the labels “Refund” and “VIP”',
    'Jonas took off the label “deleted label”',
    'You set the priority to Urgent',
    'Ada was asked for feedback',
    'Ada rated the help 4 of 5: Quick!',
    'Ada closed the question without an answer',
    'You asked to see the page',
    'Ada agreed to share the page',
    'Ada stopped sharing after 5 min',
    'Ada declined to share the page',
  ]);
});

it('tells who answers, agent and team, by hand or by round robin', () => {
  const assign = (by: Sender, payload: Extract<Entry, { kind: 'assignment' }>['payload']): Line => ({
    by,
    kind: 'assignment',
    payload,
  });
  const team = { teamId: 'tea_returns', teamName: 'Returns' };
  const mine = { agentId: me.id, agentName: me.name };
  const nobody = { agentId: null, agentName: null };
  expect(
    shown(
      log(
        assign(system, { ...mine, by: 'round_robin' }),
        assign(mara, { ...mine, ...team }),
        assign(mara, { agentId: 'agt_jonas', agentName: 'Jonas', ...team }),
        assign(jonas, { ...nobody, ...team }),
        assign(jonas, { ...nobody, teamId: null, teamName: null }),
        assign(system, { ...nobody, ...team, by: 'round_robin' }),
      ),
    ),
  ).toEqual([
    '— day —',
    'You were assigned by round robin',
    'You gave the conversation to the team Returns',
    'You transferred the conversation to Jonas',
    'Jonas took the assignment off',
    'Jonas took the conversation from its team',
    'The conversation went to the team Returns by round robin',
  ]);
});
