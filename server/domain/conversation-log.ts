import { RapportError } from '../../shared/errors.ts';
import { maxEntriesPerFetch } from '../../shared/limits.ts';
import type { ConversationState, Entry } from '../../shared/model/conversation.ts';
import type { Visit } from '../../shared/model/page.ts';
import { visitorFacingEntry, visitorFacingState } from '../../shared/model/visitor-facing.ts';
import type { InboxRow } from '../../shared/wire.ts';
import type { Appended, NewEntry, Store, StoredSender, StoredVisitor } from '../store/store.ts';
import { type AgentCaller, isOwnRecord, type VisitorCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { Connections } from './connections.ts';
import { randomId } from './identifier.ts';
import type { Membership } from './membership.ts';
import type { Presence } from './presence.ts';
import type { Publisher } from './publisher.ts';

/** Either side of a conversation, after the door. */
export type Participant = VisitorCaller | AgentCaller;

type Start = Parameters<Store['startConversation']>[0];
type Started = Awaited<ReturnType<Store['startConversation']>>;

export interface ConversationLogParts {
  store: Pick<Store, 'append' | 'conversation' | 'entries' | 'startConversation'>;
  /** The store's epoch. */
  epoch: string;
  publisher: Publisher;
  connections: Pick<Connections, 'knowVisitor'>;
  presence: Pick<Presence, 'seen'>;
  membership: Pick<Membership, 'requireMember'>;
  clock: Clock;
  /** An entry stands and has been told; `conversation` is as it is after it. */
  onAppended(conversation: ConversationState, entry: Entry): void;
}

export type ConversationLog = ReturnType<typeof createConversationLog>;

/** The entry as this side may see it. */
export const entryFor = (caller: Participant, entry: Entry): Entry =>
  'agent' in caller ? entry : visitorFacingEntry(entry);

/** A conversation's log: who may read and write it, and who is told what. Visitors never get what is for agents only. */
export function createConversationLog(parts: ConversationLogParts) {
  const { store, epoch, publisher, clock } = parts;

  /** The conversation, if it is the caller's: somebody else's is `not_found`. */
  const require = async (caller: Participant, conversationId: string): Promise<ConversationState> => {
    const conversation = await store.conversation({ conversationId });
    if (!conversation) throw new RapportError('not_found');
    if ('agent' in caller) {
      await parts.membership.requireMember(caller, conversation.siteId);
    } else if (!isOwnRecord(caller, conversation)) {
      throw new RapportError('not_found');
    }
    return conversation;
  };

  const tellEntry = (conversation: ConversationState, entry: Entry) => {
    const { siteId, visitorId } = conversation;
    publisher.toSite(siteId, 'entry:added', { entry, epoch });
    publisher.toVisitor(visitorId, 'entry:added', { entry: visitorFacingEntry(entry), epoch });
    parts.onAppended(conversation, entry);
  };

  /** Appends and tells what is new. The entries belong to one conversation. */
  const append = async (...entries: NewEntry[]): Promise<Appended[]> => {
    const hasFiles = entries.some(({ files }) => files !== undefined);
    const appended = await store.append({ entries }).catch((error: unknown) => refuse(error, hasFiles));
    for (const { entry, conversation, repeated } of appended) if (!repeated) tellEntry(conversation, entry);
    return appended;
  };

  const appendOne = async (entry: NewEntry): Promise<Entry> => {
    const [appended] = await append(entry);
    if (!appended) throw new RapportError('internal');
    return appended.entry;
  };

  const rowOf = (row: { conversation: ConversationState; visitor: StoredVisitor }): InboxRow => ({
    conversation: row.conversation,
    visitor: parts.presence.seen(row.visitor),
  });

  /** Makes visitor and conversation at the first call, and tells of them. */
  const open = async (start: Omit<Start, 'nowMs'>): Promise<Started> => {
    const hasFiles = (start.fileIds ?? []).length > 0;
    const started = await store
      .startConversation({ ...start, nowMs: clock.nowMs() })
      .catch((error: unknown) => refuse(error, hasFiles));
    const { visitor, conversation, repeated } = started;
    const { siteId, tokenHash } = start;
    // Before anything is told: the visitor's other tabs must hear it too.
    if (tokenHash !== null) parts.connections.knowVisitor({ siteId, tokenHash, visitorId: visitor.id });
    if (!repeated) {
      publisher.toSite(siteId, 'conversation:added', { row: rowOf({ conversation, visitor }), epoch });
      publisher.toVisitor(visitor.id, 'conversation:added', {
        conversation: visitorFacingState(conversation),
        epoch,
      });
      for (const entry of await firstEntries(started)) tellEntry(conversation, entry);
    }
    return started;
  };

  /** A form stands before the message. */
  const firstEntries = async ({ conversation, entry }: Started): Promise<Entry[]> => {
    if (conversation.lastSeq <= 1) return entry ? [entry] : [];
    const limit = conversation.lastSeq;
    return (await store.entries({ conversationId: conversation.id, afterSeq: 0, limit })).entries;
  };

  return {
    require,
    append,
    appendOne,
    open,
    rowOf,

    /** The visitor's own beginning; `text` null starts a conversation without a message. */
    start: (
      caller: VisitorCaller,
      request: { clientId: string; text: string | null; visit: Visit } & Pick<Start, 'fileIds' | 'form'>,
    ): Promise<Started> =>
      open({
        ...request,
        siteId: caller.siteId,
        tokenHash: caller.tokenHash,
        visitorId: caller.visitorId ?? randomId('visitor'),
        conversationId: randomId('conversation'),
        browser: caller.browser,
      }),

    /** In whose name the caller writes: a customer on another browser writes as the conversation's own visitor. */
    senderOf: (caller: Participant, { visitorId }: ConversationState): StoredSender & { id: string } =>
      'agent' in caller ? { role: 'agent', id: caller.agent.id } : { role: 'visitor', id: visitorId },

    /**
     * Entries that an earlier request with these client ids has written, in the order of the ids; null if it wrote none.
     * For requests whose entries depend on the moment, so that a repeat would write others. Looks at the last 500.
     */
    async written(
      { id, lastSeq }: ConversationState,
      sender: StoredSender,
      clientIds: readonly string[],
    ): Promise<Entry[] | null> {
      const afterSeq = Math.max(0, lastSeq - maxEntriesPerFetch);
      const { entries } = await store.entries({ conversationId: id, afterSeq, limit: maxEntriesPerFetch });
      const own = entries.filter((entry) => isBy(entry, sender));
      const found = clientIds.flatMap((clientId) => own.find((entry) => entry.clientId === clientId) ?? []);
      return found.length > 0 ? found : null;
    },
  };
}

/** The conversation has been found by then: what is not there of a message with files is one of them. */
function refuse(error: unknown, hasFiles: boolean): never {
  const isAboutFiles = hasFiles && error instanceof RapportError && error.code === 'not_found';
  throw isAboutFiles ? new RapportError('not_found', { field: 'files' }) : error;
}

/** Whether this sender made the entry. */
export function isBy({ sender }: Entry, one: StoredSender): boolean {
  if (sender.role === 'system' || one.role === 'system') return sender.role === one.role;
  return sender.role === one.role && sender.id === one.id;
}
