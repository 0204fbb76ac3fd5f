import { isSharing } from '../shared/model/cobrowse.ts';
import { createCobrowse } from './cobrowse/cobrowse.ts';
import { type CobrowseDoor, createCobrowseDoor } from './cobrowse-door.ts';
import { createCobrowseRequests } from './cobrowse-requests.ts';
import type { Connection } from './connection.ts';
import { latestOpen } from './conversation-log.ts';
import type { Handover } from './handover.ts';
import type { Outbox } from './outbox.ts';
import type { Navigation } from './page/navigation.ts';
import type { Storage } from './page/storage.ts';
import { createTabId } from './page/tab-id.ts';
import type { RapportEvents } from './rapport.d.ts';
import type { Store } from './store.ts';
import type { Tabs } from './tabs.ts';
import type { VisitorRecord } from './visitor-record.ts';

export interface CobrowseSessionParts {
  handover: Handover;
  store: Store;
  connection: Connection;
  navigation: Navigation;
  record: VisitorRecord;
  tabStorage: Storage;
  name: string;
  tabs: Pick<Tabs, 'tell'>;
  outbox: Pick<Outbox, 'add'>;
  identity(): Promise<string | null> | null;
  keepVisitor(): void;
  closePanel(): void;
  tell<E extends keyof RapportEvents>(name: E, detail: RapportEvents[E]): void;
  report(error: unknown): void;
}

/** Co-browsing as this page has it: fetched when the server tells of a session, or the visitor offers one. */
export function createCobrowseSession(parts: CobrowseSessionParts): CobrowseDoor {
  const { store, connection, navigation, record, tabs, report } = parts;
  const { origin, siteKey, config, host, root } = parts.handover;
  const tab = createTabId({
    storage: parts.tabStorage,
    name: `${parts.name}:tab`,
    isKept: record.isKept,
  });

  const door: CobrowseDoor = createCobrowseDoor({
    load: async () => createCobrowse,
    token: record.token,
    parts: {
      origin,
      siteKey,
      identity: parts.identity,
      tab: tab.id,
      config,
      host,
      root,
      page: navigation,
      closePanel: parts.closePanel,
      tell: parts.tell,
      onPaused(reason) {
        const sessionId = store.get().cobrowse?.id;
        if (sessionId === undefined) return;
        if (reason) parts.tell('cobrowse_paused', { sessionId, reason });
        else parts.tell('cobrowse_resumed', { sessionId });
      },
      requests: createCobrowseRequests({
        connection,
        visit: navigation.visit,
        conversationId() {
          const { view } = store.get();
          return view.at === 'conversation' ? view.conversationId : latestOpen(store.get().logs);
        },
        keepVisitor: parts.keepVisitor,
        onSession: (session) => door.hear(session),
      }),
    },
    stopped: {
      has: (id) => record.stopped().includes(id),
      add: (id) => record.note({ stopped: [...record.stopped().filter((other) => other !== id), id] }),
      remove(id) {
        if (!record.stopped().includes(id)) return;
        record.note({ stopped: record.stopped().filter((other) => other !== id) });
      },
    },
    sendStop(sessionId) {
      // Kept once, however often it is asked for.
      parts.outbox.add(`stop-${sessionId}`, { kind: 'cobrowse_stop', sessionId }).catch(report);
      tabs.tell({ type: 'cobrowse_stopped', sessionId });
    },
    onSession(session) {
      const { cobrowse: before } = store.get();
      store.change({ cobrowse: session });
      const wasShared = before !== null && isSharing(before.state);
      const isShared = session !== null && isSharing(session.state);
      if (isShared && !wasShared) parts.tell('cobrowse_started', { sessionId: session.id });
      if (wasShared && !isShared) parts.tell('cobrowse_ended', { sessionId: before.id });
    },
    report,
  });
  return door;
}
