import { type ReadonlySignal, signal } from '@preact/signals';
import type { InboxCounts } from '../shared/model/inbox.ts';
import type { AgentConnection } from './agent-connection.ts';
import { type InboxScope, isSameScope } from './inbox-scope.ts';

/** Changes within this time are counted together. */
const gatherMs = 120;
/** Shortest time between two counts while conversations change all the time. */
const restMs = 1_000;

export interface HeldCounts {
  /** Null until counted for the first time. */
  counts: ReadonlySignal<InboxCounts | null>;
  /** Something may have moved: counts again soon. */
  refresh(): void;
  /** Counts at once; for another scope the old figures go. */
  count(): void;
  forget(): void;
  close(): void;
}

/** How many conversations each view holds, asked of the server whenever that may have changed. */
export function createInboxCounts(parts: {
  connection: Pick<AgentConnection, 'request'>;
  /** Null while no inbox is shown. */
  scope(): InboxScope | null;
}): HeldCounts {
  const counts = signal<InboxCounts | null>(null);
  let counted: InboxScope | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  let isWanted = false;
  let era = 0;
  let askedAtMs = 0;

  async function ask() {
    const scope = parts.scope();
    if (scope === null || scope.siteIds.length === 0) return;
    if (counted !== null && !isSameScope(counted, scope)) counts.value = null;
    counted = scope;
    const startedIn = era;
    askedAtMs = Date.now();
    isAsking = true;
    isWanted = false;
    const reply = await parts.connection.request('inbox:count', {
      siteIds: [...scope.siteIds],
      filter: scope.filter,
    });
    if (startedIn !== era) return;
    isAsking = false;
    if (reply.ok && counted === scope) counts.value = reply.counts;
    if (isWanted) later();
  }
  function later() {
    timer ??= setTimeout(
      () => {
        timer = undefined;
        void ask();
      },
      Math.max(gatherMs, askedAtMs + restMs - Date.now()),
    );
  }
  function drop() {
    era += 1;
    isAsking = false;
    isWanted = false;
    clearTimeout(timer);
    timer = undefined;
  }

  return {
    counts,
    refresh() {
      isWanted = true;
      if (!isAsking) later();
    },
    count() {
      drop();
      void ask();
    },
    forget() {
      drop();
      counts.value = null;
      counted = null;
    },
    close: drop,
  };
}
