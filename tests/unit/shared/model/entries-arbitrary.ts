import fc from 'fast-check';
import type { ChatFile } from '../../../../shared/model/chat-file.ts';
import { summaryOf } from '../../../../shared/model/cobrowse-summary.ts';
import type { Entry, EntryPayloads, Sender } from '../../../../shared/model/conversation.ts';

export const conversationId = 'cnv_0123456789abcdefghijk';
export const visitorId = 'vis_0123456789abcdefghijk';
export const agentIds = ['agt_a123456789abcdefghijk', 'agt_b123456789abcdefghijk'] as const;

/** Stands in everything that is for agents only. */
export const secret = 'zebra-secret';

const visitor: Sender = { role: 'visitor', id: visitorId, name: null };
const agent = fc
  .constantFrom(...agentIds)
  .map((id): Sender => ({ role: 'agent', id, name: `Agent ${id[4]}`, color: '#0072b2' }));
const anybody = fc.oneof(fc.constant(visitor), agent);

const text = fc.string({ minLength: 1, maxLength: 20 });
const seq = fc.integer({ min: 0, max: 40 });
const label = fc.constantFrom('lbl_a', 'lbl_b', `lbl_${secret}`);
const files = fc.constant<ChatFile[]>([
  { id: 'fil_a', name: 'plan.pdf', mime: 'application/pdf', sizeBytes: 9, widthPx: null, heightPx: null },
]);
const surveyId = 'srv_0123456789abcdefghijk';
const session = { startedAtMs: 1_700_000_000_000, endedAtMs: 1_700_000_060_000 };
const sessionId = 'cbs_0123456789abcdefghijk';

type Kind = Exclude<keyof EntryPayloads, 'hidden'>;

/** Sender and payload of every kind of entry: a new kind does not compile until it stands here. */
const kinds: { [K in Kind]: { sender: fc.Arbitrary<Sender>; payload: fc.Arbitrary<EntryPayloads[K]> } } = {
  message: {
    sender: anybody,
    payload: fc.oneof(fc.record({ text }), fc.record({ text: fc.constant(''), files })),
  },
  note: {
    sender: agent,
    payload: fc.record({
      text: text.map((words) => `${words} ${secret}`),
      mentions: fc.subarray([...agentIds]),
    }),
  },
  edit: {
    sender: anybody,
    payload: fc.oneof(
      fc.record({ of: fc.constant('message' as const), seq, text }),
      fc.record({ of: fc.constant('note' as const), seq, text: fc.constant(secret) }),
    ),
  },
  deletion: { sender: anybody, payload: fc.record({ of: fc.constantFrom('message', 'note'), seq }) },
  form: {
    sender: fc.constant(visitor),
    payload: fc.record({
      fields: fc.array(fc.record({ label: text, value: text }), { maxLength: 3 }),
      consent: fc.option(text),
    }),
  },
  delivered: { sender: anybody, payload: fc.record({ seq }) },
  read: { sender: anybody, payload: fc.record({ seq }) },
  status: {
    sender: anybody,
    payload: fc.oneof(
      fc.record({ status: fc.constantFrom('open' as const, 'closed' as const) }),
      fc.record({ status: fc.constant('snoozed' as const), untilMs: fc.constant(8_888_888_888_888) }),
    ),
  },
  assignment: {
    sender: agent,
    payload: fc.oneof(
      fc.constant({ agentId: null, agentName: null }),
      fc.record({
        agentId: fc.constantFrom(...agentIds),
        agentName: fc.constant('Mira'),
        teamId: fc.constant('tea_a'),
        teamName: fc.constant(`Team ${secret}`),
        by: fc.constantFrom('hand' as const, 'round_robin' as const),
      }),
    ),
  },
  labels: {
    sender: agent,
    payload: fc.record({
      added: fc.array(label, { maxLength: 2 }),
      removed: fc.array(label, { maxLength: 2 }),
    }),
  },
  priority: {
    sender: agent,
    payload: fc.record({ priority: fc.constantFrom('low', 'normal', 'high', 'urgent') }),
  },
  survey: {
    sender: fc.constant({ role: 'system' }),
    payload: fc.oneof(
      fc.constant({ event: 'asked' as const, surveyId }),
      fc.constant({ event: 'dismissed' as const, surveyId }),
      fc.record({
        event: fc.constant('answered' as const),
        surveyId: fc.constant(surveyId),
        score: fc.integer({ min: 1, max: 5 }),
        comment: text,
      }),
    ),
  },
  cobrowse: {
    sender: anybody,
    payload: fc.constantFrom<EntryPayloads['cobrowse']>(
      { event: 'offered', sessionId },
      { event: 'started', sessionId },
      { event: 'ended', sessionId, reason: 'visitor_stopped', durationMs: 60_000 },
      { event: 'summary', sessionId, summary: summaryOf([], { ...session, isRecorded: false }) },
    ),
  },
};

const entryOf = <K extends Kind>(kind: K): fc.Arbitrary<Omit<Entry, 'seq'>> =>
  fc
    .record({ sender: kinds[kind].sender, payload: kinds[kind].payload, number: fc.nat() })
    .map(({ sender, payload, number }) => ({
      conversationId,
      kind,
      clientId: `client-${number}`,
      sender,
      payload,
      atMs: 1_700_000_000_000 + (number % 1_000_000),
    })) as fc.Arbitrary<Omit<Entry, 'seq'>>;

/** A conversation's log with entries of every kind, numbered. */
export const logArbitrary: fc.Arbitrary<Entry[]> = fc
  .array(fc.oneof(...(Object.keys(kinds) as Kind[]).map(entryOf)), { maxLength: 40 })
  .map((entries) => entries.map((entry, index) => ({ ...entry, seq: index + 1 }) as Entry));
