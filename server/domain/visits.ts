import type { Page } from '../../shared/model/page.ts';
import type { PayloadOf, ReplyOf, VisitorRequests } from '../../shared/protocol.ts';
import type { Store, StoredVisitor } from '../store/store.ts';
import type { VisitorCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { Presence } from './presence.ts';
import type { Publisher } from './publisher.ts';

export type Visits = ReturnType<typeof createVisits>;

/** What a visitor's page tells of itself. Without a record nothing of it is kept. */
export function createVisits(parts: {
  store: Pick<Store, 'conversationsOfVisitor' | 'openCobrowse' | 'updateVisit'>;
  epoch: string;
  publisher: Publisher;
  presence: Pick<Presence, 'agentsOnline' | 'seen'>;
  clock: Clock;
}) {
  const { store, epoch, publisher, presence, clock } = parts;

  const update = async ({ siteId, visitorId }: VisitorCaller, page: Page): Promise<StoredVisitor | null> => {
    if (visitorId === null) return null;
    const visitor = await store.updateVisit({ siteId, visitorId, page, nowMs: clock.nowMs() });
    publisher.toSite(siteId, 'visitor:changed', { visitor: presence.seen(visitor) });
    return visitor;
  };

  return {
    async open(
      caller: VisitorCaller,
      visit: PayloadOf<VisitorRequests, 'visit:open'>,
    ): Promise<ReplyOf<VisitorRequests, 'visit:open'>> {
      const { siteId, visitorId } = caller;
      const visitor = await update(caller, visit.page);
      const [conversations, cobrowse] =
        visitorId === null
          ? [[], null]
          : await Promise.all([
              store.conversationsOfVisitor({ siteId, visitorId }),
              store.openCobrowse({ visitorId }),
            ]);
      return {
        visitorId: visitor?.id ?? null,
        conversations,
        cobrowse,
        agents: presence.agentsOnline(siteId),
        epoch,
        nowMs: clock.nowMs(),
      };
    },

    async changePage(caller: VisitorCaller, page: Page): Promise<ReplyOf<VisitorRequests, 'page:changed'>> {
      await update(caller, page);
      return {};
    },
  };
}
