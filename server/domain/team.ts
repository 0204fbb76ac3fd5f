import { RapportError } from '../../shared/errors.ts';
import { type Agent, agentColors, type TeamMember } from '../../shared/model/agent.ts';
import type { AgentRequests, PayloadOf, ReplyOf } from '../../shared/protocol.ts';
import type { Store } from '../store/store.ts';
import type { AgentCaller } from './caller.ts';
import type { Connections } from './connections.ts';
import { randomId } from './identifier.ts';
import type { Membership } from './membership.ts';
import { type Passwords, randomPassword } from './password.ts';
import type { Presence } from './presence.ts';

export type Team = ReturnType<typeof createTeam>;

export function createTeam(parts: {
  store: Pick<Store, 'agentByEmail' | 'agentLoads' | 'createAgent' | 'setCapacity' | 'setRole' | 'team'>;
  membership: Pick<Membership, 'requireMember' | 'requireOwner'>;
  passwords: Passwords;
  presence: Pick<Presence, 'joinSite' | 'ofAgent'>;
  connections: Pick<Connections, 'joinSite'>;
  /** An agent takes more or fewer conversations at once. */
  onCapacityChange(siteId: string): void;
}) {
  const { store, membership } = parts;

  const account = ({ id, name, email, color, avatar }: Agent): Agent => ({ id, name, email, color, avatar });

  const create = async (email: string, name: string, place: number) => {
    const color = agentColors[place % agentColors.length] ?? agentColors[0];
    const agent: Agent = { id: randomId('agent'), name, email, color, avatar: null };
    const password = randomPassword();
    const passwordHash = await parts.passwords.hash(password);
    await store.createAgent({ agent: { ...agent, passwordHash, availability: 'online' } });
    return { agent, password };
  };

  const members = async (siteId: string): Promise<TeamMember[]> => {
    const loads = new Map((await store.agentLoads({ siteId })).map(({ agentId, open }) => [agentId, open]));
    return (await store.team({ siteId })).map(({ agent, role, capacity }) => ({
      ...account(agent),
      role,
      capacity,
      presence: parts.presence.ofAgent(siteId, agent.id),
      openConversations: loads.get(agent.id) ?? 0,
    }));
  };

  const member = async (siteId: string, agentId: string): Promise<TeamMember> => {
    const found = (await members(siteId)).find(({ id }) => id === agentId);
    if (!found) throw new RapportError('not_found', { field: 'agentId' });
    return found;
  };

  return {
    async list(
      caller: AgentCaller,
      { siteId }: PayloadOf<AgentRequests, 'team:list'>,
    ): Promise<ReplyOf<AgentRequests, 'team:list'>> {
      await membership.requireMember(caller, siteId);
      return { members: await members(siteId) };
    },

    /** A new colleague gets a random password, told once; one who has an account keeps the own. */
    async add(
      caller: AgentCaller,
      { siteId, email, name, role }: PayloadOf<AgentRequests, 'team:add'>,
    ): Promise<ReplyOf<AgentRequests, 'team:add'>> {
      await membership.requireOwner(caller, siteId);
      const team = await store.team({ siteId });
      if (team.some(({ agent }) => agent.email === email)) throw new RapportError('already_exists');

      const known = await store.agentByEmail({ email });
      const { agent, password } = known
        ? { agent: account(known), password: null }
        : await create(email, name, team.length);
      await store.setRole({ siteId, agentId: agent.id, role });
      parts.connections.joinSite(agent.id, siteId);
      parts.presence.joinSite(agent.id, siteId);
      return { member: await member(siteId, agent.id), password };
    },

    async setCapacity(
      caller: AgentCaller,
      { siteId, agentId, capacity }: PayloadOf<AgentRequests, 'team:setCapacity'>,
    ): Promise<ReplyOf<AgentRequests, 'team:setCapacity'>> {
      await membership.requireOwner(caller, siteId);
      await store.setCapacity({ siteId, agentId, capacity });
      parts.onCapacityChange(siteId);
      return { member: await member(siteId, agentId) };
    },
  };
}
