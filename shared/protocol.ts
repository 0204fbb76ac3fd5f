import * as v from 'valibot';
import type { Refusal } from './errors.ts';
import { inboxPageRows, maxEntriesPerFetch, maxEventsPerRequest, maxSearchChars } from './limits.ts';
import {
  agentNameSchema,
  availabilitySchema,
  capacitySchema,
  emailSchema,
  passwordSchema,
  roleSchema,
} from './model/agent.ts';
import { anchorSchema, markSchema } from './model/annotation.ts';
import { pauseReasons } from './model/cobrowse-rules.ts';
import { askedScopesSchema, grantSchema, verbOutcomeSchema, verbSchema } from './model/control.ts';
import { priorities } from './model/conversation.ts';
import { fidelitySteps } from './model/fidelity.ts';
import { clientIdSchema, idSchema, siteKeySchema, tabIdSchema, visitorTokenSchema } from './model/ids.ts';
import { inboxFilterSchema, inboxViews } from './model/inbox.ts';
import { hasBody, messageBodyEntries, messageTextSchema } from './model/message-body.ts';
import { pageSchema, visitSchema } from './model/page.ts';
import { siteSettingsSchema } from './model/site.ts';
import { commentSchema, scoreSchema } from './model/survey.ts';
import { visitorChangeSchema, visitorEventSchema } from './model/visitor.ts';
import { workspaceItemSchema } from './model/workspace.ts';
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
const consent = { allowsControl: v.optional(v.boolean()), allowsRecording: v.optional(v.boolean()) };
const done = v.object({});

/** One request: what is asked and what comes back beside `ok: true`. */
interface RequestSchema {
  payload: v.GenericSchema;
  reply: v.GenericSchema;
}
export type RequestTable = Record<string, RequestSchema>;
export type FactTable = Record<string, v.GenericSchema>;

const noteMentions = v.pipe(v.array(idSchema('agent')), v.maxLength(20));

const message = v.pipe(
  v.strictObject({ conversationId, clientId: clientIdSchema, ...messageBodyEntries }),
  v.check((body) => hasBody(body), 'neither text nor files'),
);
/** Changes an own message or note, by its seq. */
const messageEdit = v.strictObject({
  conversationId,
  clientId: clientIdSchema,
  seq,
  text: messageTextSchema,
});
const messageDeletion = v.strictObject({ conversationId, clientId: clientIdSchema, seq });
const receipt = v.strictObject({ conversationId, clientId: clientIdSchema, seq });
/** Null when that far was known already. */
const receiptReply = v.object({ entry: v.nullable(wire.entry) });

const fetchedEntries = v.object({
  entries: v.array(wire.entry),
  /** Head of the log at the time of the fetch. */
  lastSeq: v.number(),
  hasMore: v.boolean(),
  epoch: v.string(),
});

// ── chat, visitor ────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Socket.IO `auth` of the visitor's connection. The token is the visitor's own secret; the server keeps its hash.
 * Refused with `identity_invalid` or `identity_expired` (a fresh identity may help), with `forbidden` when the identity
 * names another customer than the one this token belongs to, and with `identity_required` when the token belongs to a
 * customer of a site that takes only signed identities and none came: in both cases a new token begins anew.
 */
