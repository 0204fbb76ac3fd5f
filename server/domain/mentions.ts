import { RapportError } from '../../shared/errors.ts';
import type { Store } from '../store/store.ts';

/** Ids of the agents whom a note is meant for, each once; `not_found` if one of them does not belong to the site. */
export async function mentionsOf(
  store: Pick<Store, 'team'>,
  siteId: string,
  agentIds: readonly string[],
): Promise<string[]> {
  if (agentIds.length === 0) return [];
  const members = new Set((await store.team({ siteId })).map(({ agent }) => agent.id));
  if (!agentIds.every((id) => members.has(id))) throw new RapportError('not_found', { field: 'mentions' });
  return [...new Set(agentIds)];
}
