import * as v from 'valibot';
import type { Agent, AgentCard, TeamMember } from './model/agent.ts';
import { roleSchema } from './model/agent.ts';
import type { ChatFile } from './model/chat-file.ts';
import type { CobrowseSession, CobrowseState } from './model/cobrowse.ts';
import type { CobrowseSummary } from './model/cobrowse-summary.ts';
import type { ConversationState, Entry, Sender } from './model/conversation.ts';
import { priorities } from './model/conversation.ts';
import type { InboxCounts } from './model/inbox.ts';
import { pageSchema } from './model/page.ts';
import type { ShareLogEntry } from './model/share-log.ts';
import type { Site } from './model/site.ts';
import { cobrowseRuleSchema, siteSettingsSchema } from './model/site.ts';
import type { SatisfactionResults } from './model/survey.ts';
import type { LiveVisitor, Visitor } from './model/visitor.ts';
import { attributesSchema, visitorEventSchema } from './model/visitor.ts';
import type { Workspace } from './model/workspace.ts';
import { cannedReplySchema, labelSchema, macroSchema, teamSchema } from './model/workspace.ts';

/**
 * Schemas of what the server sends. They feed the types of the protocol table, its documentation and the
 * OpenAPI description; `satisfies` keeps each equal to the type in the model.
 */

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const atMs = v.number();
const text = v.string();

export const agentCard = v.object({
  id: text,
  name: text,
  color: text,
  avatar: v.nullable(text),
}) satisfies v.GenericSchema<AgentCard>;
export const agent = v.object({
  id: text,
  name: text,
  email: text,
  color: text,
  avatar: v.nullable(text),
}) satisfies v.GenericSchema<Agent>;
export const teamMember = v.object({
  ...agent.entries,
  role: roleSchema,
  presence: v.picklist(['online', 'away', 'offline']),
  capacity: v.nullable(v.number()),
  openConversations: count,
}) satisfies v.GenericSchema<TeamMember>;

export const sender = v.variant('role', [
  v.object({ role: v.literal('visitor'), id: text, name: v.nullable(text) }),
  v.object({ role: v.literal('agent'), id: text, name: text, color: text }),
  v.object({ role: v.literal('system') }),
]) satisfies v.GenericSchema<Sender>;

const entryBase = { conversationId: text, seq: count, clientId: text, sender, atMs };
const status = v.picklist(['open', 'snoozed', 'closed']);
const priority = v.picklist(priorities);
const of = v.picklist(['message', 'note']);
const ids = v.array(text);

export const chatFile = v.object({
  id: text,
  name: text,
  mime: text,
  sizeBytes: count,
  widthPx: v.nullable(count),
  heightPx: v.nullable(count),
}) satisfies v.GenericSchema<ChatFile>;
const files = v.optional(v.array(chatFile));
const cobrowseEndReason = v.picklist([
  'declined',
  'visitor_stopped',
  'agent_stopped',
  'request_expired',
  'visitor_gone',
  'withdrawn',
]);

const watchingAgent = { id: text, name: text, color: text };
const cobrowseSummary = v.object({
  startedAtMs: atMs,
  durationMs: v.number(),
  pages: v.array(v.object({ url: text, title: text, atMs, stayMs: v.number() })),
  morePages: count,
  watchers: v.array(v.object({ ...watchingAgent, watchedMs: v.number() })),
  actions: v.array(v.object({ agentId: text, agentName: text, words: text, atMs })),
  moreActions: count,
  isRecorded: v.boolean(),
}) satisfies v.GenericSchema<CobrowseSummary>;

