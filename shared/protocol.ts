import * as v from 'valibot';
import type { Refusal } from './errors.ts';
import { inboxPageRows, maxEntriesPerFetch } from './limits.ts';
import { agentNameSchema, emailSchema, passwordSchema, roleSchema } from './model/agent.ts';
import { messageTextSchema } from './model/conversation.ts';
import { clientIdSchema, idSchema, siteKeySchema, tabIdSchema, visitorTokenSchema } from './model/ids.ts';
import { pageSchema, visitSchema } from './model/page.ts';
import { siteSettingsSchema } from './model/site.ts';
import { commentSchema, scoreSchema } from './model/survey.ts';
import * as wire from './wire.ts';

/**
 * The wire, whole: one table per direction. Requests (`message:send`) carry a payload and get a reply,
 * `{ ok: true, … }` or `{ ok: false, error }`; facts (`message:added`) are told and not answered.
 * Browser code imports types only, so schemas cost the visitor nothing.
 *
 * Chat: Socket.IO on path `/live`, namespaces `/visitor` and `/agent`.
 * Co-browse stream: a Socket.IO connection of its own on path `/relay` with the one-frame parser of
 * `relay-parser.ts`, namespaces `/visitor` and `/agent`, the session's id in the query as `cobrowse`.
 */
export const protocolVersion = 1;

export const livePath = '/live';
export const relayPath = '/relay';

const conversationId = idSchema('conversation');
const cobrowseId = idSchema('cobrowse');
const siteId = idSchema('site');
const seq = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
/** A time as stores take it: whole, and exact as a number. */
const timeMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const nothing = v.strictObject({});
const done = v.object({});

/** One request: what is asked and what comes back beside `ok: true`. */
interface RequestSchema {
  payload: v.GenericSchema;
  reply: v.GenericSchema;
}
export type RequestTable = Record<string, RequestSchema>;
export type FactTable = Record<string, v.GenericSchema>;

const fetchedEntries = v.object({
  entries: v.array(wire.entry),
  /** Head of the log at the time of the fetch. */
  lastSeq: v.number(),
  hasMore: v.boolean(),
  epoch: v.string(),
});

// ── chat, visitor ────────────────────────────────────────────────────────────────────────────────────────────

/** Socket.IO `auth` of the visitor's connection. The token is the visitor's own secret; the server keeps its hash. */
export const visitorAuth = v.strictObject({ site: siteKeySchema, token: visitorTokenSchema });

export const visitorRequests = {
  /** Sent after every connect: tells the page, brings the visitor's conversations. Creates no record. */
  'visit:open': {
    payload: visitSchema,
    reply: v.object({
      /** Null until the visitor's first message or offer. */
      visitorId: v.nullable(v.string()),
      conversations: v.array(wire.conversation),
      /** The co-browse session that is not over, if any. */
      cobrowse: v.nullable(wire.cobrowseSession),
      agents: v.array(wire.agentCard),
      /** Changes when the log is not the one the reader knows (restored backup): forget and fetch again. */
      epoch: v.string(),
      nowMs: v.number(),
    }),
  },
  'page:changed': { payload: pageSchema, reply: done },
  /** First message of a new conversation. Repeats with the same `clientId` return the same conversation. */
  'conversation:start': {
    payload: v.strictObject({ clientId: clientIdSchema, text: messageTextSchema, visit: visitSchema }),
    reply: v.object({ conversation: wire.conversation, entry: wire.entry, epoch: v.string() }),
  },
  'entries:fetch': {
    payload: v.strictObject({ conversationId, afterSeq: seq }),
    reply: fetchedEntries,
  },
  'message:send': {
    payload: v.strictObject({ conversationId, clientId: clientIdSchema, text: messageTextSchema }),
    reply: v.object({ entry: wire.entry }),
  },
  'conversation:read': {
    payload: v.strictObject({ conversationId, clientId: clientIdSchema, seq }),
    /** Null when the visitor had read that far already. */
    reply: v.object({ entry: v.nullable(wire.entry) }),
  },
  'typing:set': { payload: v.strictObject({ conversationId, typing: v.boolean() }), reply: done },
  'survey:answer': {
    payload: v.strictObject({
      conversationId,
      clientId: clientIdSchema,
      surveyId: idSchema('survey'),
      score: scoreSchema,
      comment: commentSchema,
    }),
    reply: v.object({ entry: wire.entry }),
  },
  'survey:dismiss': {
    payload: v.strictObject({ conversationId, clientId: clientIdSchema, surveyId: idSchema('survey') }),
    reply: v.object({ entry: wire.entry }),
  },
  /** The visitor consents to share before anybody asked. Without a conversation one is started. */
  'cobrowse:offer': {
    payload: v.strictObject({
      clientId: clientIdSchema,
      conversationId: v.nullable(conversationId),
      visit: visitSchema,
    }),
    reply: v.object({ session: wire.cobrowseSession }),
  },
  'cobrowse:answer': {
    payload: v.strictObject({ sessionId: cobrowseId, accept: v.boolean() }),
    reply: v.object({ session: wire.cobrowseSession }),
  },
  'cobrowse:stop': {
    payload: v.strictObject({ sessionId: cobrowseId }),
    reply: v.object({ session: wire.cobrowseSession }),
  },
} as const satisfies RequestTable;

