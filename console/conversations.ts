import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Refusal } from '../shared/errors.ts';
import { inboxPageRows, typingFadesMs } from '../shared/limits.ts';
import type { CobrowseSession } from '../shared/model/cobrowse.ts';
import type { ConversationStatus, Entry } from '../shared/model/conversation.ts';
import type { AgentRequests, Reply, ReplyOf } from '../shared/protocol.ts';
import type { InboxRow } from '../shared/wire.ts';
import type { AgentConnection } from './agent-connection.ts';
import { type ConversationLog, joinEntries, knownSeq, newerState, receiveEntry } from './conversation-log.ts';
import { newClientId } from './random-id.ts';
import { type ListPlace, listPlace, placeInList } from './row-order.ts';

/** Rows fetched again after a reconnect at most; deeper ones come back by scrolling. */
const maxRowsRefetched = 1_000;
/** Largest page that the server gives. */
const maxPageRows = inboxPageRows * 4;
/** Entries fetched at once when the reader scrolls up. */
const earlierEntries = 200;
/** Opened conversations whose entries stay in memory. */
const maxOpened = 30;
/** Unknown conversations that change within this time are fetched together. */
const refreshDelayMs = 250;

type InboxPage = Reply<ReplyOf<AgentRequests, 'inbox:list'>>;

export interface Typist {
  key: string;
  name: string | null;
  role: 'visitor' | 'agent';
}

/** One conversation as the console holds it; each part is a signal of its own, so that little is drawn anew. */
export interface Conversation {
  readonly id: string;
  readonly row: ReadonlySignal<InboxRow | null>;
  /** Null until opened. */
  readonly entries: ReadonlySignal<readonly Entry[] | null>;
  readonly opening: ReadonlySignal<'idle' | 'loading' | Refusal>;
  readonly earlier: ReadonlySignal<'idle' | 'loading' | Refusal>;
  readonly cobrowse: ReadonlySignal<CobrowseSession | null>;
  readonly typists: ReadonlySignal<readonly Typist[]>;
  /** What the agent has asked for and the server has not answered yet. */
  readonly wantedStatus: ReadonlySignal<ConversationStatus | null>;
}

interface Held extends Conversation {
  readonly row: Signal<InboxRow | null>;
  readonly entries: Signal<readonly Entry[] | null>;
  readonly opening: Signal<'idle' | 'loading' | Refusal>;
  readonly earlier: Signal<'idle' | 'loading' | Refusal>;
  readonly cobrowse: Signal<CobrowseSession | null>;
  readonly typists: Signal<readonly Typist[]>;
  readonly wantedStatus: Signal<ConversationStatus | null>;
  /** Entries that came while the conversation was being opened. */
  arrived: Entry[];
  catchingUp: Promise<void> | null;
  /** A gap showed while one was being filled. */
  again: boolean;
  /** Read up to here as far as the server was told. */
  toldReadSeq: number;
  /** The line was down since it was opened: its co-browse session may have changed unseen. */
  stale: boolean;
}

export interface ConversationList {
  readonly ids: ReadonlySignal<readonly string[]>;
  /** `failed` only while there is nothing to show. */
  readonly phase: ReadonlySignal<'loading' | 'ready' | Refusal>;
  readonly more: ReadonlySignal<'end' | 'idle' | 'loading' | Refusal>;
}

interface HeldList extends ConversationList {
  readonly ids: Signal<readonly string[]>;
  readonly phase: Signal<'loading' | 'ready' | Refusal>;
  readonly more: Signal<'end' | 'idle' | 'loading' | Refusal>;
  cursor: ListPlace | null;
  /** Conversations that changed while the list was being fetched. */
  touched: Set<string>;
  fetching: Promise<void> | null;
}

export interface Conversations {
  readonly lists: Readonly<Record<ConversationStatus, ConversationList>>;
  readonly counts: ReadonlySignal<Record<ConversationStatus, number> | null>;
  /** Unread messages of the open conversations that are in the list. */
  readonly unread: ReadonlySignal<number>;
  get(id: string): Conversation;
  /** Known conversations of a visitor, newest activity first. */
  ofVisitor(visitorId: string): string[];
  loadMore(status: ConversationStatus): void;
  reload(status: ConversationStatus): void;
  open(id: string): Promise<void>;
  loadEarlier(id: string): Promise<void>;
  sendMessage(message: { conversationId: string; clientId: string; text: string }): Promise<Refusal | null>;
  markRead(id: string): void;
  setStatus(id: string, status: ConversationStatus): Promise<Refusal | null>;
  assign(id: string, agentId: string | null): Promise<Refusal | null>;
  askToSee(id: string): Promise<Refusal | null>;
  tellTyping(id: string, typing: boolean): void;
  /** Another site, or another history of the log: everything known is void. */
  reset(siteId: string): void;
  /** After a reconnect: fetches what may have been missed. */
  resync(): void;
  close(): void;
}

