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

function shown(entries: Entry[], facts: Partial<TimelineFacts> = {}): string[] {
  const all = {
    entries,
    pending: [],
    me,
    visitorName: 'Ada',
    visitorReadSeq: 0,
    unreadFromSeq: null,
    ...facts,
  };
  return timeline(all).map((item) => {
    if (item.type === 'day') return '— day —';
    if (item.type === 'unread') return '— new —';
    if (item.type === 'line') return item.comment ? `${item.words}: ${item.comment}` : item.words;
    return `${item.first ? `${item.name}: ` : ''}${item.text}${item.showsDelivery ? ` [${item.delivery}]` : ''}`;
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

it('says under the last message of our side whether it was read', () => {
  const entries = log(says(mara, 'One'), says(mara, 'Two'), says(visitor, 'Yes'));
  expect(shown(entries, { visitorReadSeq: 1 })).toEqual(['— day —', 'You: One', 'Two [sent]', 'Ada: Yes']);
  expect(shown(entries, { visitorReadSeq: 2 })).toContain('Two [read]');
});

it('what is on its way stands at the end until the log has it, then once', () => {
  const pending = ['c2', 'p1'].map((clientId, index) => ({
    clientId,
    conversationId: 'cnv_1',
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
      conversationId: 'cnv_1',
      text: 'Hi',
      writtenAtMs: noon,
      state: { phase: 'sending' as const },
    },
  ];
  const key = (facts: Partial<TimelineFacts>) =>
    timeline({
      entries: [],
      pending: [],
      me,
      visitorName: 'Ada',
      visitorReadSeq: 0,
      unreadFromSeq: null,
      ...facts,
    })
      .filter((item) => item.type === 'message')
      .map((item) => item.key);
  expect(key({ pending })).toEqual(key({ entries: log(says(mara, 'Hi')) }));
});

it('marks where the new messages start', () => {
  const entries = log(says(visitor, 'Old'), says(visitor, 'Unread', noon + minute));
  expect(shown(entries, { unreadFromSeq: 2 })).toEqual(['— day —', 'Ada: Old', '— new —', 'Ada: Unread']);
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
    { by: mara, kind: 'status', payload: { status: 'resolved' } },
    { by: system, kind: 'status', payload: { status: 'open' } },
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
    'You assigned Jonas',
    'Jonas took the assignment off',
    'You resolved the conversation',
    'The conversation was reopened',
    'Ada was asked for feedback',
    'Ada rated the help 4 of 5: Quick!',
    'Ada closed the question without an answer',
    'You asked to see the page',
    'Ada agreed to share the page',
    'Ada stopped sharing after 5 min',
    'Ada declined to share the page',
  ]);
});
