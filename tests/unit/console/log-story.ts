import { nanoid } from 'nanoid';
import type { AgentConnection } from '../../../console/agent-connection.ts';
import type { Refusal } from '../../../shared/errors.ts';
import type { CobrowseSession } from '../../../shared/model/cobrowse.ts';
import {
  applyEntry,
  type ConversationState,
  type Entry,
  newConversation,
} from '../../../shared/model/conversation.ts';
import {
  type InboxFilter,
  type InboxView,
  inboxKey,
  inboxViews,
  isInView,
  matchesFilter,
} from '../../../shared/model/inbox.ts';
import type { Visitor } from '../../../shared/model/visitor.ts';
import type { AgentFacts, AgentRequests, EventsOfFacts, PayloadOf } from '../../../shared/protocol.ts';
import type { InboxRow } from '../../../shared/wire.ts';

export const me = { id: 'agt_me', name: 'Mara', color: '#0072b2' };
export const siteId = 'sit_shop';

export function visitorOf(id: string): Visitor {
  return {
    id,
    siteId,
    name: null,
    email: null,
    externalId: null,
    verified: false,
    attributes: {},
    mergedInto: null,
    page: { url: 'https://shop.example/', title: 'Shop' },
    referrer: '',
    browser: 'Firefox 140 on Linux',
    language: 'en',
    timeZone: 'Europe/Berlin',
    firstSeenMs: 0,
    lastSeenMs: 0,
    online: true,
  };
}

type NewEntry = {
  [K in Entry['kind']]: Pick<Extract<Entry, { kind: K }>, 'kind' | 'payload'>;
}[Entry['kind']];
type Handlers = {
  [E in keyof AgentRequests]?: (payload: PayloadOf<AgentRequests, E>) => unknown;
};

