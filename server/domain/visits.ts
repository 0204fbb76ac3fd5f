import type { Page } from '../../shared/model/page.ts';
import { visitorFacingState } from '../../shared/model/visitor-facing.ts';
import type { PayloadOf, ReplyOf, VisitorRequests } from '../../shared/protocol.ts';
import type { QueuePlace } from '../../shared/wire.ts';
import type { Store, StoredVisitor } from '../store/store.ts';
import type { VisitorCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { Presence } from './presence.ts';
import type { Publisher } from './publisher.ts';
import type { SiteDirectory } from './site-directory.ts';

export type Visits = ReturnType<typeof createVisits>;

/** What a visitor's page tells of itself. Without a record nothing of it is kept. */
export function createVisits(parts: {
  store: Pick<Store, 'conversationsOfVisitors' | 'openCobrowse' | 'updateVisit'>;
  epoch: string;
  publisher: Pick<Publisher, 'toSite'>;
  presence: Pick<Presence, 'agentsAvailable' | 'seen'>;
  directory: Pick<SiteDirectory, 'byId'>;
  usualReplyMs(siteId: string): Promise<number | null>;
  /** Those of these conversations that wait while all agents are busy. */
  queuePlaces(siteId: string, conversationIds: readonly string[]): Promise<QueuePlace[]>;
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
      const { siteId, visitorId, visitorIds } = caller;
      const [visitor, conversations, cobrowse, usualReplyMs] = await Promise.all([
        update(caller, visit.page),
        visitorIds.length === 0 ? [] : store.conversationsOfVisitors({ siteId, visitorIds: [...visitorIds] }),
        visitorId === null ? null : store.openCobrowse({ visitorId }),
        parts.usualReplyMs(siteId),
      ]);
      const queue = await parts.queuePlaces(
        siteId,
        conversations.map(({ id }) => id),
      );
      return {
        visitorId: visitor?.id ?? null,
        conversations: conversations.map(visitorFacingState),
        cobrowse: cobrowse && {
          ...cobrowse,
          rules: (await parts.directory.byId(siteId))?.settings.cobrowse.rules ?? [],
        },
        agents: presence.agentsAvailable(siteId),
        usualReplyMs,
        queue,
        customer: visitor && { name: visitor.name, email: visitor.email, verified: visitor.verified },
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
