import { retryableErrors } from '../shared/errors.ts';
import { maxEntriesPerFetch } from '../shared/limits.ts';
import type { ConversationState, Entry } from '../shared/model/conversation.ts';
import type { Connection, Opened } from './connection.ts';
import {
  type ConversationLog,
  firstSeq,
  hearHead,
  hearState,
  isBehind,
  newLog,
  receive,
  withEarlier,
  withEntries,
} from './conversation-log.ts';
import type { Clock } from './page/clock.ts';
import type { Store } from './store.ts';

/** Pause before a fetch that got no answer is repeated; a lost connection starts over by itself. */
const fetchAgainMs = 3_000;
/** Entries fetched when a conversation is looked at: more than a panel shows, little enough for a slow network. */
const newestEntries = 100;

/** A page of entries after this seq; null when there is none to be had now. */
type PageAfter = (afterSeq: number) => Promise<{ entries: Entry[]; lastSeq: number } | null>;

export interface Conversations {
  /** The server's list, after every connect. */
  onOpened(opened: Opened): void;
  onEntry(entry: Entry, epoch: string): void;
  onConversation(conversation: ConversationState, epoch: string): void;
  onHeads(epoch: string, heads: ReadonlyArray<{ conversationId: string; lastSeq: number }>): void;
  /** The reply to a first message: shown without waiting for a fetch. */
  onStarted(conversation: ConversationState, entry: Entry, epoch: string): void;
  /** Fetches the newest entries of the conversation, once. */
  load(conversationId: string): void;
  /** Fetches entries from before those that are here, if there are any. */
  loadEarlier(conversationId: string): void;
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
  /** Wanted with entries, e.g. because they are on screen. */
  const wanted = new Set<string>();
  /** Of these, earlier entries are wanted. */
  const wantedEarlier = new Set<string>();

  function put(log: ConversationLog) {
    store.change({ logs: { ...store.get().logs, [log.state.id]: log } });
    catchUp(log.state.id);
  }

  function catchUp(id: string) {
    const log = store.get().logs[id];
    if (!log || fetching.has(id) || !connection.isOnline()) return;
    if (!log.entries && wanted.has(id)) void fetchOne(id, fetchNewest);
    else if (isBehind(log)) void fetchOne(id, fetchMissing);
    else if (wantedEarlier.has(id) && log.entries) void fetchOne(id, fetchEarlier);
  }

  /** One fetch of a conversation at a time. `work` stops when it gets no page. */
  async function fetchOne(id: string, work: (id: string, page: PageAfter) => Promise<boolean>) {
    fetching.add(id);
    const { epoch } = store.get();
    const isDone = await work(id, async (afterSeq) => {
      const reply = await connection.request('entries:fetch', { conversationId: id, afterSeq });
      if (!store.get().logs[id] || store.get().epoch !== epoch) return null;
      if (reply.ok && reply.epoch === epoch) return reply;
      fetching.delete(id);
      if (reply.ok) onOtherEpoch();
      else if (retryableErrors.includes(reply.error)) clock.after(fetchAgainMs, () => catchUp(id));
      return null;
    });
    if (!isDone) return;
    fetching.delete(id);
    catchUp(id);
  }

  const logOf = (id: string) => store.get().logs[id] as ConversationLog;

  /** Entries up to where the log stands, and what has come after it meanwhile. */
  async function fetchNewest(id: string, pageAfter: PageAfter): Promise<boolean> {
    const fetched: Entry[] = [];
    let afterSeq = Math.max(0, logOf(id).state.lastSeq - newestEntries);
    for (let isWhole = false; !isWhole; ) {
      const page = await pageAfter(afterSeq);
      if (!page) return false;
      fetched.push(...page.entries);
      afterSeq = page.entries.at(-1)?.seq ?? afterSeq;
      isWhole = afterSeq >= logOf(id).state.lastSeq || page.entries.length === 0;
    }
    const { lastSeq } = logOf(id).state;
    const known = withEntries(
      logOf(id),
      fetched.filter((entry) => entry.seq <= lastSeq),
    );
    apply(known, fetched);
    return true;
  }

  async function fetchMissing(id: string, pageAfter: PageAfter): Promise<boolean> {
    const page = await pageAfter(logOf(id).state.lastSeq);
    if (page) apply(hearHead(logOf(id), page.lastSeq), page.entries);
    return page !== null;
  }

  async function fetchEarlier(id: string, pageAfter: PageAfter): Promise<boolean> {
    const before = firstSeq(logOf(id)) - 1;
    const fetched: Entry[] = [];
    for (let afterSeq = Math.max(0, before - maxEntriesPerFetch); afterSeq < before; ) {
      const page = await pageAfter(afterSeq);
      if (!page) return false;
      fetched.push(...page.entries);
      afterSeq = page.entries.at(-1)?.seq ?? before;
    }
    wantedEarlier.delete(id);
    store.change({ logs: { ...store.get().logs, [id]: withEarlier(logOf(id), fetched) } });
    return true;
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
      const isNewest = !log.entries && entry.seq >= log.state.lastSeq;
      // A form stands before the message.
      if (isNewest && entry.seq > 1) wantedEarlier.add(conversation.id);
      put(isNewest ? withEntries(log, [entry]) : receive(log, [entry]));
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
    loadEarlier(conversationId) {
      wantedEarlier.add(conversationId);
      catchUp(conversationId);
    },
  };
}
