import { RapportError } from '../../shared/errors.ts';
import type { Site, SiteSettings } from '../../shared/model/site.ts';
import type { AgentRequests, PayloadOf, ReplyOf } from '../../shared/protocol.ts';
import type { Store } from '../store/store.ts';
import type { AgentCaller } from './caller.ts';
import type { Connections } from './connections.ts';
import type { Membership } from './membership.ts';
import type { Publisher } from './publisher.ts';
import type { SiteDirectory } from './site-directory.ts';
import { isListedOrigin } from './web-origin.ts';

export type Sites = ReturnType<typeof createSites>;

export function createSites(parts: {
  store: Pick<Store, 'updateSite'>;
  membership: Pick<Membership, 'requireOwner'>;
  directory: Pick<SiteDirectory, 'forget'>;
  connections: Pick<Connections, 'checkOrigins' | 'endAllUnproved'>;
  publisher: Publisher;
  /** Null without a key: recording cannot be switched on. */
  recordings: { keep(siteId: string, keepDays: number): Promise<void> } | null;
  /** The site's settings are others now. */
  onChange(site: Site, before: SiteSettings): void;
}) {
  return {
    async update(
      caller: AgentCaller,
      { siteId, settings }: PayloadOf<AgentRequests, 'site:update'>,
    ): Promise<ReplyOf<AgentRequests, 'site:update'>> {
      const { settings: before } = await parts.membership.requireOwner(caller, siteId);
      const { recording } = settings;
      if (recording?.on && !parts.recordings) throw new RapportError('recording_not_configured');
      const site = await parts.store.updateSite({ siteId, settings });
      if (recording && recording.keepDays !== before.recording?.keepDays) {
        await parts.recordings?.keep(siteId, recording.keepDays);
      }
      parts.directory.forget();
      parts.connections.checkOrigins(siteId, (origin) => isListedOrigin(site.settings.origins, origin));
      if (before.identity.mode === 'optional' && site.settings.identity.mode === 'required') {
        parts.connections.endAllUnproved(siteId);
      }
      parts.publisher.toSite(siteId, 'site:changed', { site });
      parts.onChange(site, before);
      return { site };
    },
  };
}