export const visitorAuth = v.strictObject({
  site: siteKeySchema,
  token: visitorTokenSchema,
  /** A JWT that the site signed: who the visitor is. Over HTTP: the header `X-Rapport-Identity`. */
  identity: v.optional(v.pipe(v.string(), v.maxLength(4_000))),
});

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
      /** Agents who are there and not away. */
      agents: v.array(wire.agentCard),
      /** Median time to the first answer, of the last 30 days; null with fewer than 5 answers. */
      usualReplyMs: v.nullable(v.number()),
      queue: v.array(wire.queuePlace),
      /** What is known of the visitor; null without a record. */
      customer: v.nullable(
        v.object({ name: v.nullable(v.string()), email: v.nullable(v.string()), verified: v.boolean() }),
      ),
      /** Changes when the log is not the one the reader knows (restored backup): forget and fetch again. */
      epoch: v.string(),
      nowMs: v.number(),
    }),
  },
  'page:changed': { payload: pageSchema, reply: done },
  /** First message of a new conversation. Repeats with the same `clientId` return the same conversation. */
  'conversation:start': {
    payload: v.pipe(
      v.strictObject({
        clientId: clientIdSchema,
        ...messageBodyEntries,
        visit: visitSchema,
        /** Answers to the site's form by field id, and the consent text that was agreed to. */
        form: v.optional(
          v.strictObject({
            values: v.record(v.pipe(v.string(), v.maxLength(40)), v.pipe(v.string(), v.maxLength(2_000))),
            consent: v.nullable(v.pipe(v.string(), v.maxLength(1_000))),
          }),
        ),
      }),
      v.check((body) => hasBody(body), 'neither text nor files'),
    ),
    /** `entry` is the message; a form stands before it in the log. */
    reply: v.object({ conversation: wire.conversation, entry: wire.entry, epoch: v.string() }),
  },
  'entries:fetch': {
    payload: v.strictObject({ conversationId, afterSeq: seq }),
    reply: fetchedEntries,
  },
  'message:send': { payload: message, reply: v.object({ entry: wire.entry }) },
  'message:edit': { payload: messageEdit, reply: v.object({ entry: wire.entry }) },
  'message:delete': { payload: messageDeletion, reply: v.object({ entry: wire.entry }) },
  /** This browser holds the agents' messages up to `seq`; not sent for what is read at once. */
  'conversation:delivered': { payload: receipt, reply: receiptReply },
  'conversation:read': { payload: receipt, reply: receiptReply },
  /** The visitor is done: the conversation closes, and the satisfaction question may follow. */
  'conversation:end': {
    payload: v.strictObject({ conversationId, clientId: clientIdSchema }),
    reply: v.object({ entry: wire.entry, survey: v.nullable(wire.entry) }),
  },
  /** What the visitor or the host's page tells of the visitor, unsigned. `identity_required` where that does not count. */
  'visitor:update': {
    payload: v.strictObject({ change: visitorChangeSchema, visit: visitSchema }),
    reply: done,
  },
  /** Only with a record: before there is one, the page keeps its events to itself. */
  'event:track': {
    payload: v.strictObject({
      events: v.pipe(v.array(visitorEventSchema), v.minLength(1), v.maxLength(maxEventsPerRequest)),
    }),
    reply: done,
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
      ...consent,
    }),
    reply: v.object({ session: wire.cobrowseSession }),
  },
  /** To be looked at, helped along and recorded are three questions: the latter two only where the visitor ticked them. */
  'cobrowse:answer': {
    payload: v.strictObject({
      sessionId: cobrowseId,
      accept: v.boolean(),
      ...consent,
    }),
    reply: v.object({ session: wire.cobrowseSession }),
  },
  /**
   * Six digits that the visitor reads out on the telephone: who types them in the console asks to see the page. Valid for
   * ten minutes and once; a new code takes the place of the one before. Without a conversation one is started.
   */
  'cobrowse:code': {
    payload: v.strictObject({
      clientId: clientIdSchema,
      conversationId: v.nullable(conversationId),
      visit: visitSchema,
    }),
    reply: v.object({ code: v.string(), expiresAtMs: v.number() }),
  },
  /** Nothing of any tab is sent until the visitor goes on. */
  'cobrowse:pause': {
    payload: v.strictObject({ sessionId: cobrowseId, paused: v.boolean() }),
    reply: v.object({ session: wire.cobrowseSession }),
  },
  'cobrowse:stop': {
    payload: v.strictObject({ sessionId: cobrowseId }),
    reply: v.object({ session: wire.cobrowseSession }),
  },
  /** The page stays shared; nothing more of it is recorded. What was recorded stays until its time is over. */
  'cobrowse:stopRecording': {
    payload: v.strictObject({ sessionId: cobrowseId }),
    reply: v.object({ session: wire.cobrowseSession }),
  },
  /** The visitor's own record of what was shared, up to 200 entries after this one. Nobody else can read it. */
  'share:read': {
    payload: v.strictObject({ afterSeq: seq }),
    reply: v.object({ entries: v.array(wire.shareLogEntry), hasMore: v.boolean() }),
  },
} as const satisfies RequestTable;