export const entry = v.variant('kind', [
  v.object({ ...entryBase, kind: v.literal('message'), payload: v.object({ text, files }) }),
  v.object({ ...entryBase, kind: v.literal('note'), payload: v.object({ text, files, mentions: ids }) }),
  v.object({ ...entryBase, kind: v.literal('edit'), payload: v.object({ of, seq: count, text }) }),
  v.object({ ...entryBase, kind: v.literal('deletion'), payload: v.object({ of, seq: count }) }),
  v.object({
    ...entryBase,
    kind: v.literal('form'),
    payload: v.object({
      fields: v.array(v.object({ label: text, value: text })),
      consent: v.nullable(text),
    }),
  }),
  v.object({ ...entryBase, kind: v.literal('delivered'), payload: v.object({ seq: count }) }),
  v.object({ ...entryBase, kind: v.literal('read'), payload: v.object({ seq: count }) }),
  v.object({
    ...entryBase,
    kind: v.literal('status'),
    payload: v.variant('status', [
      v.object({ status: v.picklist(['open', 'closed']) }),
      v.object({ status: v.literal('snoozed'), untilMs: atMs }),
    ]),
  }),
  v.object({
    ...entryBase,
    kind: v.literal('assignment'),
    payload: v.object({
      agentId: v.nullable(text),
      agentName: v.nullable(text),
      teamId: v.optional(v.nullable(text)),
      teamName: v.optional(v.nullable(text)),
      by: v.optional(v.picklist(['hand', 'round_robin'])),
    }),
  }),
  v.object({ ...entryBase, kind: v.literal('labels'), payload: v.object({ added: ids, removed: ids }) }),
  v.object({ ...entryBase, kind: v.literal('priority'), payload: v.object({ priority }) }),
  v.object({ ...entryBase, kind: v.literal('hidden'), payload: v.strictObject({}) }),
  v.object({
    ...entryBase,
    kind: v.literal('survey'),
    payload: v.variant('event', [
      v.object({ event: v.literal('asked'), surveyId: text }),
      v.object({ event: v.literal('answered'), surveyId: text, score: v.number(), comment: text }),
      v.object({ event: v.literal('dismissed'), surveyId: text }),
    ]),
  }),
  v.object({
    ...entryBase,
    kind: v.literal('cobrowse'),
    payload: v.variant('event', [
      v.object({ event: v.picklist(['requested', 'offered', 'accepted', 'started']), sessionId: text }),
      v.object({
        event: v.literal('ended'),
        sessionId: text,
        reason: cobrowseEndReason,
        durationMs: v.number(),
      }),
      v.object({
        event: v.picklist(['recording_stopped', 'recording_viewed', 'recording_deleted']),
        sessionId: text,
      }),
      v.object({ event: v.literal('summary'), sessionId: text, summary: cobrowseSummary }),
    ]),
  }),
]) satisfies v.GenericSchema<Entry>;

export const conversation = v.object({
  id: text,
  siteId: text,
  visitorId: text,
  createdAtMs: atMs,
  lastSeq: count,
  status,
  snoozedUntilMs: v.nullable(atMs),
  assignee: v.nullable(v.object({ id: text, name: text })),
  team: v.nullable(v.object({ id: text, name: text })),
  priority,
  labels: ids,
  mentions: ids,
  lastMessage: v.nullable(
    v.object({ role: v.picklist(['visitor', 'agent']), preview: text, atMs, seq: count }),
  ),
  unreadByAgents: v.array(count),
  unreadByVisitor: v.array(count),
  visitorReadSeq: count,
  agentReadSeq: count,
  visitorDeliveredSeq: count,
  agentDeliveredSeq: count,
  firstMessageAtMs: v.nullable(atMs),
  firstReplyAfterMs: v.nullable(atMs),
  waitingSinceMs: v.nullable(atMs),
  hasAgentReply: v.boolean(),
  survey: v.variant('state', [
    v.object({ state: v.literal('none') }),
    v.object({ state: v.literal('asked'), surveyId: text }),
    v.object({ state: v.literal('answered'), surveyId: text, score: v.number(), comment: text }),
    v.object({ state: v.literal('dismissed'), surveyId: text }),
  ]),
}) satisfies v.GenericSchema<ConversationState>;

export const visitor = v.object({
  id: text,
  siteId: text,
  name: v.nullable(text),
  email: v.nullable(text),
  externalId: v.nullable(text),
  verified: v.boolean(),
  attributes: attributesSchema,
  mergedInto: v.nullable(v.object({ id: text, name: v.nullable(text), email: v.nullable(text) })),
  page: pageSchema,
  referrer: text,
  browser: text,
  language: text,
  timeZone: text,
  firstSeenMs: atMs,
  lastSeenMs: atMs,
  online: v.boolean(),
}) satisfies v.GenericSchema<Visitor>;

export const liveVisitor = v.object({
  id: text,
  siteId: text,
  visitorId: v.nullable(text),
  name: v.nullable(text),
  verified: v.boolean(),
  page: pageSchema,
  referrer: text,
  browser: text,
  language: text,
  sinceMs: atMs,
  pageSinceMs: atMs,
  tabs: count,
}) satisfies v.GenericSchema<LiveVisitor>;

/** A custom event as agents see it. */
export const visitorEvent = v.omit(visitorEventSchema, ['clientId']);
export type VisitorEventSeen = v.InferOutput<typeof visitorEvent>;

export const workspace = v.object({
  labels: v.array(labelSchema),
  teams: v.array(teamSchema),
  canned: v.array(cannedReplySchema),
  macros: v.array(macroSchema),
}) satisfies v.GenericSchema<Workspace>;

