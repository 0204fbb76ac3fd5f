import { errorTable } from '../shared/errors.ts';
import type { ConversationState, Entry } from '../shared/model/conversation.ts';
import type { Connection, Opened } from './connection.ts';
import {
  type ConversationLog,
  hearHead,
  hearState,
  isBehind,
  newLog,
  receive,
  withEntries,
} from './conversation-log.ts';
import type { Clock } from './page/clock.ts';
import type { Store } from './store.ts';

/** Pause before a fetch that got no answer is repeated; a lost connection starts over by itself. */
const fetchAgainMs = 3_000;

export interface Conversations {
  /** The server's list, after every connect. */
  onOpened(opened: Opened): void;
  onEntry(entry: Entry, epoch: string): void;
  onConversation(conversation: ConversationState, epoch: string): void;
  onHeads(epoch: string, heads: ReadonlyArray<{ conversationId: string; lastSeq: number }>): void;
  /** The reply to a first message: shown without waiting for a fetch. */
  onStarted(conversation: ConversationState, entry: Entry, epoch: string): void;
  /** Fetches the conversation from its first entry, once. */
  load(conversationId: string): void;
}

export interface ConversationsParts {
  store: Store;
  clock: Clock;
  connection: Pick<Connection, 'request' | 'reopen' | 'isOnline'>;
  /** Told for entries that are new to this browser. */
  onApplied(entry: Entry): void;
}

/** Keeps the copies of the visitor's conversations equal to the server's logs: by seq, never by clock. */
export function createConversations(parts: ConversationsParts): Conversations {
  const { store, clock, connection, onApplied } = parts;
  /** Conversations with a fetch under way. */
  const fetching = new Set<string>();
  /** Wanted from their first entry, e.g. because they are on screen. */
  const wanted = new Set<string>();

  function put(log: ConversationLog) {
    store.change({ logs: { ...store.get().logs, [log.state.id]: log } });
    catchUp(log.state.id);
  }

  function catchUp(id: string) {
    const log = store.get().logs[id];
    if (!log || fetching.has(id) || !connection.isOnline()) return;
    if (log.entries ? isBehind(log) : wanted.has(id) || isBehind(log)) void fetchMissing(id);
  }

  async function fetchMissing(id: string) {
    fetching.add(id);
    const epoch = store.get().epoch;
    const log = store.get().logs[id];
    const isWhole = log?.entries === null && wanted.has(id);
    const fetched: Entry[] = [];
    let isDone = false;
    while (!isDone) {
      const now = store.get().logs[id];
      const afterSeq = isWhole ? (fetched.at(-1)?.seq ?? 0) : (now?.state.lastSeq ?? 0);
      const reply = await connection.request('entries:fetch', { conversationId: id, afterSeq });
      const current = store.get().logs[id];
      if (!current || store.get().epoch !== epoch) return;
      if (!reply.ok) {
        fetching.delete(id);
        if (errorTable[reply.error]?.retryable) clock.after(fetchAgainMs, () => catchUp(id));
        return;
      }
      if (reply.epoch !== epoch) {
        fetching.delete(id);
        return onOtherEpoch();
      }
      fetched.push(...reply.entries);
      isDone = !reply.hasMore || reply.entries.length === 0;
      if (!isWhole) {
        apply(hearHead(current, reply.lastSeq), reply.entries);
      } else if (isDone) {
        store.change({ logs: { ...store.get().logs, [id]: withEntries(current, [...fetched]) } });
      }
    }
    fetching.delete(id);
    catchUp(id);
  }

  function apply(log: ConversationLog, entries: readonly Entry[]) {
    const before = log.state.lastSeq;
    const next = receive(log, entries);
    store.change({ logs: { ...store.get().logs, [log.state.id]: next } });
    const bySeq = new Map([...log.ahead, ...entries].map((entry) => [entry.seq, entry]));
    for (let seq = before + 1; seq <= next.state.lastSeq; seq += 1) {
      const entry = bySeq.get(seq);
      if (entry) onApplied(entry);
    }
  }

  function onOtherEpoch() {
    fetching.clear();
    store.change({ logs: {}, epoch: null, opened: false });
    connection.reopen();
  }

  /** False when the log has another history: everything is fetched anew. */
  function isSameEpoch(epoch: string): boolean {
    const known = store.get().epoch;
    if (known === epoch) return true;
    if (known !== null) onOtherEpoch();
    return false;
  }

  return {
    onOpened(opened) {
      const { epoch, logs: before } = store.get();
      const logs: Record<string, ConversationLog> = {};
      for (const state of opened.conversations) {
        const known = epoch === opened.epoch ? before[state.id] : undefined;
        logs[state.id] = known ? hearState(known, state) : newLog(state);
      }
      fetching.clear();
      store.change({ logs, epoch: opened.epoch, opened: true });
      for (const id of Object.keys(logs)) catchUp(id);
    },
    onEntry(entry, epoch) {
      if (!isSameEpoch(epoch)) return;
      const log = store.get().logs[entry.conversationId];
      if (!log) return connection.reopen();
      apply(log, [entry]);
      catchUp(entry.conversationId);
    },
    onConversation(conversation, epoch) {
      if (!isSameEpoch(epoch)) return;
      const known = store.get().logs[conversation.id];
      put(known ? hearState(known, conversation) : newLog(conversation));
    },
    onStarted(conversation, entry, epoch) {
      if (!isSameEpoch(epoch)) return;
      const known = store.get().logs[conversation.id];
      const log = known ? hearState(known, conversation) : newLog(conversation);
      const isWhole = !log.entries && entry.seq === 1 && log.state.lastSeq <= 1;
      put(isWhole ? withEntries(log, [entry]) : receive(log, [entry]));
    },
    onHeads(epoch, heads) {
      if (!isSameEpoch(epoch)) return;
      for (const { conversationId, lastSeq } of heads) {
        const log = store.get().logs[conversationId];
        if (!log) return connection.reopen();
        if (lastSeq > log.headSeq) put(hearHead(log, lastSeq));
        else catchUp(conversationId);
      }
    },
    load(conversationId) {
      wanted.add(conversationId);
      catchUp(conversationId);
    },
  };
}