export const visitorFacts = {
  'entry:added': v.object({ entry: wire.entry, epoch: v.string() }),
  'conversation:added': v.object({ conversation: wire.conversation, epoch: v.string() }),
  'typing:changed': v.object({ conversationId: v.string(), agent: wire.agentCard, typing: v.boolean() }),
  'presence:changed': v.object({ agents: v.array(wire.agentCard) }),
  /** Position null: no longer in the queue. */
  'queue:changed': v.object({ conversationId: v.string(), position: v.nullable(v.number()) }),
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
      availability: availabilitySchema,
      sites: v.array(v.object({ site: wire.site, role: roleSchema })),
      epoch: v.string(),
      nowMs: v.number(),
    }),
  },
  /** A page of a view over some of the agent's sites, in the order of `inboxKey`. `before` is the `cursor` of the page above. */
  'inbox:list': {
    payload: v.strictObject({
      siteIds: v.pipe(v.array(siteId), v.minLength(1), v.maxLength(50)),
      view: v.picklist(inboxViews),
      filter: inboxFilterSchema,
      before: v.nullable(v.strictObject({ key: timeMs, id: conversationId })),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(inboxPageRows * 4)),
    }),
    reply: v.object({
      rows: v.array(wire.inboxRow),
      cursor: v.nullable(v.object({ key: v.number(), id: v.string() })),
    }),
  },
  /** How many conversations each view holds, each up to 10,000. */
  'inbox:count': {
    payload: v.strictObject({
      siteIds: v.pipe(v.array(siteId), v.minLength(1), v.maxLength(50)),
      filter: inboxFilterSchema,
    }),
    reply: v.object({ counts: wire.inboxCounts }),
  },
  /** Messages, notes and customers with all of these words; the last word may be unfinished. Newest first. */
  'search:find': {
    payload: v.strictObject({
      siteIds: v.pipe(v.array(siteId), v.minLength(1), v.maxLength(50)),
      text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(maxSearchChars)),
      /** Messages before this time, for the next page. */
      beforeMs: v.nullable(timeMs),
    }),
    reply: v.object({
      messages: v.array(wire.foundMessage),
      /** On the first page only. */
      customers: v.array(wire.foundCustomer),
      hasMore: v.boolean(),
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
  /** `assignment`: nobody had the conversation, and with this answer it has become the agent's. */
  'message:send': {
    payload: message,
    reply: v.object({ entry: wire.entry, assignment: v.nullable(wire.entry) }),
  },
  /** For agents only; those who are mentioned find the conversation among their mentions. */
  'note:add': {
    payload: v.pipe(
      v.strictObject({
        conversationId,
        clientId: clientIdSchema,
        ...messageBodyEntries,
        mentions: noteMentions,
      }),
      v.check((body) => hasBody(body), 'neither text nor files'),
    ),
    reply: v.object({ entry: wire.entry }),
  },
  /** An own message or note; `too_late` for a message of more than 15 minutes ago. */
  'message:edit': { payload: messageEdit, reply: v.object({ entry: wire.entry }) },
  'message:delete': { payload: messageDeletion, reply: v.object({ entry: wire.entry }) },
  'conversation:delivered': { payload: receipt, reply: receiptReply },
  'conversation:read': { payload: receipt, reply: receiptReply },
  /** Closing may ask the visitor the satisfaction question: then `survey` is its entry. */
  'conversation:setStatus': {
    payload: v.strictObject({
      conversationId,
      clientId: clientIdSchema,
      status: v.picklist(['open', 'closed']),
    }),
    reply: v.object({ entry: wire.entry, survey: v.nullable(wire.entry) }),
  },
  'conversation:snooze': {
    payload: v.strictObject({ conversationId, clientId: clientIdSchema, untilMs: timeMs }),
    reply: v.object({ entry: wire.entry }),
  },
  /** Who answers. A part that is missing stays as it is. With a note it is a transfer: both or nothing. */
  'conversation:assign': {
    payload: v.strictObject({
      conversationId,
      clientId: clientIdSchema,
      agentId: v.optional(v.nullable(idSchema('agent'))),
      teamId: v.optional(v.nullable(idSchema('team'))),
      note: v.optional(messageTextSchema),
      /** Of the note; whom the conversation is given to is mentioned anyway. */
      mentions: v.optional(noteMentions),
    }),
    reply: v.object({ entry: wire.entry, note: v.nullable(wire.entry) }),
  },
  'conversation:label': {
    payload: v.strictObject({
      conversationId,
      clientId: clientIdSchema,
      added: v.pipe(v.array(idSchema('label')), v.maxLength(20)),
      removed: v.pipe(v.array(idSchema('label')), v.maxLength(20)),
    }),
    reply: v.object({ entry: wire.entry }),
  },
  'conversation:setPriority': {
    payload: v.strictObject({ conversationId, clientId: clientIdSchema, priority: v.picklist(priorities) }),
    reply: v.object({ entry: wire.entry }),
  },
  /** All actions of the macro or none. `malformed` with field `text` when a variable in it has no value here. */
  'macro:run': {
    payload: v.strictObject({ conversationId, clientId: clientIdSchema, macroId: idSchema('macro') }),
    reply: v.object({ entries: v.array(wire.entry) }),
  },
  /** Which conversation the agent looks at in this tab; null for none. Colleagues see it. */
  'conversation:view': {
    payload: v.strictObject({ conversationId: v.nullable(conversationId) }),
    reply: done,
  },
  /** Writes to somebody who is on the site, or was there before: a new conversation with the agent's message. */
  'conversation:begin': {
    payload: v.strictObject({
      siteId,
      to: v.union([
        v.strictObject({ liveId: idSchema('live') }),
        v.strictObject({ visitorId: idSchema('visitor') }),
      ]),
      clientId: clientIdSchema,
      text: messageTextSchema,
    }),
    reply: v.object({ row: wire.inboxRow, entry: wire.entry, epoch: v.string() }),
  },
  'typing:set': { payload: v.strictObject({ conversationId, typing: v.boolean() }), reply: done },
  /** Asks the visitor to share the page. */
  'cobrowse:request': {
    payload: v.strictObject({ conversationId }),
    reply: v.object({ session: wire.cobrowseSession }),
  },
  /** Starts to look at a session that is offered, active or waiting. */
  /** Asks the visitor with this code to share the page. `not_found`: no such code, used up, or run out. */
  'cobrowse:redeem': {
    payload: v.strictObject({ code: v.pipe(v.string(), v.regex(/^\d{6}$/)) }),
    reply: v.object({ session: wire.cobrowseSession }),
  },
  'cobrowse:join': {
    payload: v.strictObject({ sessionId: cobrowseId }),
    reply: v.object({ session: wire.cobrowseSession, visitor: wire.visitor, viewerOrigin: v.string() }),
  },
  'cobrowse:stop': {
    payload: v.strictObject({ sessionId: cobrowseId }),
    reply: v.object({ session: wire.cobrowseSession }),
  },
  /** A recording, before its chunks are read (`GET /api/agent/recordings/SESSION/CHUNK`). Told in the conversation. */
  'recording:open': {
    payload: v.strictObject({ sessionId: cobrowseId }),
    reply: v.object({
      recording: wire.recording,
      visitor: wire.visitor,
      viewerOrigin: v.string(),
    }),
  },
  /** For owners. File, row and all; it cannot be taken back. */
  'recording:delete': { payload: v.strictObject({ sessionId: cobrowseId }), reply: done },
  /** A customer whole: all records that are this person, their conversations (newest first) and events (newest first). */
  'visitor:open': {
    payload: v.strictObject({ siteId, visitorId: idSchema('visitor') }),
    reply: v.object({
      visitor: wire.visitor,
      /** Others that are the same person: merged by an agent, or with the same signed id. */
      same: v.array(wire.visitor),
      conversations: v.array(wire.conversation),
      events: v.array(wire.visitorEvent),
    }),
  },
  'visitor:change': {
    payload: v.strictObject({ siteId, visitorId: idSchema('visitor'), change: visitorChangeSchema }),
    reply: v.object({ visitor: wire.visitor }),
  },
  /** Says that two visitors are one person. Each keeps its conversations and what its browser may read. */
  'visitor:merge': {
    payload: v.strictObject({ siteId, visitorId: idSchema('visitor'), intoId: idSchema('visitor') }),
    reply: v.object({ visitor: wire.visitor }),
  },
  'visitor:unmerge': {
    payload: v.strictObject({ siteId, visitorId: idSchema('visitor') }),
    reply: v.object({ visitor: wire.visitor }),
  },
  /** Who is on the site now, newest first; `total` counts those beyond the list too. */
  'live:list': {
    payload: v.strictObject({ siteId }),
    reply: v.object({ visitors: v.array(wire.liveVisitor), total: v.number() }),
  },
  'workspace:open': { payload: v.strictObject({ siteId }), reply: v.object({ workspace: wire.workspace }) },
  /** Adds an item or replaces the one with its id. `already_exists` when another has the same name or shortcut. */
  'workspace:save': {
    payload: v.strictObject({ siteId, item: workspaceItemSchema }),
    reply: v.object({ workspace: wire.workspace }),
  },
  'workspace:remove': {
    payload: v.strictObject({
      siteId,
      kind: v.picklist(['label', 'team', 'canned', 'macro']),
      id: v.pipe(v.string(), v.maxLength(40)),
    }),
    reply: v.object({ workspace: wire.workspace }),
  },
  'agent:setAvailability': { payload: v.strictObject({ availability: availabilitySchema }), reply: done },
  /** The agent's own name and picture; `avatar` is the id that uploading gave, null removes it. */
  'agent:update': {
    payload: v.strictObject({
      name: v.optional(agentNameSchema),
      avatar: v.optional(v.nullable(idSchema('file'))),
    }),
    reply: v.object({ agent: wire.agent }),
  },
  'team:setCapacity': {
    payload: v.strictObject({ siteId, agentId: idSchema('agent'), capacity: v.nullable(capacitySchema) }),
    reply: v.object({ member: wire.teamMember }),
  },
  'identity:keys': {
    payload: v.strictObject({ siteId }),
    reply: v.object({ keys: v.array(wire.identityKey) }),
  },
  /** At most two keys live at once: `wrong_phase` with two. The secret is told here and never again. */
  'identity:addKey': {
    payload: v.strictObject({ siteId }),
    reply: v.object({ key: wire.identityKey, secret: v.string() }),
  },
  'identity:removeKey': {
    payload: v.strictObject({ siteId, kid: v.pipe(v.string(), v.maxLength(40)) }),
    reply: v.object({ keys: v.array(wire.identityKey) }),
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
  /** Who else looks at a conversation; told without those who left. */
  'viewing:changed': v.object({ conversationId: v.string(), agents: v.array(wire.agentCard) }),
  'site:changed': v.object({ site: wire.site }),
  'workspace:changed': v.object({ siteId: v.string(), workspace: wire.workspace }),
  /** Agents who are connected; the others are offline. */
  'presence:changed': v.object({
    siteId: v.string(),
    agents: v.array(v.object({ agent: wire.agentCard, availability: availabilitySchema })),
  }),
  'live:changed': v.object({ visitor: wire.liveVisitor }),
  'live:left': v.object({ siteId: v.string(), id: v.string() }),
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
  /** How much of the page is followed, when that is not all of it. */
  fidelity: v.optional(v.picklist(fidelitySteps)),
  /** Nothing of this tab is sent now, and why. */
  paused: v.optional(v.picklist(pauseReasons)),
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

const verbId = count;
const markIds = v.pipe(v.array(clientIdSchema), v.maxLength(80));
const asked = v.object({ agent: wire.agentCard, scopes: askedScopesSchema, expiresAtMs: v.number() });
/** As it is told: `by` is added by the relay, null for the visitor's own. */
const mark = v.object({ ...markSchema.pipe[0].entries, by: v.nullable(wire.agentCard) });

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
  /** The visitor's answer to the agent who asked (null: no), or another mode for the grant that is held. */
  'control:answered': v.strictTuple([
    v.strictObject({ agent: idSchema('agent'), grant: v.nullable(grantSchema) }),
  ]),
  'control:revoked': v.strictTuple([v.strictObject({})]),
  /** What has become of an agent's verb in this tab. */
  'control:acted': v.strictTuple([
    v.strictObject({ agent: idSchema('agent'), id: verbId, result: verbOutcomeSchema }),
  ]),
  'mark:added': v.strictTuple([v.strictObject({ mark: markSchema })]),
  'mark:removed': v.strictTuple([v.strictObject({ ids: markIds })]),
  /** The element a mark belongs to was drawn anew by the page, or the mark by this tab's next page. */
  'mark:anchored': v.strictTuple([v.strictObject({ id: clientIdSchema, ...anchorSchema.entries })]),
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
  /** The site's privacy settings are others now: the page reads them, and starts a new epoch under them. */
  'privacy:changed': v.tuple([]),
  /** The line between this page and the server, measured with each heartbeat. */
  'line:measured': v.tuple([v.object({ roundTripMs: v.number() })]),
  /**
   * Assets the relay already holds for this session, so that a new page does not send them again. Told once after each
   * connect, in pieces of at most 500 ids: `more` says that another piece follows.
   */
  'assets:held': v.tuple([v.object({ ids: v.array(v.string()), more: v.boolean() })]),
  /** Who asks for control and who holds it. Told with every connect, so that a grant the relay has lost is not shown. */
  'control:changed': v.tuple([
    v.object({
      asked: v.nullable(asked),
      held: v.nullable(v.object({ agent: wire.agentCard, grant: grantSchema })),
    }),
  ]),
  /** An agent's verb for this tab, under the grant with this nonce. */
  'control:used': v.tuple([
    v.object({ agent: wire.agentCard, nonce: clientIdSchema, id: verbId, verb: verbSchema }),
  ]),
  'mark:added': v.tuple([v.object({ mark })]),
  'mark:removed': v.tuple([v.object({ ids: v.array(v.string()) })]),
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
  'control:asked': v.strictTuple([v.strictObject({ scopes: askedScopesSchema })]),
  /** Takes the question back, or gives the control back. */
  'control:released': v.strictTuple([v.strictObject({})]),
  'control:used': v.strictTuple([
    v.strictObject({ nonce: clientIdSchema, id: verbId, tab: tabIdSchema, verb: verbSchema }),
  ]),
  'mark:added': v.strictTuple([v.strictObject({ mark: markSchema })]),
  /** An agent removes own marks. */
  'mark:removed': v.strictTuple([v.strictObject({ ids: markIds })]),
} as const satisfies FactTable;

/** Relay to an agent. */
export const relayToAgent = {
  'epoch:started': v.tuple([epochStart]),
  'batch:sent': v.tuple([batchPart, bytes]),
  'asset:sent': v.tuple([assetPart, bytes]),
  /** Tabs of the session; `shown` is the one whose stream follows. `online`: at least one tab is connected. */
  'tabs:changed': v.tuple([
    v.object({
      tabs: v.array(tabState),
      shown: v.nullable(v.string()),
      online: v.boolean(),
      /** Round trip of the shown tab's line to the server; null until it is measured. */
      lineMs: v.optional(v.nullable(v.number())),
    }),
  ]),
  'viewers:changed': v.tuple([v.object({ viewers: v.array(wire.agentCard) })]),
  'control:changed': v.tuple([
    v.object({
      asked: v.nullable(asked),
      held: v.nullable(
        v.object({
          agent: wire.agentCard,
          scopes: askedScopesSchema,
          mode: grantSchema.entries.mode,
          expiresAtMs: v.number(),
          /** Told to the agent who holds the grant. */
          nonce: v.nullable(v.string()),
        }),
      ),
    }),
  ]),
  /** What an agent's verb has led to; told to all who look. */
  'control:acted': v.tuple([v.object({ agent: wire.agentCard, id: verbId, result: verbOutcomeSchema })]),
  'mark:added': v.tuple([v.object({ mark })]),
  'mark:removed': v.tuple([v.object({ ids: v.array(v.string()) })]),
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
