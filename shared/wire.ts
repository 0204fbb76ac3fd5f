import * as v from 'valibot';
import type { Agent, AgentCard, TeamMember } from './model/agent.ts';
import { roleSchema } from './model/agent.ts';
import type { CobrowseSession, CobrowseState } from './model/cobrowse.ts';
import type { ConversationState, Entry, Sender } from './model/conversation.ts';
import { pageSchema } from './model/page.ts';
import type { Site } from './model/site.ts';
import { siteSettingsSchema } from './model/site.ts';
import type { SatisfactionResults } from './model/survey.ts';
import type { Visitor } from './model/visitor.ts';

/**
 * Schemas of what the server sends. They feed the types of the protocol table, its documentation and the
 * OpenAPI description; `satisfies` keeps each equal to the type in the model.
 */

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const atMs = v.number();
const text = v.string();

export const agentCard = v.object({ id: text, name: text, color: text }) satisfies v.GenericSchema<AgentCard>;
export const agent = v.object({
  id: text,
  name: text,
  email: text,
  color: text,
}) satisfies v.GenericSchema<Agent>;
export const teamMember = v.object({
  ...agent.entries,
  role: roleSchema,
  online: v.boolean(),
}) satisfies v.GenericSchema<TeamMember>;

export const sender = v.variant('role', [
  v.object({ role: v.literal('visitor'), id: text, name: v.nullable(text) }),
  v.object({ role: v.literal('agent'), id: text, name: text, color: text }),
  v.object({ role: v.literal('system') }),
]) satisfies v.GenericSchema<Sender>;

const entryBase = { conversationId: text, seq: count, clientId: text, sender, atMs };
const status = v.picklist(['open', 'resolved']);
const cobrowseEndReason = v.picklist([
  'declined',
  'visitor_stopped',
  'agent_stopped',
  'request_expired',
  'visitor_gone',
  'withdrawn',
]);

export const entry = v.variant('kind', [
  v.object({ ...entryBase, kind: v.literal('message'), payload: v.object({ text }) }),
  v.object({ ...entryBase, kind: v.literal('read'), payload: v.object({ seq: count }) }),
  v.object({ ...entryBase, kind: v.literal('status'), payload: v.object({ status }) }),
  v.object({
    ...entryBase,
    kind: v.literal('assignment'),
    payload: v.object({ agentId: v.nullable(text), agentName: v.nullable(text) }),
  }),
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
  assignee: v.nullable(v.object({ id: text, name: text })),
  lastMessage: v.nullable(
    v.object({ role: v.picklist(['visitor', 'agent']), preview: text, atMs, seq: count }),
  ),
  unreadByAgents: v.array(count),
  unreadByVisitor: v.array(count),
  visitorReadSeq: count,
  agentReadSeq: count,
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
  page: pageSchema,
  referrer: text,
  browser: text,
  language: text,
  timeZone: text,
  firstSeenMs: atMs,
  lastSeenMs: atMs,
  online: v.boolean(),
}) satisfies v.GenericSchema<Visitor>;

const cobrowseState = v.variant('phase', [
  v.object({ phase: v.literal('requested'), agent: agentCard, expiresAtMs: atMs }),
  v.object({ phase: v.literal('offered'), expiresAtMs: atMs }),
  v.object({ phase: v.literal('active'), startedAtMs: atMs }),
  v.object({ phase: v.literal('waiting'), startedAtMs: atMs, resumeUntilMs: atMs }),
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
}) satisfies v.GenericSchema<CobrowseSession>;

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
  visitorName: v.nullable(text),
  agentName: v.nullable(text),
  score: v.number(),
  comment: text,
  atMs,
});
export type SatisfactionAnswer = v.InferOutput<typeof satisfactionAnswer>;

/** Where a reader's copy of a conversation must be at least. */
export const head = v.object({ conversationId: text, lastSeq: count });
