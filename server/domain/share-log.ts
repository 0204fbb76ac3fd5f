import { shareLogPage } from '../../shared/model/share-log.ts';
import type { PayloadOf, ReplyOf, VisitorRequests } from '../../shared/protocol.ts';
import type { Store } from '../store/store.ts';
import type { VisitorCaller } from './caller.ts';

export type ShareLog = ReturnType<typeof createShareLog>;

/** The visitor's own record of what was shared. Nobody else reads it; the store writes it with what it tells. */
export function createShareLog({ store }: { store: Pick<Store, 'shareLog'> }) {
  return {
    async read(
      { siteId, visitorId }: VisitorCaller,
      { afterSeq }: PayloadOf<VisitorRequests, 'share:read'>,
    ): Promise<ReplyOf<VisitorRequests, 'share:read'>> {
      const entries = visitorId === null ? [] : await store.shareLog({ siteId, visitorId, afterSeq });
      return { entries, hasMore: entries.length === shareLogPage };
    },
  };
}