export const inboxCounts = v.object({
  mine: count,
  unassigned: count,
  all: count,
  mentions: count,
  snoozed: count,
  closed: count,
}) satisfies v.GenericSchema<InboxCounts>;

/** Where the visitor of a conversation stands while all agents are busy: 1 is next. */
export const queuePlace = v.object({ conversationId: text, position: count });
export type QueuePlace = v.InferOutput<typeof queuePlace>;

/** Text with the places that a search found: `[from, to)` in UTF-16 code units. */
export const foundText = v.object({ text, marks: v.array(v.tuple([count, count])) });
export type FoundText = v.InferOutput<typeof foundText>;

export const foundMessage = v.object({
  siteId: text,
  conversationId: text,
  seq: count,
  kind: v.picklist(['message', 'note']),
  senderName: v.nullable(text),
  visitorName: text,
  excerpt: foundText,
  atMs,
});
export type FoundMessage = v.InferOutput<typeof foundMessage>;

export const foundCustomer = v.object({
  visitor,
  name: foundText,
  email: foundText,
  /** The newest conversation; null for one who was never written to. */
  conversationId: v.nullable(text),
});
export type FoundCustomer = v.InferOutput<typeof foundCustomer>;

/** A key that signs the identities of a site's customers; its secret is told once, when it is made. */
export const identityKey = v.object({ kid: text, createdAtMs: atMs });
export type IdentityKey = v.InferOutput<typeof identityKey>;

const consent = { allowsControl: v.optional(v.boolean()), allowsRecording: v.optional(v.boolean()) };
const cobrowseState = v.variant('phase', [
  v.object({ phase: v.literal('requested'), agent: agentCard, expiresAtMs: atMs }),
  v.object({ phase: v.literal('offered'), expiresAtMs: atMs, ...consent }),
  v.object({
    phase: v.literal('active'),
    startedAtMs: atMs,
    ...consent,
    isPaused: v.optional(v.boolean()),
  }),
  v.object({
    phase: v.literal('waiting'),
    startedAtMs: atMs,
    resumeUntilMs: atMs,
    ...consent,
    isPaused: v.optional(v.boolean()),
  }),
  v.object({
    phase: v.literal('ended'),
    reason: cobrowseEndReason,
    startedAtMs: v.nullable(atMs),
    endedAtMs: atMs,
  }),
]) satisfies v.GenericSchema<CobrowseState>;

export const cobrowseSession = v.object({
  id: text,
  siteId: text,
  conversationId: text,
  visitorId: text,
  state: cobrowseState,
  rules: v.optional(v.array(cobrowseRuleSchema)),
}) satisfies v.GenericSchema<CobrowseSession>;

/** A recording of a co-browse session. `isWhole`: its last chunk is there; false while it is written, and after a crash. */
export const recording = v.object({
  sessionId: text,
  conversationId: text,
  startedAtMs: atMs,
  endedAtMs: v.nullable(atMs),
  deleteAtMs: atMs,
  chunks: count,
  isWhole: v.boolean(),
});
export type Recording = v.InferOutput<typeof recording>;
export const shareLogEntry = v.object({
  seq: count,
  sessionId: text,
  atMs,
  event: v.variant('type', [
    v.object({ type: v.literal('started'), control: v.boolean() }),
    v.object({ type: v.literal('joined'), agentId: text, name: text }),
    v.object({ type: v.literal('left'), agentId: text }),
    v.object({ type: v.literal('page'), address: text }),
    v.object({ type: v.literal('ended'), reason: cobrowseEndReason }),
  ]),
  hash: text,
}) satisfies v.GenericSchema<ShareLogEntry>;

export const site = v.object({
  id: text,
  key: text,
  settings: siteSettingsSchema,
  createdAtMs: atMs,
}) satisfies v.GenericSchema<Site>;

export const satisfactionResults = v.object({
  distribution: v.tuple([count, count, count, count, count]),
  n: count,
  share: v.nullable(v.number()),
  interval: v.nullable(v.tuple([v.number(), v.number()])),
  asked: count,
  dismissed: count,
}) satisfies v.GenericSchema<SatisfactionResults>;

/** A line of the inbox. */
export const inboxRow = v.object({ conversation, visitor });
export type InboxRow = v.InferOutput<typeof inboxRow>;

/** An answer to the satisfaction question with the conversation it belongs to. */
export const satisfactionAnswer = v.object({
  conversationId: text,
  visitorName: text,
  agentName: v.nullable(text),
  score: v.number(),
  comment: text,
  atMs,
});
export type SatisfactionAnswer = v.InferOutput<typeof satisfactionAnswer>;

/** Where a reader's copy of a conversation must be at least. */
export const head = v.object({ conversationId: text, lastSeq: count });