export const visitorFacts = {
  'entry:added': v.object({ entry: wire.entry, epoch: v.string() }),
  'conversation:added': v.object({ conversation: wire.conversation, epoch: v.string() }),
  'typing:changed': v.object({ conversationId: v.string(), agent: wire.agentCard, typing: v.boolean() }),
  'presence:changed': v.object({ agents: v.array(wire.agentCard) }),
  'cobrowse:changed': v.object({ session: wire.cobrowseSession }),
  'heads:beat': v.object({ epoch: v.string(), heads: v.array(wire.head) }),
} as const satisfies FactTable;

// ── chat, agent ──────────────────────────────────────────────────────────────────────────────────────────────

/** Socket.IO `auth` of the agent's connection. */
export const agentAuth = v.strictObject({ accessToken: v.pipe(v.string(), v.maxLength(2_000)) });

export const agentRequests = {
  /** Sent after every connect. */
  'session:open': {
    payload: nothing,
    reply: v.object({
      agent: wire.agent,
      sites: v.array(v.object({ site: wire.site, role: roleSchema })),
      epoch: v.string(),
      nowMs: v.number(),
    }),
  },
  /** Newest activity first. `before` is the `cursor` of the page above. */
  'inbox:list': {
    payload: v.strictObject({
      siteId,
      status: v.picklist(['open', 'resolved']),
      before: v.nullable(v.strictObject({ atMs: timeMs, id: conversationId })),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(inboxPageRows * 4)),
    }),
    reply: v.object({
      rows: v.array(wire.inboxRow),
      cursor: v.nullable(v.object({ atMs: v.number(), id: v.string() })),
      counts: v.object({ open: v.number(), resolved: v.number() }),
    }),
  },
  /** A conversation with the last entries of its log. */
  'conversation:open': {
    payload: v.strictObject({ conversationId }),
    reply: v.object({
      row: wire.inboxRow,
      /** Up to 500 newest entries; earlier ones by `entries:fetch`. */
      entries: v.array(wire.entry),
      cobrowse: v.nullable(wire.cobrowseSession),
      epoch: v.string(),
    }),
  },
  'entries:fetch': {
    payload: v.strictObject({
      conversationId,
      afterSeq: seq,
      limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxEntriesPerFetch))),
    }),
    reply: fetchedEntries,
  },
  'message:send': {
    payload: v.strictObject({ conversationId, clientId: clientIdSchema, text: messageTextSchema }),
    reply: v.object({ entry: wire.entry }),
  },
  'conversation:read': {
    payload: v.strictObject({ conversationId, clientId: clientIdSchema, seq }),
    reply: v.object({ entry: v.nullable(wire.entry) }),
  },
  /** Resolving may ask the visitor the satisfaction question: then `survey` is its entry. */
  'conversation:setStatus': {
    payload: v.strictObject({
      conversationId,
      clientId: clientIdSchema,
      status: v.picklist(['open', 'resolved']),
    }),
    reply: v.object({ entry: wire.entry, survey: v.nullable(wire.entry) }),
  },
  'conversation:assign': {
    payload: v.strictObject({
      conversationId,
      clientId: clientIdSchema,
      agentId: v.nullable(idSchema('agent')),
    }),
    reply: v.object({ entry: wire.entry }),
  },
  'typing:set': { payload: v.strictObject({ conversationId, typing: v.boolean() }), reply: done },
  /** Asks the visitor to share the page. */
  'cobrowse:request': {
    payload: v.strictObject({ conversationId }),
    reply: v.object({ session: wire.cobrowseSession }),
  },
  /** Starts to look at a session that is offered, active or waiting. */
  'cobrowse:join': {
    payload: v.strictObject({ sessionId: cobrowseId }),
    reply: v.object({ session: wire.cobrowseSession, visitor: wire.visitor, viewerOrigin: v.string() }),
  },
  'cobrowse:stop': {
    payload: v.strictObject({ sessionId: cobrowseId }),
    reply: v.object({ session: wire.cobrowseSession }),
  },
  'feedback:results': {
    payload: v.strictObject({
      siteId,
      /** Answers from then on; 0 for all. */
      fromMs: timeMs,
    }),
    reply: v.object({
      results: wire.satisfactionResults,
      /** The newest 100 answers. */
      answers: v.array(wire.satisfactionAnswer),
    }),
  },
  'site:update': {
    payload: v.strictObject({ siteId, settings: siteSettingsSchema }),
    reply: v.object({ site: wire.site }),
  },
  'team:list': {
    payload: v.strictObject({ siteId }),
    reply: v.object({ members: v.array(wire.teamMember) }),
  },
  'team:add': {
    payload: v.strictObject({ siteId, email: emailSchema, name: agentNameSchema, role: roleSchema }),
    /** The password is random and told only here; null when the agent already had an account. */
    reply: v.object({ member: wire.teamMember, password: v.nullable(v.string()) }),
  },
  'password:change': {
    payload: v.strictObject({ current: v.pipe(v.string(), v.maxLength(200)), next: passwordSchema }),
    reply: done,
  },
} as const satisfies RequestTable;

