import { RapportError } from '../../shared/errors.ts';
import type { SiteSettings } from '../../shared/model/site.ts';
import type { Store, StoredVisitor } from '../store/store.ts';
import type { SignedIdentity, VisitorCaller } from './caller.ts';
import { digest } from './identifier.ts';
import type { Identity } from './identity.ts';
import type { SiteDirectory } from './site-directory.ts';
import { isListedOrigin } from './web-origin.ts';

export interface VisitorDoor {
  /**
   * Who stands behind a site's key, a visitor's token and, if there is one, the site's signed word. `unknown_site`, or
   * `origin_not_allowed` when the page's origin is not one of the site's; `identity_invalid`, `identity_expired`,
   * `identity_required` or `forbidden` as {@link refusalToAct} says. `origin` undefined: the request does not come from a
   * browser; then there is no page that could have stolen the key, and the token alone decides.
   */
  admit(
    who: { site: string; token: string; identity?: string | undefined; browser: string },
    origin: string | undefined,
  ): Promise<VisitorCaller>;
  /** The caller with all records that are its own by now. */
  refresh(caller: VisitorCaller): Promise<VisitorCaller>;
}

/**
 * Whether somebody may act for the record that belongs to a browser's token. Null: yes. `forbidden`: the site now vouches
 * for another customer than the one whose record it is; the browser needs a new token. `identity_required`: the site
 * takes no customer's word without its own, so that a shared computer shows nothing after the customer signed out.
 */
export function refusalToAct(
  record: Pick<StoredVisitor, 'externalId'>,
  identity: Pick<SignedIdentity, 'externalId'> | null,
  mode: SiteSettings['identity']['mode'],
): 'forbidden' | 'identity_required' | null {
  if (record.externalId === null) return null;
  if (identity === null) return mode === 'required' ? 'identity_required' : null;
  return identity.externalId === record.externalId ? null : 'forbidden';
}

export function createVisitorDoor(parts: {
  store: Pick<Store, 'visitorByTokenHash' | 'visitorsByExternalId'>;
  directory: Pick<SiteDirectory, 'byId' | 'byKey'>;
  identity: Pick<Identity, 'verify'>;
  /** Rapport's own pages may show any site's widget. */
  ownOrigin(): string;
}): VisitorDoor {
  const { store, directory } = parts;

  const refresh = async (caller: VisitorCaller): Promise<VisitorCaller> => {
    const { siteId, tokenHash, identity } = caller;
    const mode = (await directory.byId(siteId))?.settings.identity.mode ?? 'optional';
    if (caller.visitorId !== null && identity === null && mode === 'optional') return caller;
    const record = await store.visitorByTokenHash({ siteId, tokenHash });
    const refusal = record && refusalToAct(record, identity, mode);
    if (refusal) throw new RapportError(refusal);
    const ids = new Set(record ? [record.id] : []);
    if (identity) {
      const { externalId } = identity;
      for (const { id } of await store.visitorsByExternalId({ siteId, externalId })) ids.add(id);
    }
    return { ...caller, visitorId: record?.id ?? null, visitorIds: [...ids] };
  };

  return {
    refresh,
    async admit({ site: key, token, identity, browser }, origin) {
      const site = await directory.byKey(key);
      if (!site) throw new RapportError('unknown_site');
      const isListed =
        origin === undefined || origin === parts.ownOrigin() || isListedOrigin(site.settings.origins, origin);
      if (!isListed) throw new RapportError('origin_not_allowed');
      return refresh({
        siteId: site.id,
        tokenHash: digest(token),
        visitorId: null,
        identity: identity === undefined ? null : await parts.identity.verify(site, identity),
        visitorIds: [],
        browser,
      });
    },
  };
}
