import { RapportError } from '../../shared/errors.ts';
import type { AgentRequests, PayloadOf, ReplyOf } from '../../shared/protocol.ts';
import type { Store } from '../store/store.ts';
import type { AgentCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { Connections } from './connections.ts';
import type { Membership } from './membership.ts';
import type { Presence } from './presence.ts';

type AgentPayload<E extends keyof AgentRequests> = PayloadOf<AgentRequests, E>;
type AgentReply<E extends keyof AgentRequests> = Promise<ReplyOf<AgentRequests, E>>;

export type Agents = ReturnType<typeof createAgents>;

/** What agents say of themselves. */
export function createAgents(parts: {
  store: Pick<Store, 'agentById' | 'setAvailability' | 'updateAgent'>;
  membership: Pick<Membership, 'sitesOf'>;
  presence: Pick<Presence, 'changeAgent'>;
  connections: Pick<Connections, 'changeAgent'>;
  /** Whether there is such a picture. */
  isAvatar(id: string): Promise<boolean>;
  /** The store's epoch. */
  epoch: string;
  clock: Clock;
}) {
  const { store, presence } = parts;

  const availabilityOf = async (agentId: string) => {
    const agent = await store.agentById({ agentId });
    if (!agent) throw new RapportError('unauthenticated');
    return agent.availability;
  };

  return {
    availabilityOf,

    async open(caller: AgentCaller): AgentReply<'session:open'> {
      const [availability, sites] = await Promise.all([
        availabilityOf(caller.agent.id),
        parts.membership.sitesOf(caller),
      ]);
      return { agent: caller.agent, availability, sites, epoch: parts.epoch, nowMs: parts.clock.nowMs() };
    },

    /** Kept: an agent who went away is still away after a reload. */
    async setAvailability(
      { agent }: AgentCaller,
      { availability }: AgentPayload<'agent:setAvailability'>,
    ): AgentReply<'agent:setAvailability'> {
      await store.setAvailability({ agentId: agent.id, availability });
      presence.changeAgent(agent.id, { availability });
      return {};
    },

    async update(
      { agent: { id: agentId } }: AgentCaller,
      { name, avatar }: AgentPayload<'agent:update'>,
    ): AgentReply<'agent:update'> {
      if (avatar && !(await parts.isAvatar(avatar))) {
        throw new RapportError('not_found', { field: 'avatar' });
      }
      const agent = await store.updateAgent({
        agentId,
        ...(name === undefined ? {} : { name }),
        ...(avatar === undefined ? {} : { avatar }),
      });
      parts.connections.changeAgent(agent);
      presence.changeAgent(agentId, { agent });
      return { agent };
    },
  };
}
