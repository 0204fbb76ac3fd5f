import type { InboxScope } from '../inbox-scope.ts';
import type { SiteAccess } from '../store.ts';
import type { InboxPlace } from './inbox-address.ts';

/** Sites and filter that a place of the inbox means to this agent. Sites that the agent has no access to are left out. */
export function scopeOf(
  { sites, filter }: InboxPlace,
  known: readonly SiteAccess[],
  current: SiteAccess | null,
): InboxScope {
  const all = known.map(({ site }) => site.id);
  const own = current ? [current.site.id] : [];
  if (sites === 'current') return { siteIds: own, filter };
  if (sites === 'all') return { siteIds: all, filter };
  const wanted = all.filter((id) => sites.includes(id));
  return { siteIds: wanted.length > 0 ? wanted : own, filter };
}

/** How the address says a choice of sites: the site in view and all sites have names of their own. */
export function sitesOf(chosen: readonly string[], known: readonly SiteAccess[], currentId: string) {
  if (chosen.length === known.length) return 'all' as const;
  if (chosen.length === 0 || (chosen.length === 1 && chosen[0] === currentId)) return 'current' as const;
  return chosen;
}
