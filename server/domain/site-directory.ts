import type { Site } from '../../shared/model/site.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import { isListedOrigin } from './web-origin.ts';

/** How long another node's change of a site may go unnoticed here. */
const freshMs = 5_000;

export interface SiteDirectory {
  all(): Promise<Site[]>;
  byKey(key: string): Promise<Site | null>;
  byId(siteId: string): Promise<Site | null>;
  /** Whether any site lists this origin. */
  isOriginListed(origin: string): Promise<boolean>;
  /** A site has changed. */
  forget(): void;
}

/** The sites, kept in memory: every page view with a widget asks for one. */
export function createSiteDirectory(parts: {
  store: Pick<Store, 'listSites' | 'siteByKey'>;
  clock: Clock;
}): SiteDirectory {
  let known: { sites: Promise<Site[]>; untilMs: number } | null = null;

  const sites = (): Promise<Site[]> => {
    const nowMs = parts.clock.nowMs();
    if (known && nowMs < known.untilMs) return known.sites;
    const asked = { sites: parts.store.listSites(), untilMs: nowMs + freshMs };
    known = asked;
    asked.sites.catch(() => {
      if (known === asked) known = null;
    });
    return asked.sites;
  };

  return {
    all: sites,
    // A site that another node has just made is not known here yet.
    byKey: async (key) =>
      (await sites()).find((site) => site.key === key) ?? (await parts.store.siteByKey({ key })),
    byId: async (siteId) => {
      const isThis = ({ id }: Site) => id === siteId;
      return (await sites()).find(isThis) ?? (await parts.store.listSites()).find(isThis) ?? null;
    },
    isOriginListed: async (origin) =>
      (await sites()).some((site) => isListedOrigin(site.settings.origins, origin)),
    forget() {
      known = null;
    },
  };
}