export interface ConversationsParts {
  connection: AgentConnection;
  /** False when the log is not the one known so far; then a reset is on its way. */
  isKnownEpoch(epoch: string): boolean;
  isOnline(): boolean;
  onEntry(entry: Entry): void;
}

/** Everything the console knows of one site's conversations, kept true by the log's numbers. */
export function createConversations(parts: ConversationsParts): Conversations {
  const { connection, isKnownEpoch, isOnline, onEntry } = parts;
  const held = new Map<string, Held>();
  let byVisitor = new Map<string, Set<string>>();
  /** Heads of conversations that are not in the lists, so that each change is looked at once. */
  let otherHeads = new Map<string, number>();
  let opened: string[] = [];
  let siteId: string | null = null;
  /** Grows at each reset: replies to older questions are dropped. */
  let era = 0;
  const typingTimers = new Map<string, ReturnType<typeof setTimeout>>();
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;
  const counts = signal<Record<ConversationStatus, number> | null>(null);
  const lists = { open: newList(), resolved: newList() };
  const unread = computed(() => {
    const unreadIn = (id: string) => hold(id).row.value?.conversation.unreadByAgents.length ?? 0;
    return lists.open.ids.value.reduce((sum, id) => sum + unreadIn(id), 0);
  });

  function hold(id: string): Held {
    let item = held.get(id);
    if (!item) {
      item = {
        id,
        row: signal(null),
        entries: signal(null),
        opening: signal('idle'),
        earlier: signal('idle'),
        cobrowse: signal(null),
        typists: signal([]),
        wantedStatus: signal(null),
        arrived: [],
        catchingUp: null,
        again: false,
        toldReadSeq: 0,
        stale: false,
      };
      held.set(id, item);
    }
    return item;
  }

  function logOf(item: Held, row: InboxRow): ConversationLog {
    return { conversation: row.conversation, entries: item.entries.value };
  }

  // ── lists ──────────────────────────────────────────────────────────────────────────────────────────────────

  function setRow(item: Held, row: InboxRow) {
    const before = item.row.value;
    item.row.value = row;
    if (!before) {
      const ids = byVisitor.get(row.visitor.id) ?? new Set();
      byVisitor.set(row.visitor.id, ids.add(item.id));
    }
    const old = before?.conversation;
    const now = row.conversation;
    if (old && old.status === now.status && listPlace(old).atMs === listPlace(now).atMs) return;
    place(item.id, row);
    if (old && old.status !== now.status) countMove(old.status, now.status);
  }

  function place(id: string, { conversation }: InboxRow) {
    for (const status of ['open', 'resolved'] as const) {
      const list = lists[status];
      list.touched.add(id);
      if (conversation.status !== status) {
        if (list.ids.value.includes(id)) list.ids.value = list.ids.value.filter((other) => other !== id);
        continue;
      }
      list.ids.value = placeInList(list.ids.value, listPlace(conversation), list.cursor, placeOf);
    }
  }

  function placeOf(id: string): ListPlace | null {
    const row = held.get(id)?.row.value;
    return row ? listPlace(row.conversation) : null;
  }

  function countMove(from: ConversationStatus | null, to: ConversationStatus) {
    const now = counts.value;
    if (!now) return;
    const next = { ...now, [to]: now[to] + 1 };
    if (from) next[from] = Math.max(0, now[from] - 1);
    counts.value = next;
  }

  function takeRow(fetched: InboxRow): Held {
    const item = hold(fetched.conversation.id);
    const known = item.row.value;
    const conversation = known ? newerState(known.conversation, fetched.conversation) : fetched.conversation;
    setRow(item, { conversation, visitor: fetched.visitor });
    return item;
  }

  /** Fetches a list again from its top, as far as it was scrolled. What changes meanwhile keeps its place. */
  function fetchList(status: ConversationStatus): Promise<void> {
    const list = lists[status];
    if (list.fetching) return list.fetching;
    const fetching = refetch(status, list).finally(() => {
      if (list.fetching === fetching) list.fetching = null;
    });
    list.fetching = fetching;
    return fetching;
  }

  async function refetch(status: ConversationStatus, list: HeldList) {
    if (siteId === null) return;
    const startedIn = era;
    list.touched.clear();
    if (list.phase.value !== 'ready') list.phase.value = 'loading';
    const wanted = Math.min(maxRowsRefetched, Math.max(inboxPageRows, list.ids.value.length));
    const rows: InboxRow[] = [];
    let cursor: ListPlace | null = null;
    let counted = counts.value;
    do {
      const limit = Math.min(maxPageRows, wanted - rows.length);
      const reply: InboxPage = await connection.request('inbox:list', {
        siteId,
        status,
        before: cursor,
        limit,
      });
      if (era !== startedIn) return;
      if (!reply.ok) {
        // Rows that are there stay: the connection line tells that they may be old.
        if (list.phase.value !== 'ready') list.phase.value = reply;
        return;
      }
      rows.push(...reply.rows);
      cursor = reply.cursor;
      counted = reply.counts;
    } while (cursor !== null && rows.length < wanted);

    batch(() => {
      const changed = [...list.touched];
      for (const row of rows) takeRow(row);
      // After the rows, whose changes of status it counts already.
      counts.value = counted;
      list.cursor = cursor;
      list.more.value = cursor === null ? 'end' : 'idle';
      list.ids.value = rows
        .map((row) => row.conversation.id)
        .filter((id) => held.get(id)?.row.value?.conversation.status === status);
      for (const id of changed) {
        const row = held.get(id)?.row.value;
        if (row?.conversation.status === status) place(id, row);
      }
      list.phase.value = 'ready';
    });
    for (const row of rows) catchUpIfBehind(hold(row.conversation.id));
  }

  async function loadMore(status: ConversationStatus) {
    const list = lists[status];
    if (list.cursor === null || list.more.value === 'loading' || siteId === null || list.fetching) return;
    const startedIn = era;
    list.more.value = 'loading';
    const before = list.cursor;
    const reply = await connection.request('inbox:list', { siteId, status, before, limit: inboxPageRows });
    if (era !== startedIn) return;
    if (!reply.ok) {
      list.more.value = reply;
      return;
    }
    batch(() => {
      // The list has been fetched anew meanwhile: this page joins nothing.
      if (list.cursor !== before) return;
      list.cursor = reply.cursor;
      for (const row of reply.rows) {
        const item = takeRow(row);
        if (item.row.value) place(item.id, item.row.value);
      }
      counts.value = reply.counts;
      list.more.value = reply.cursor === null ? 'end' : 'idle';
    });
  }

  function refreshSoon() {
    refreshTimer ??= setTimeout(() => {
      refreshTimer = undefined;
      for (const status of ['open', 'resolved'] as const) {
        if (lists[status].phase.value === 'ready') void fetchList(status);
      }
    }, refreshDelayMs);
  }

  // ── log ────────────────────────────────────────────────────────────────────────────────────────────────────

  function receive(entry: Entry) {
    const item = held.get(entry.conversationId);
    const row = item?.row.value;
    if (item && item.opening.value === 'loading') item.arrived.push(entry);
    if (!item || !row) {
      refreshSoon();
      return;
    }
    const received = receiveEntry(logOf(item, row), entry);
    if (received.place === 'gap') void catchUp(item);
    if (received.place !== 'next') return;
    const { conversation, entries } = received.log;
    batch(() => {
      item.entries.value = entries;
      setRow(item, { ...row, conversation });
      if (entry.kind === 'message' && entry.sender.role !== 'system') stopTyping(item, entry.sender.id);
      onEntry(entry);
    });
  }

  function catchUpIfBehind(item: Held) {
    const row = item.row.value;
    if (row && knownSeq(logOf(item, row)) < row.conversation.lastSeq) void catchUp(item);
  }

  /** Fills the gap between what is known and the head. A failure is healed by the next beat or connect. */
  function catchUp(item: Held): Promise<void> {
    item.again = item.catchingUp !== null;
    item.catchingUp ??= fillGap(item).finally(() => {
      item.catchingUp = null;
    });
    return item.catchingUp;
  }

  async function fillGap(item: Held) {
    const startedIn = era;
    let more = true;
    while (more) {
      const row = item.row.value;
      if (!row) return;
      item.again = false;
      const afterSeq = knownSeq(logOf(item, row));
      const reply = await connection.request('entries:fetch', { conversationId: item.id, afterSeq });
      if (era !== startedIn || !reply.ok || !isKnownEpoch(reply.epoch)) return;
      batch(() => {
        for (const entry of reply.entries) receive(entry);
      });
      more = (reply.hasMore && reply.entries.length > 0) || item.again;
    }
  }

  async function open(id: string) {
    const item = hold(id);
    opened = [id, ...opened.filter((other) => other !== id)];
    for (const old of opened.splice(maxOpened)) hold(old).entries.value = null;
    if (item.opening.value === 'loading') return;
    if (item.entries.value !== null && !item.stale) return catchUp(item);
    const startedIn = era;
    item.arrived = [];
    item.opening.value = 'loading';
    const reply = await connection.request('conversation:open', { conversationId: id });
    if (era !== startedIn) return;
    if (!reply.ok) {
      item.opening.value = reply;
      return;
    }
    if (!isKnownEpoch(reply.epoch)) return;
    batch(() => {
      item.entries.value = joinEntries(item.entries.value ?? [], reply.entries);
      item.stale = false;
      item.cobrowse.value = reply.cobrowse;
      item.opening.value = 'idle';
      takeRow(reply.row);
      for (const entry of item.arrived.splice(0)) receive(entry);
    });
    catchUpIfBehind(item);
  }

  async function loadEarlier(id: string) {
    const item = hold(id);
    const first = item.entries.value?.[0];
    if (!first || first.seq <= 1 || item.earlier.value === 'loading') return;
    const startedIn = era;
    item.earlier.value = 'loading';
    const afterSeq = Math.max(0, first.seq - 1 - earlierEntries);
    const limit = first.seq - 1 - afterSeq;
    const reply = await connection.request('entries:fetch', { conversationId: id, afterSeq, limit });
    if (era !== startedIn) return;
    batch(() => {
      item.earlier.value = reply.ok ? 'idle' : reply;
      if (reply.ok && item.entries.value) item.entries.value = joinEntries(reply.entries, item.entries.value);
    });
  }

  // ── facts ──────────────────────────────────────────────────────────────────────────────────────────────────

  function stopTyping(item: Held, key: string) {
    clearTimeout(typingTimers.get(`${item.id} ${key}`));
    typingTimers.delete(`${item.id} ${key}`);
    if (item.typists.value.some((typist) => typist.key === key)) {
      item.typists.value = item.typists.value.filter((typist) => typist.key !== key);
    }
  }

  const stops = [
    connection.onFact('entry:added', ({ entry, epoch }) => {
      if (isKnownEpoch(epoch)) receive(entry);
    }),
    connection.onFact('conversation:added', ({ row, epoch }) => {
      if (!isKnownEpoch(epoch) || row.conversation.siteId !== siteId) return;
      batch(() => {
        const isNew = !held.get(row.conversation.id)?.row.value;
        catchUpIfBehind(takeRow(row));
        if (isNew) countMove(null, row.conversation.status);
      });
    }),
    connection.onFact('visitor:changed', ({ visitor }) => {
      batch(() => {
        for (const id of byVisitor.get(visitor.id) ?? []) {
          const item = held.get(id);
          if (item?.row.value) item.row.value = { ...item.row.value, visitor };
        }
      });
    }),
    connection.onFact('typing:changed', ({ conversationId, sender, typing }) => {
      const item = held.get(conversationId);
      const row = item?.row.value;
      if (!item || !row) return;
      const typist: Typist =
        sender.role === 'visitor'
          ? { key: row.visitor.id, name: row.visitor.name, role: 'visitor' }
          : { key: sender.agent.id, name: sender.agent.name, role: 'agent' };
      stopTyping(item, typist.key);
      if (!typing) return;
      item.typists.value = [...item.typists.value, typist];
      typingTimers.set(
        `${item.id} ${typist.key}`,
        setTimeout(() => stopTyping(item, typist.key), typingFadesMs),
      );
    }),
    connection.onFact('cobrowse:changed', ({ session }) => {
      if (session.siteId === siteId) hold(session.conversationId).cobrowse.value = session;
    }),
    connection.onFact('heads:beat', ({ epoch, heads }) => {
      if (!isKnownEpoch(epoch)) return;
      for (const { conversationId, lastSeq } of heads) {
        const item = held.get(conversationId);
        const row = item?.row.value;
        if (item && row) {
          if (knownSeq(logOf(item, row)) < lastSeq) void catchUp(item);
        } else if ((otherHeads.get(conversationId) ?? 0) < lastSeq) {
          otherHeads.set(conversationId, lastSeq);
          refreshSoon();
        }
      }
    }),
  ];

  async function setStatus(id: string, status: ConversationStatus): Promise<Refusal | null> {
    const item = hold(id);
    item.wantedStatus.value = status;
    const reply = await connection.request('conversation:setStatus', {
      conversationId: id,
      clientId: newClientId(),
      status,
    });
    batch(() => {
      if (item.wantedStatus.value === status) item.wantedStatus.value = null;
      if (!reply.ok) return;
      receive(reply.entry);
      if (reply.survey) receive(reply.survey);
    });
    return reply.ok ? null : reply;
  }

  async function markRead(item: Held, seq: number) {
    const told = item.toldReadSeq;
    item.toldReadSeq = seq;
    const reply = await connection.request('conversation:read', {
      conversationId: item.id,
      clientId: newClientId(),
      seq,
    });
    if (!reply.ok) item.toldReadSeq = told;
    else if (reply.entry) receive(reply.entry);
  }

  return {
    lists,
    counts,
    unread,
    get: hold,
    ofVisitor(visitorId) {
      const places = [...(byVisitor.get(visitorId) ?? [])].map((id) => placeOf(id) ?? { id, atMs: 0 });
      return places.sort((a, b) => b.atMs - a.atMs).map((known) => known.id);
    },
    loadMore: (status) => void loadMore(status),
    reload: (status) => void fetchList(status),
    open,
    loadEarlier,
    async sendMessage({ conversationId, clientId, text }) {
      const reply = await connection.request('message:send', { conversationId, clientId, text });
      if (!reply.ok) return reply;
      receive(reply.entry);
      return null;
    },
    markRead(id) {
      const item = hold(id);
      const seq = item.row.value?.conversation.unreadByAgents.at(-1);
      if (seq !== undefined && seq > item.toldReadSeq && isOnline()) void markRead(item, seq);
    },
    setStatus,
    async assign(id, agentId) {
      const reply = await connection.request('conversation:assign', {
        conversationId: id,
        clientId: newClientId(),
        agentId,
      });
      if (!reply.ok) return reply;
      receive(reply.entry);
      return null;
    },
    async askToSee(id) {
      const reply = await connection.request('cobrowse:request', { conversationId: id });
      if (!reply.ok) return reply;
      hold(id).cobrowse.value = reply.session;
      return null;
    },
    tellTyping(id, typing) {
      // Worth nothing when it comes late.
      if (isOnline()) void connection.request('typing:set', { conversationId: id, typing });
    },
    reset(nextSiteId) {
      era += 1;
      siteId = nextSiteId;
      const wasOpen = opened[0];
      batch(() => {
        for (const item of held.values()) {
          item.row.value = null;
          item.entries.value = null;
          item.opening.value = 'idle';
          item.earlier.value = 'idle';
          item.cobrowse.value = null;
          item.wantedStatus.value = null;
          item.arrived = [];
          item.toldReadSeq = 0;
        }
        byVisitor = new Map();
        otherHeads = new Map();
        opened = [];
        counts.value = null;
        for (const list of [lists.open, lists.resolved]) {
          list.fetching = null;
          list.cursor = null;
          list.ids.value = [];
          list.phase.value = 'loading';
          list.more.value = 'end';
        }
      });
      void fetchList('open');
      void fetchList('resolved');
      if (wasOpen !== undefined) void open(wasOpen);
    },
    resync() {
      void fetchList('open');
      void fetchList('resolved');
      for (const id of opened) hold(id).stale = true;
      if (opened[0] !== undefined) void open(opened[0]);
    },
    close() {
      era += 1;
      clearTimeout(refreshTimer);
      for (const timer of typingTimers.values()) clearTimeout(timer);
      typingTimers.clear();
      for (const stop of stops) stop();
    },
  };
}

function newList(): HeldList {
  return {
    ids: signal([]),
    phase: signal('loading'),
    more: signal('end'),
    cursor: null,
    touched: new Set(),
    fetching: null,
  };
}