/** A log with the server's rules for reading it, and a line that can lose facts, for stories about the console. */
export function createLogStory() {
  const logs = new Map<string, { conversation: ConversationState; entries: Entry[] }>();
  const listeners = new Map<string, Set<(fact: never) => void>>();
  const story = {
    epoch: 'ep_1',
    nowMs: 1_000_000,
    online: true,
    /** Facts are published but do not arrive. */
    deaf: false,
    asked: [] as Array<{ event: string; payload: unknown }>,
    /** Answers the next such request instead of the log. */
    refuse: new Map<string, Refusal>(),
    /** Sessions that are not over, by conversation. */
    cobrowse: new Map<string, CobrowseSession>(),
    /** Facts of visitors by conversation, where they differ from {@link visitorOf}. */
    visitors: new Map<string, Partial<Visitor>>(),
    /** Runs once the answer of a request is made and before it arrives. */
    before: new Map<string, () => void>(),

    tell<F extends keyof AgentFacts>(fact: F, value: Parameters<EventsOfFacts<AgentFacts>[F]>[0]) {
      if (story.deaf) return;
      for (const listener of listeners.get(fact) ?? []) (listener as (fact: typeof value) => void)(value);
    },
    start(id: string, text = 'Hello') {
      const conversation = newConversation({
        id,
        siteId,
        visitorId: `vis_${id}`,
        createdAtMs: ++story.nowMs,
      });
      logs.set(id, { conversation, entries: [] });
      const entry = append(id, { kind: 'message', payload: { text } }, 'visitor');
      story.tell('conversation:added', { row: story.row(id), epoch: story.epoch });
      return entry;
    },
    write(id: string, text: string) {
      return story.add(id, { kind: 'message', payload: { text } }, 'visitor');
    },
    add(id: string, entry: NewEntry, by: 'visitor' | 'me' = 'me', clientId = nanoid()) {
      const added = append(id, entry, by, clientId);
      story.tell('entry:added', { entry: added, epoch: story.epoch });
      return added;
    },
    row(id: string): InboxRow {
      return {
        conversation: log(id).conversation,
        visitor: { ...visitorOf(`vis_${id}`), ...story.visitors.get(id) },
      };
    },
    entries: (id: string) => log(id).entries,
    beat() {
      const heads = [...logs.values()].map(({ conversation }) => ({
        conversationId: conversation.id,
        lastSeq: conversation.lastSeq,
      }));
      story.tell('heads:beat', { epoch: story.epoch, heads });
    },
  };

  function log(id: string) {
    const found = logs.get(id);
    if (!found) throw new Error(`no conversation ${id}`);
    return found;
  }
  function append(id: string, entry: NewEntry, by: 'visitor' | 'me', clientId = nanoid()): Entry {
    const found = log(id);
    const known = found.entries.find((other) => other.clientId === clientId);
    if (known) return known;
    const sender =
      by === 'me'
        ? ({ role: 'agent', ...me } as const)
        : ({ role: 'visitor', id: `vis_${id}`, name: null } as const);
    const facts = {
      conversationId: id,
      seq: found.conversation.lastSeq + 1,
      clientId,
      sender,
      atMs: ++story.nowMs,
    };
    const added: Entry = { ...facts, ...entry };
    found.entries.push(added);
    found.conversation = applyEntry(found.conversation, added);
    return added;
  }

  function stands(
    view: InboxView,
    siteIds: readonly string[],
    filter: InboxFilter,
    conversation: ConversationState,
  ) {
    return (
      siteIds.includes(conversation.siteId) &&
      isInView(view, conversation, me.id) &&
      matchesFilter(filter, conversation, story.row(conversation.id).visitor)
    );
  }
  const isBelow = (a: { key: number; id: string }, b: { key: number; id: string }) =>
    a.key === b.key ? a.id < b.id : a.key > b.key;

  const handlers: Handlers = {
    'inbox:list'({ siteIds, view, filter, before, limit }) {
      const rows = [...logs.values()]
        .map(({ conversation }) => conversation)
        .filter((conversation) => stands(view, siteIds, filter, conversation))
        .map((conversation) => ({ key: inboxKey(conversation), id: conversation.id }))
        .sort((a, b) => (isBelow(a, b) ? 1 : -1))
        .filter((place) => before === null || isBelow(place, before));
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        rows: page.map(({ id }) => story.row(id)),
        cursor: rows.length > page.length && last ? last : null,
      };
    },
    'inbox:count': ({ siteIds, filter }) => ({
      counts: Object.fromEntries(
        inboxViews.map((view) => [
          view,
          [...logs.values()].filter(({ conversation }) => stands(view, siteIds, filter, conversation)).length,
        ]),
      ),
    }),
    'conversation:view': () => ({}),
    'conversation:open': ({ conversationId }) => ({
      row: story.row(conversationId),
      entries: log(conversationId).entries.slice(-500),
      cobrowse: story.cobrowse.get(conversationId) ?? null,
      epoch: story.epoch,
    }),
    'entries:fetch'({ conversationId, afterSeq, limit = 500 }) {
      const { entries, conversation } = log(conversationId);
      const rest = entries.filter((entry) => entry.seq > afterSeq);
      const page = rest.slice(0, limit);
      return {
        entries: page,
        lastSeq: conversation.lastSeq,
        hasMore: rest.length > page.length,
        epoch: story.epoch,
      };
    },
    'message:send': ({ conversationId, clientId, text }) => ({
      entry: story.add(conversationId, { kind: 'message', payload: { text } }, 'me', clientId),
      assignment: null,
    }),
    'conversation:read': ({ conversationId, clientId, seq }) => ({
      entry: story.add(conversationId, { kind: 'read', payload: { seq } }, 'me', clientId),
    }),
    // As when another console was first: the stories' numbers stay their own.
    'conversation:delivered': () => ({ entry: null }),
    'conversation:setStatus': ({ conversationId, clientId, status }) => ({
      entry: story.add(conversationId, { kind: 'status', payload: { status } }, 'me', clientId),
      survey: null,
    }),
  };

  const connection: AgentConnection = {
    async request(event, payload) {
      story.asked.push({ event, payload });
      await Promise.resolve();
      const refusal = story.refuse.get(event);
      story.refuse.delete(event);
      if (refusal) return refusal;
      if (!story.online) return { ok: false, error: 'unavailable' };
      const handler = handlers[event] as ((payload: unknown) => never) | undefined;
      if (!handler) throw new Error(`the story does not know ${event}`);
      const answer: object = handler(payload);
      story.before.get(event)?.();
      story.before.delete(event);
      return { ok: true, ...structuredClone(answer) } as never;
    },
    onFact(fact, listener) {
      const all = listeners.get(fact) ?? new Set();
      listeners.set(fact, all.add(listener as (fact: never) => void));
      return () => all.delete(listener as (fact: never) => void);
    },
    accessToken: () => Promise.resolve('token'),
  };
  return { ...{ connection }, story };
}
