import { RapportError } from '../../shared/errors.ts';
import { type Agent, agentColors } from '../../shared/model/agent.ts';
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
  store: Pick<Store, 'agentByEmail' | 'createAgent' | 'setRole' | 'team'>;
  membership: Pick<Membership, 'requireMember' | 'requireOwner'>;
  passwords: Passwords;
  presence: Pick<Presence, 'agentsOnline' | 'joinSite'>;
  connections: Pick<Connections, 'joinSite'>;
}) {
  const { store, membership } = parts;

  const card = ({ id, name, email, color }: Agent): Agent => ({ id, name, email, color });

  const create = async (email: string, name: string, place: number) => {
    const color = agentColors[place % agentColors.length] ?? agentColors[0];
    const agent: Agent = { id: randomId('agent'), name, email, color };
    const password = randomPassword();
    await store.createAgent({ agent: { ...agent, passwordHash: await parts.passwords.hash(password) } });
    return { agent, password };
  };

  return {
    async list(
      caller: AgentCaller,
      { siteId }: PayloadOf<AgentRequests, 'team:list'>,
    ): Promise<ReplyOf<AgentRequests, 'team:list'>> {
      await membership.requireMember(caller, siteId);
      const online = new Set(parts.presence.agentsOnline(siteId).map(({ id }) => id));
      const team = await store.team({ siteId });
      return { members: team.map(({ agent, role }) => ({ ...agent, role, online: online.has(agent.id) })) };
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
        ? { agent: card(known), password: null }
        : await create(email, name, team.length);
      await store.setRole({ siteId, agentId: agent.id, role });
      parts.connections.joinSite(agent.id, siteId);
      parts.presence.joinSite(agent.id, siteId);
      const online = parts.presence.agentsOnline(siteId).some(({ id }) => id === agent.id);
      return { member: { ...agent, role, online }, password };
    },
  };
}
