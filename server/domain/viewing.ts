import type { AgentCard } from '../../shared/model/agent.ts';
import type { AgentRequests, PayloadOf, ReplyOf } from '../../shared/protocol.ts';
import { agentCard } from './agent-card.ts';
import type { AgentCaller } from './caller.ts';
import type { ConversationLog } from './conversation-log.ts';
import type { Publisher } from './publisher.ts';

interface View {
  agent: AgentCard;
  siteId: string;
  conversationId: string;
}

export type Viewing = ReturnType<typeof createViewing>;

/** Who looks at which conversation, by connection: two agents need not write the same answer. */
export function createViewing(parts: {
  log: Pick<ConversationLog, 'require'>;
  publisher: Pick<Publisher, 'toSite'>;
}) {
  /** Null: connected, and looks at none. */
  const views = new Map<string, View | null>();

  const tell = ({ siteId, conversationId }: View) => {
    const agents = new Map<string, AgentCard>();
    for (const view of views.values()) {
      if (view?.conversationId === conversationId) agents.set(view.agent.id, view.agent);
    }
    parts.publisher.toSite(siteId, 'viewing:changed', { conversationId, agents: [...agents.values()] });
  };

  const put = (connection: string, view: View | null) => {
    const before = views.get(connection);
    views.set(connection, view);
    if (before && before.conversationId !== view?.conversationId) tell(before);
    // Also to an agent who comes with a second tab: that tab does not know yet who else is here.
    if (view) tell(view);
  };

  return {
    connect(connection: string): void {
      views.set(connection, null);
    },
    disconnect(connection: string): void {
      const view = views.get(connection);
      views.delete(connection);
      if (view) tell(view);
    },

    /** Over HTTP there is nobody who could leave: it changes nothing. */
    async view(
      caller: AgentCaller,
      { conversationId }: PayloadOf<AgentRequests, 'conversation:view'>,
    ): Promise<ReplyOf<AgentRequests, 'conversation:view'>> {
      const { connection, agent } = caller;
      const seen = conversationId === null ? null : await parts.log.require(caller, conversationId);
      // The connection may have closed meanwhile.
      if (connection !== undefined && views.has(connection)) {
        put(connection, seen && { agent: agentCard(agent), siteId: seen.siteId, conversationId: seen.id });
      }
      return {};
    },
  };
}
