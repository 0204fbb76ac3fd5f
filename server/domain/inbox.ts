import type { AgentRequests, PayloadOf, ReplyOf } from '../../shared/protocol.ts';
import type { Store } from '../store/store.ts';
import type { AgentCaller } from './caller.ts';
import type { ConversationLog } from './conversation-log.ts';
import type { Membership } from './membership.ts';
import type { Presence } from './presence.ts';

type AgentPayload<E extends keyof AgentRequests> = PayloadOf<AgentRequests, E>;
type AgentReply<E extends keyof AgentRequests> = Promise<ReplyOf<AgentRequests, E>>;

export type Inbox = ReturnType<typeof createInbox>;

/** An agent's views over all its sites. Of the sites that are asked for, every one must be the agent's. */
export function createInbox(parts: {
  store: Pick<Store, 'inbox' | 'inboxCounts' | 'search'>;
  membership: Pick<Membership, 'requireMemberOfAll'>;
  log: Pick<ConversationLog, 'rowOf'>;
  presence: Pick<Presence, 'seen'>;
}) {
  const { store, membership, log, presence } = parts;

  const allowed = async (caller: AgentCaller, siteIds: readonly string[]): Promise<string[]> => {
    await membership.requireMemberOfAll(caller, siteIds);
    return [...new Set(siteIds)];
  };

  return {
    async list(
      caller: AgentCaller,
      { siteIds, ...page }: AgentPayload<'inbox:list'>,
    ): AgentReply<'inbox:list'> {
      const { rows, cursor } = await store.inbox({
        ...page,
        siteIds: await allowed(caller, siteIds),
        agentId: caller.agent.id,
      });
      return { rows: rows.map(log.rowOf), cursor };
    },

    async count(
      caller: AgentCaller,
      { siteIds, filter }: AgentPayload<'inbox:count'>,
    ): AgentReply<'inbox:count'> {
      const counts = await store.inboxCounts({
        siteIds: await allowed(caller, siteIds),
        agentId: caller.agent.id,
        filter,
      });
      return { counts };
    },

    async find(
      caller: AgentCaller,
      { siteIds, text, beforeMs }: AgentPayload<'search:find'>,
    ): AgentReply<'search:find'> {
      const found = await store.search({ siteIds: await allowed(caller, siteIds), text, beforeMs });
      return {
        ...found,
        customers: found.customers.map((customer) => ({
          ...customer,
          visitor: presence.seen(customer.visitor),
        })),
      };
    },
  };
}
