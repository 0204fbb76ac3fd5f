import { RapportError } from '../../shared/errors.ts';
import type { AgentRequests, PayloadOf, ReplyOf } from '../../shared/protocol.ts';
import type { Store } from '../store/store.ts';
import type { AgentCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { ConversationLog } from './conversation-log.ts';
import { derivedClientId, derivedId, randomId } from './identifier.ts';
import type { LiveVisitors } from './live-visitors.ts';
import type { Membership } from './membership.ts';

export type Beginnings = ReturnType<typeof createBeginnings>;

/** Conversations that an agent begins: with somebody who is on the site, or who was there before. */
export function createBeginnings(parts: {
  store: Pick<Store, 'conversation' | 'inboxRow' | 'visitorById'>;
  log: Pick<ConversationLog, 'append' | 'open' | 'rowOf'>;
  liveVisitors: Pick<LiveVisitors, 'find'>;
  membership: Pick<Membership, 'requireMember'>;
  /** The store's epoch. */
  epoch: string;
  clock: Clock;
}) {
  const { store, log } = parts;

  type To = PayloadOf<AgentRequests, 'conversation:begin'>['to'];

  /** Whom the agent writes to. A record is made for a visitor who has none; a known one is left as it is. */
  const addressee = async (siteId: string, to: To) => {
    if ('liveId' in to) {
      return { visitorId: randomId('visitor'), ...(await parts.liveVisitors.find(siteId, to.liveId)) };
    }
    const visitor = await store.visitorById({ siteId, visitorId: to.visitorId });
    if (!visitor) throw new RapportError('not_found', { field: 'to.visitorId' });
    const { page, referrer, language, timeZone, browser } = visitor;
    return {
      visitorId: visitor.id,
      tokenHash: null,
      visit: { page, referrer, language, timeZone },
      browser,
    };
  };

  /** A repeat goes to whom the first request went, also when that visitor has left in the meantime. */
  const firstAddressee = async (conversationId: string, siteId: string, to: To) => {
    const begun = await store.conversation({ conversationId });
    if (!begun) return addressee(siteId, to);
    const { visitorId } = begun;
    if ('visitorId' in to && to.visitorId !== visitorId) throw new RapportError('client_id_reused');
    return addressee(siteId, { visitorId });
  };

  return {
    /** The conversation is the agent's: whoever begins it gets the answer. */
    async begin(
      caller: AgentCaller,
      { siteId, to, clientId, text }: PayloadOf<AgentRequests, 'conversation:begin'>,
    ): Promise<ReplyOf<AgentRequests, 'conversation:begin'>> {
      await parts.membership.requireMember(caller, siteId);
      const agent = caller.agent;
      const conversationId = derivedId('conversation', siteId, agent.id, clientId);
      const { conversation, entry } = await log.open({
        ...(await firstAddressee(conversationId, siteId, to)),
        siteId,
        conversationId,
        clientId,
        text,
        agentId: agent.id,
      });
      if (!entry) throw new RapportError('client_id_reused');
      if (conversation.assignee === null) {
        await log.append({
          conversationId: conversation.id,
          kind: 'assignment',
          clientId: derivedClientId(clientId, 'begun'),
          sender: { role: 'agent', id: agent.id },
          payload: { agentId: agent.id, agentName: agent.name, by: 'hand' },
          atMs: parts.clock.nowMs(),
        });
      }
      const row = await store.inboxRow({ conversationId: conversation.id });
      if (!row) throw new RapportError('internal');
      return { row: log.rowOf(row), entry, epoch: parts.epoch };
    },
  };
}
