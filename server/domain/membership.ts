import { RapportError } from '../../shared/errors.ts';
import type { Role } from '../../shared/model/agent.ts';
import type { Site } from '../../shared/model/site.ts';
import type { Store } from '../store/store.ts';
import type { AgentCaller } from './caller.ts';

export interface Membership {
  sitesOf(caller: AgentCaller): Promise<Array<{ site: Site; role: Role }>>;
  /** `not_found` for those who do not belong to the site: they do not learn that it exists. */
  requireMember(caller: AgentCaller, siteId: string): Promise<Site>;
  /** All or nothing: one site that is not the caller's is `not_found`. */
  requireMemberOfAll(caller: AgentCaller, siteIds: readonly string[]): Promise<void>;
  /** `forbidden` for members who do not own the site. */
  requireOwner(caller: AgentCaller, siteId: string): Promise<Site>;
}

/** Who may do what on which site. Read at each request, so that a change holds at once. */
export function createMembership(parts: { store: Pick<Store, 'sitesOfAgent'> }): Membership {
  const sitesOf = (caller: AgentCaller) => parts.store.sitesOfAgent({ agentId: caller.agent.id });

  const find = async (caller: AgentCaller, siteId: string) => {
    const found = (await sitesOf(caller)).find(({ site }) => site.id === siteId);
    if (!found) throw new RapportError('not_found');
    return found;
  };

  return {
    sitesOf,
    async requireMember(caller, siteId) {
      return (await find(caller, siteId)).site;
    },
    async requireMemberOfAll(caller, siteIds) {
      const own = new Set((await sitesOf(caller)).map(({ site }) => site.id));
      if (!siteIds.every((siteId) => own.has(siteId))) throw new RapportError('not_found');
    },
    async requireOwner(caller, siteId) {
      const { site, role } = await find(caller, siteId);
      if (role !== 'owner') throw new RapportError('forbidden');
      return site;
    },
  };
}