export const agentFacts = {
  'entry:added': v.object({ entry: wire.entry, epoch: v.string() }),
  'conversation:added': v.object({ row: wire.inboxRow, epoch: v.string() }),
  'visitor:changed': v.object({ visitor: wire.visitor }),
  'typing:changed': v.object({
    conversationId: v.string(),
    sender: v.variant('role', [
      v.object({ role: v.literal('visitor') }),
      v.object({ role: v.literal('agent'), agent: wire.agentCard }),
    ]),
    typing: v.boolean(),
  }),
  'cobrowse:changed': v.object({ session: wire.cobrowseSession }),
  'site:changed': v.object({ site: wire.site }),
  'presence:changed': v.object({ siteId: v.string(), agents: v.array(wire.agentCard) }),
  'heads:beat': v.object({ epoch: v.string(), heads: v.array(wire.head) }),
} as const satisfies FactTable;

// ── agent sign-in, over HTTP only: the renewal cookie is HttpOnly ────────────────────────────────────────────

export const signIn = {
  payload: v.strictObject({
    email: v.pipe(v.string(), v.maxLength(254)),
    password: v.pipe(v.string(), v.maxLength(200)),
  }),
  reply: v.object({ accessToken: v.string(), expiresAtMs: v.number(), agent: wire.agent }),
};

// ── co-browse relay ──────────────────────────────────────────────────────────────────────────────────────────

const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array);
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31));
const ratio = v.pipe(v.number(), v.minValue(-1), v.maxValue(2));
const pixels = v.pipe(v.number(), v.minValue(0), v.maxValue(100_000));

/** What a tab is; its page's address has passed the privacy filter. */
const tabState = v.strictObject({
  tab: tabIdSchema,
  page: pageSchema,
  focused: v.boolean(),
  hidden: v.boolean(),
  widthPx: pixels,
  heightPx: pixels,
});
export type TabState = v.InferOutput<typeof tabState>;

const epochStart = v.strictObject({
  tab: tabIdSchema,
  /** Grows within a tab, over page loads too. */
  epoch: count,
  reason: v.picklist(['started', 'page_loaded', 'page_restored', 'reconnected', 'wanted', 'oversize']),
});
export type EpochStart = v.InferOutput<typeof epochStart>;

/**
 * A part of a batch. Batch 0 of an epoch holds the full snapshot. The parts of a batch, joined, are one raw deflate
 * stream of UTF-8 JSON, an array of rrweb events, whose preset dictionary is the last 32 KB of the epoch's text before it.
 */
const batchPart = v.strictObject({ tab: tabIdSchema, epoch: count, batch: count, part: count, parts: count });
export type BatchPart = v.InferOutput<typeof batchPart>;

/** A part of an image, font or style that batches name as `rapport-asset:ID`; `id` is the content's SHA-256, hex. */
const assetPart = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  mime: v.pipe(v.string(), v.regex(/^(image|font)\/[a-z0-9.+-]{1,40}$/)),
  part: count,
  parts: count,
});
export type AssetPart = v.InferOutput<typeof assetPart>;

/** A place on a page: an element of the mirror, and where in it, 0 to 1 of its width and height. */
const pointer = v.strictObject({ tab: tabIdSchema, epoch: count, node: count, x: ratio, y: ratio });
export type Pointer = v.InferOutput<typeof pointer>;

