import { headsBeatMs } from '../../shared/limits.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import type { Presence } from './presence.ts';
import type { Publisher } from './publisher.ts';
import type { SiteDirectory } from './site-directory.ts';

/** Agents hear of what changed within this many beats: two may be lost. */
const beatsTold = 3;

/**
 * Repeats to all who are connected where the logs of their conversations end, so that a fact that got lost is noticed.
 * One query at a time: the beat must not be a burst.
 */
export function createHeadsBeat(parts: {
  store: Pick<Store, 'conversationsOfVisitors' | 'heads'>;
  epoch: string;
  presence: Pick<Presence, 'agentsThere' | 'visitorsOnline'>;
  directory: Pick<SiteDirectory, 'all'>;
  publisher: Publisher;
  clock: Clock;
  onFailure(error: unknown): void;
}): { close(): void } {
  const { store, epoch, presence, publisher, clock } = parts;
  let isClosed = false;
  let cancel = () => {};

  const beat = async () => {
    for (const { id: siteId } of await parts.directory.all()) {
      if (isClosed) return;
      if (presence.agentsThere(siteId).length === 0) continue;
      const heads = await store.heads({ siteId, sinceMs: clock.nowMs() - beatsTold * headsBeatMs });
      publisher.toSite(siteId, 'heads:beat', { epoch, heads });
    }
    for (const { siteId, visitorId } of presence.visitorsOnline()) {
      if (isClosed) return;
      const conversations = await store.conversationsOfVisitors({ siteId, visitorIds: [visitorId] });
      const heads = conversations.map(({ id, lastSeq }) => ({ conversationId: id, lastSeq }));
      publisher.toVisitor(visitorId, 'heads:beat', { epoch, heads });
    }
  };

  const schedule = () => {
    cancel = clock.after(headsBeatMs, () => {
      beat()
        .catch((error: unknown) => {
          if (!isClosed) parts.onFailure(error);
        })
        .finally(() => {
          if (!isClosed) schedule();
        });
    });
  };
  schedule();

  return {
    close() {
      isClosed = true;
      cancel();
    },
  };
}
