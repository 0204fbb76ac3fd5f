import { RapportError } from '../../shared/errors.ts';
import type { Store } from '../store/store.ts';
import type { VisitorCaller } from './caller.ts';
import { digest } from './identifier.ts';
import type { SiteDirectory } from './site-directory.ts';
import { isListedOrigin } from './web-origin.ts';

export interface VisitorDoor {
  /**
   * Who stands behind a site's key and a visitor's token. `unknown_site`, or `origin_not_allowed` when the page's origin
   * is not one of the site's. `origin` undefined: the request does not come from a browser; then there is no page that
   * could have stolen the key, and the token alone decides.
   */
  admit(
    who: { site: string; token: string; browser: string },
    origin: string | undefined,
  ): Promise<VisitorCaller>;
  /** The caller with its record, if there is one by now. */
  refresh(caller: VisitorCaller): Promise<VisitorCaller>;
}

export function createVisitorDoor(parts: {
  store: Pick<Store, 'visitorByTokenHash'>;
  directory: Pick<SiteDirectory, 'byKey'>;
  /** Rapport's own pages may show any site's widget. */
  ownOrigin(): string;
}): VisitorDoor {
  const refresh = async (caller: VisitorCaller): Promise<VisitorCaller> => {
    if (caller.visitorId !== null) return caller;
    const { siteId, tokenHash } = caller;
    const visitor = await parts.store.visitorByTokenHash({ siteId, tokenHash });
    return visitor ? { ...caller, visitorId: visitor.id } : caller;
  };

  return {
    refresh,
    async admit({ site: key, token, browser }, origin) {
      const site = await parts.directory.byKey(key);
      if (!site) throw new RapportError('unknown_site');
      const isListed =
        origin === undefined || origin === parts.ownOrigin() || isListedOrigin(site.settings.origins, origin);
      if (!isListed) throw new RapportError('origin_not_allowed');
      return refresh({ siteId: site.id, tokenHash: digest(token), visitorId: null, browser });
    },
  };
}