export const visitorRelayAuth = v.strictObject({ ...visitorAuth.entries, tab: tabIdSchema });
export const agentRelayAuth = agentAuth;

/** Facts carry their bytes as a second argument; they are not answered, order and loss are seen by number. */
export const visitorRelayFacts = {
  'epoch:started': v.strictTuple([epochStart]),
  'batch:sent': v.strictTuple([batchPart, bytes]),
  'asset:sent': v.strictTuple([assetPart, bytes]),
  'tab:changed': v.strictTuple([tabState]),
  /** The tab is gone for good: closed or left for another page. */
  'tab:closed': v.strictTuple([v.strictObject({ tab: tabIdSchema })]),
} as const satisfies FactTable;

/** Relay to the visitor's page. */
export const relayToVisitor = {
  /** Send a full snapshot: the relay's buffer is over its bound or has a hole. */
  'epoch:wanted': v.tuple([
    v.object({ tab: v.string(), reason: v.picklist(['oversize', 'gap', 'overflow']) }),
  ]),
  /** An agent points; null when the pointer left the page. */
  'pointer:moved': v.tuple([v.object({ agent: wire.agentCard, pointer: v.nullable(pointer) })]),
  'viewers:changed': v.tuple([v.object({ viewers: v.array(wire.agentCard) })]),
  /**
   * Assets the relay already holds for this session, so that a new page does not send them again. Told once after each
   * connect, in pieces of at most 500 ids: `more` says that another piece follows.
   */
  'assets:held': v.tuple([v.object({ ids: v.array(v.string()), more: v.boolean() })]),
} as const satisfies FactTable;

export const agentRelayFacts = {
  'pointer:moved': v.strictTuple([v.strictObject({ pointer: v.nullable(pointer) })]),
  /** Show another tab's stream, or the focused tab's (null). */
  'tab:wanted': v.strictTuple([v.strictObject({ tab: v.nullable(tabIdSchema) })]),
  /** The viewer lost its place (agent's browser tab was hidden, error): send the epoch from its start. */
  'epoch:wanted': v.strictTuple([
    v.strictObject({
      tab: tabIdSchema,
      /** The epoch as the relay keeps it cannot be shown: only a new one from the visitor's page helps. */
      damaged: v.optional(v.boolean()),
    }),
  ]),
} as const satisfies FactTable;

/** Relay to an agent. */
export const relayToAgent = {
  'epoch:started': v.tuple([epochStart]),
  'batch:sent': v.tuple([batchPart, bytes]),
  'asset:sent': v.tuple([assetPart, bytes]),
  /** Tabs of the session; `shown` is the one whose stream follows. `online`: at least one tab is connected. */
  'tabs:changed': v.tuple([
    v.object({ tabs: v.array(tabState), shown: v.nullable(v.string()), online: v.boolean() }),
  ]),
  'viewers:changed': v.tuple([v.object({ viewers: v.array(wire.agentCard) })]),
} as const satisfies FactTable;

// ── types derived from the tables ────────────────────────────────────────────────────────────────────────────

type Output<S> = S extends v.GenericSchema ? v.InferOutput<S> : never;
type Input<S> = S extends v.GenericSchema ? v.InferInput<S> : never;

export type PayloadOf<T extends RequestTable, E extends keyof T> = Output<T[E]['payload']>;
export type ReplyOf<T extends RequestTable, E extends keyof T> = Output<T[E]['reply']>;
/** What comes back over the wire. */
export type Reply<R> = ({ ok: true } & R) | Refusal;

/** Socket.IO event map of a request table. */
export type EventsOfRequests<T extends RequestTable> = {
  [E in keyof T]: (payload: Input<T[E]['payload']>, reply: (reply: Reply<ReplyOf<T, E>>) => void) => void;
};
/** Socket.IO event map of a fact table whose facts are one object. */
export type EventsOfFacts<T extends FactTable> = { [E in keyof T]: (fact: Output<T[E]>) => void };
/** Socket.IO event map of a fact table whose facts are argument lists (relay). */
export type EventsOfTuples<T extends FactTable> = {
  [E in keyof T]: (...args: Extract<Output<T[E]>, unknown[]>) => void;
};
/** Handlers for every request of a table: a missing one does not compile. */
export type HandlersOf<T extends RequestTable, Caller> = {
  [E in keyof T]: (caller: Caller, payload: PayloadOf<T, E>) => Promise<ReplyOf<T, E>>;
};

export type VisitorRequests = typeof visitorRequests;
export type VisitorFacts = typeof visitorFacts;
export type AgentRequests = typeof agentRequests;
export type AgentFacts = typeof agentFacts;
