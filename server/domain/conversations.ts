import { RapportError } from '../../shared/errors.ts';
import { maxEntriesPerFetch } from '../../shared/limits.ts';
import { visitorFacingEntry, visitorFacingState } from '../../shared/model/visitor-facing.ts';
import type { AgentRequests, PayloadOf, ReplyOf, VisitorRequests } from '../../shared/protocol.ts';
import type { Store } from '../store/store.ts';
import { agentCard } from './agent-card.ts';
import type { AgentCaller, VisitorCaller } from './caller.ts';
import { type ConversationLog, entryFor, type Participant } from './conversation-log.ts';
import { formEntry } from './form-entry.ts';
import type { Publisher } from './publisher.ts';
import type { SiteDirectory } from './site-directory.ts';

type VisitorPayload<E extends keyof VisitorRequests> = PayloadOf<VisitorRequests, E>;
type VisitorReply<E extends keyof VisitorRequests> = Promise<ReplyOf<VisitorRequests, E>>;
type AgentPayload<E extends keyof AgentRequests> = PayloadOf<AgentRequests, E>;
type AgentReply<E extends keyof AgentRequests> = Promise<ReplyOf<AgentRequests, E>>;

export type Conversations = ReturnType<typeof createConversations>;

/** Conversations as both sides open, read and begin them. */
export function createConversations(parts: {
  store: Pick<Store, 'entries' | 'inboxRow' | 'openCobrowse'>;
  log: ConversationLog;
  /** The store's epoch. */
  epoch: string;
  directory: Pick<SiteDirectory, 'byId'>;
  publisher: Publisher;
}) {
  const { store, log, epoch, publisher } = parts;

  return {
    async open(
      caller: AgentCaller,
      { conversationId }: AgentPayload<'conversation:open'>,
    ): AgentReply<'conversation:open'> {
      await log.require(caller, conversationId);
      const row = await store.inboxRow({ conversationId });
      if (!row) throw new RapportError('not_found');
      const { lastSeq, visitorId } = row.conversation;
      const [{ entries }, session] = await Promise.all([
        store.entries({
          conversationId,
          afterSeq: Math.max(0, lastSeq - maxEntriesPerFetch),
          limit: maxEntriesPerFetch,
        }),
        store.openCobrowse({ visitorId }),
      ]);
      return {
        row: log.rowOf(row),
        // The log may have grown since the row was read: row and entries must tell of the same moment.
        entries: entries.filter((entry) => entry.seq <= lastSeq),
        cobrowse: session?.conversationId === conversationId ? session : null,
        epoch,
      };
    },

    async fetch(
      caller: Participant,
      request: { conversationId: string; afterSeq: number; limit?: number | undefined },
    ): VisitorReply<'entries:fetch'> {
      await log.require(caller, request.conversationId);
      const limit = request.limit ?? maxEntriesPerFetch;
      const { entries, lastSeq } = await store.entries({ ...request, limit });
      const reached = entries.at(-1)?.seq ?? request.afterSeq;
      return {
        entries: entries.map((entry) => entryFor(caller, entry)),
        lastSeq,
        hasMore: reached < lastSeq && entries.length > 0,
        epoch,
      };
    },

    async start(
      caller: VisitorCaller,
      { clientId, text, files, form, visit }: VisitorPayload<'conversation:start'>,
    ): VisitorReply<'conversation:start'> {
      const site = form && (await parts.directory.byId(caller.siteId));
      const { conversation, entry } = await log.start(caller, {
        clientId,
        text,
        visit,
        ...(files ? { fileIds: files } : {}),
        ...(site ? formEntry(site.settings, form) : {}),
      });
      if (!entry) throw new RapportError('client_id_reused');
      return {
        conversation: visitorFacingState(conversation),
        entry: visitorFacingEntry(entry),
        epoch,
      };
    },

    async setTyping(
      caller: Participant,
      { conversationId, typing }: VisitorPayload<'typing:set'>,
    ): VisitorReply<'typing:set'> {
      const { siteId, visitorId } = await log.require(caller, conversationId);
      if ('agent' in caller) {
        const agent = agentCard(caller.agent);
        publisher.toVisitor(visitorId, 'typing:changed', { conversationId, agent, typing });
        publisher.toSite(siteId, 'typing:changed', {
          conversationId,
          sender: { role: 'agent', agent },
          typing,
        });
      } else {
        publisher.toSite(siteId, 'typing:changed', { conversationId, sender: { role: 'visitor' }, typing });
      }
      return {};
    },
  };
}
