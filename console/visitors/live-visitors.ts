import { type ReadonlySignal, signal } from '@preact/signals';
import type { Refusal } from '../../shared/errors.ts';
import type { AgentConnection } from '../agent-connection.ts';
import { emptyList, type LiveList, listOf, withoutVisitor, withVisitor } from './live-list.ts';

export interface LiveVisitors {
  list: ReadonlySignal<LiveList>;
  phase: ReadonlySignal<'loading' | 'ready' | Refusal>;
  load(): Promise<void>;
  close(): void;
}

export interface LiveVisitorsParts {
  connection: Pick<AgentConnection, 'request' | 'onFact'> & { onConnect(listener: () => void): () => void };
  siteId: string;
}

/** Who is on one site, for as long as somebody looks: fetched at once and after each reconnect, then kept by facts. */
export function createLiveVisitors({ connection, siteId }: LiveVisitorsParts): LiveVisitors {
  const list = signal<LiveList>(emptyList);
  const phase = signal<'loading' | 'ready' | Refusal>('loading');
  /** Told while the list is on its way: newer than the list, whichever arrives first. */
  let told: Array<(known: LiveList) => LiveList> = [];
  let loads = 0;
  let closed = false;

  function tell(change: (known: LiveList) => LiveList) {
    told.push(change);
    list.value = change(list.value);
  }
  async function load() {
    const asked = ++loads;
    told = [];
    const reply = await connection.request('live:list', { siteId });
    if (closed || asked !== loads) return;
    if (!reply.ok) {
      if (phase.value !== 'ready') phase.value = reply;
      return;
    }
    list.value = told.reduce((known, change) => change(known), listOf(reply.visitors, reply.total));
    told = [];
    phase.value = 'ready';
  }

  const stops = [
    connection.onConnect(() => void load()),
    connection.onFact('live:changed', ({ visitor }) => {
      if (visitor.siteId === siteId) tell((known) => withVisitor(known, visitor));
    }),
    connection.onFact('live:left', ({ siteId: of, id }) => {
      if (of === siteId) tell((known) => withoutVisitor(known, id));
    }),
  ];
  void load();

  return {
    list,
    phase,
    load,
    close() {
      closed = true;
      for (const stop of stops) stop();
    },
  };
}
