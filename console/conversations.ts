import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import { maxEntriesPerFetch } from '../shared/limits.ts';
import type { CobrowseSession } from '../shared/model/cobrowse.ts';
import { type Entry, lastActivityMs } from '../shared/model/conversation.ts';
import { type InboxCounts, type InboxView, inboxViews, noFilter } from '../shared/model/inbox.ts';
import type { InboxRow } from '../shared/wire.ts';
import type { AgentConnection } from './agent-connection.ts';
import {
  type Conversation,
  type ExpectedChange,
  forgetConversation,
  type HeldConversation,
  logOf,
  newHeldConversation,
} from './conversation-item.ts';
import { type ConversationList, createConversationList } from './conversation-list.ts';
import { joinEntries, knownSeq, newerState, receiveEntry } from './conversation-log.ts';
import { createDeliveryReceipts } from './delivery-receipts.ts';
import { createInboxCounts } from './inbox-counts.ts';
import { type InboxScope, isSameScope, mayEnterList, movesCounts } from './inbox-scope.ts';
import { newClientId } from './random-id.ts';
import { isAbove, listPlace } from './row-order.ts';
import { createTypingMarks } from './typing-marks.ts';

/** Entries fetched at once when the reader scrolls up. */
const earlierEntries = 200;
/** Opened conversations whose entries stay in memory. */
const maxOpened = 30;
/** Unknown conversations that change within this time are fetched together. */
const refreshDelayMs = 250;

export interface Conversations {
  /** Views of what {@link Conversations.show} was told last. */
  readonly lists: Readonly<Record<InboxView, ConversationList>>;
  readonly counts: ReadonlySignal<InboxCounts | null>;
  /** Conversations of the agent or of nobody, at any site, whose visitor waits for an answer; longest wait first. */
  readonly waiting: ReadonlySignal<readonly string[]>;
  /** What {@link Conversations.tellViewing} was told last. */
  readonly viewed: ReadonlySignal<string | null>;
  get(id: string): Conversation;
  /** Everything known now, for finding a conversation by its visitor. */
  known(): InboxRow[];
  /** Known conversations of a visitor, newest activity first. */
  ofVisitor(visitorId: string): string[];
  /** The inbox that is in view. */
  show(scope: InboxScope, view: InboxView): void;
  loadMore(view: InboxView): void;
  reload(view: InboxView): void;
  open(id: string): Promise<void>;
  loadEarlier(id: string): Promise<void>;
  /** Loads what was said before until the entry `seq` is there. */
  loadBackTo(id: string, seq: number): Promise<void>;
  /** Takes in the entries of a reply. They come as facts too; whichever is first counts. */
  receive(...entries: Entry[]): void;
  /** Takes in the row of a reply, e.g. of a conversation that the agent has begun. */
  receiveRow(row: InboxRow): void;
  receiveCobrowse(session: CobrowseSession): void;
  /** Shows a change at once, in the conversation and in every list, until the returned function is called. */
  expect(id: string, change: ExpectedChange): () => void;
  markRead(id: string): void;
  tellTyping(id: string, typing: boolean): void;
  /** Which conversation is in view in this tab; null for none. */
  tellViewing(id: string | null): void;
  /** Another history of the log: everything known is void. */
  reset(siteIds: readonly string[]): void;
  /** After a reconnect: fetches what may have been missed. */
  resync(siteIds: readonly string[]): void;
  close(): void;
}

export interface ConversationsParts {
  connection: AgentConnection;
  /** False when the log is not the one known so far; then a reset is on its way. */
  isKnownEpoch(epoch: string): boolean;
  isOnline(): boolean;
  agentId(): string;
  /** Every entry that this console has not known before; `row` is null when nothing else is known of its conversation. */
  onEntry(entry: Entry, row: InboxRow | null): void;
  /** A conversation that has just begun; its first entries are not told one by one. */
  onConversation(row: InboxRow): void;
}

/** Everything the console knows of conversations, kept true by the log's numbers. */
export function createConversations(parts: ConversationsParts): Conversations {
  const { connection, isKnownEpoch, isOnline, agentId, onEntry, onConversation } = parts;
  const held = new Map<string, HeldConversation>();
  let byVisitor = new Map<string, Set<string>>();
  /** Heads of conversations that are not in the lists, so that each change is looked at once. */
  let otherHeads = new Map<string, number>();
  let isTellingViewed = false;
  let opened: string[] = [];
  const viewed = signal<string | null>(null);
  /** Grows at each reset: replies to older questions are dropped. */
  let era = 0;
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;
  const typing = createTypingMarks();
  const sites = signal<readonly string[]>([]);
  let shown: { scope: InboxScope; view: InboxView } | null = null;

  const everywhere = (): InboxScope => ({ siteIds: sites.value, filter: noFilter });
  const listOf = (view: InboxView, scope: () => InboxScope) =>
    createConversationList({
      view,
      connection,
      scope,
      agentId,
      row: (id) => held.get(id)?.shown.peek() ?? null,
      takeRow: (row) => void takeRow(row),
      unsettled: () =>
        [...held.values()].filter((item) => item.expected.peek().length > 0).map(({ id }) => id),
    });
  const shownScope = () => shown?.scope ?? everywhere();
  const lists = {
    mine: listOf('mine', shownScope),
    unassigned: listOf('unassigned', shownScope),
    all: listOf('all', shownScope),
    mentions: listOf('mentions', shownScope),
    snoozed: listOf('snoozed', shownScope),
    closed: listOf('closed', shownScope),
  };
  /** What concerns the agent, whatever is in view: for the title, the sites' marks and the notifications. */
  const watched = [listOf('mine', everywhere), listOf('unassigned', everywhere)];
  const everyList = [...inboxViews.map((view) => lists[view]), ...watched];
  const counting = createInboxCounts({ connection, scope: () => shown?.scope ?? null });
  const receipts = createDeliveryReceipts({
    connection,
    isOnline,
    row: (id) => held.get(id)?.row.peek() ?? null,
    receive,
  });

  const waiting = computed(() =>
    watched
      .flatMap((list) => list.ids.value)
      .flatMap((id) => hold(id).shown.value?.conversation ?? [])
      .filter((state) => state.waitingSinceMs !== null)
      .map(listPlace)
      .sort((a, b) => (isAbove(a, b) ? -1 : 1))
      .map(({ id }) => id),
  );

  function hold(id: string): HeldConversation {
    let item = held.get(id);
    if (!item) {
      item = newHeldConversation(id);
      held.set(id, item);
    }
    return item;
  }

  // ── rows and lists ─────────────────────────────────────────────────────────────────────────────────────────

  /** Changes what is known of a conversation and puts it where it belongs then. */
  function change(item: HeldConversation, act: () => void) {
    const before = { shown: item.shown.peek(), row: item.row.peek() };
    act();
    const now = { shown: item.shown.peek(), row: item.row.peek() };
    // What is shown already may be confirmed only now: the lists and counts of the server change then.
    if (isMoved(before.shown, now.shown) || isMoved(before.row, now.row)) {
      for (const list of everyList) list.place(item.id);
    }
    if (shown && now.row && movesCounts(before.row, now.row, shown.scope, agentId())) counting.refresh();
  }

  function setRow(item: HeldConversation, row: InboxRow) {
    if (!item.row.peek()) {
      const ids = byVisitor.get(row.visitor.id) ?? new Set();
      byVisitor.set(row.visitor.id, ids.add(item.id));
    }
    change(item, () => {
      item.row.value = row;
    });
  }

  function takeRow(fetched: InboxRow): HeldConversation {
    const item = hold(fetched.conversation.id);
    const known = item.row.peek();
    const conversation = known ? newerState(known.conversation, fetched.conversation) : fetched.conversation;
    setRow(item, { conversation, visitor: fetched.visitor });
    receipts.noteRow({ conversation, visitor: fetched.visitor });
    return item;
  }

  /** Fetches the lists that are looked at; the others are when they are shown. */
  async function fetchLists(): Promise<boolean> {
    const looked = [...(shown ? [lists[shown.view]] : []), ...watched];
    for (const list of everyList) if (!looked.includes(list)) list.doubt();
    const fetched = await Promise.all(looked.map((list) => list.fetch()));
    for (const item of held.values()) catchUpIfBehind(item);
    return fetched.every(Boolean);
  }

  function refreshSoon() {
    refreshTimer ??= setTimeout(() => {
      refreshTimer = undefined;
      void fetchLists();
    }, refreshDelayMs);
  }

  /** Rows that no list holds missed what was said while the line was down. */
  function forgetUnlisted() {
    const listed = new Set(everyList.flatMap((list) => list.ids.peek()));
    batch(() => {
      for (const item of held.values()) {
        if (listed.has(item.id) || item.id === opened[0] || !item.row.peek()) continue;
        item.row.value = null;
        item.entries.value = null;
      }
    });
  }

  // ── log ────────────────────────────────────────────────────────────────────────────────────────────────────

  function receive(...entries: Entry[]) {
    batch(() => {
      for (const entry of entries) receiveOne(entry);
    });
  }

  function receiveOne(entry: Entry) {
    const item = held.get(entry.conversationId);
    const row = item?.row.peek();
    if (item?.opening.peek() === 'loading') item.arrived.push(entry);
    const fromVisitor = entry.kind === 'message' && entry.sender.role === 'visitor';
    if (!item || !row) {
      if ((otherHeads.get(entry.conversationId) ?? 0) >= entry.seq) return;
      otherHeads.set(entry.conversationId, entry.seq);
      if (fromVisitor) receipts.note(entry.conversationId, entry.seq);
      if (mayEnterList(entry, shownScope())) {
        refreshSoon();
        counting.refresh();
      }
      onEntry(entry, null);
      return;
    }
    const received = receiveEntry(logOf(item, row), entry);
    if (received.place === 'gap') void catchUp(item);
    if (received.place !== 'next') return;
    const { conversation, entries } = received.log;
    item.entries.value = entries;
    setRow(item, { ...row, conversation });
    if (entry.kind === 'message' && entry.sender.role !== 'system') typing.stop(item, entry.sender.id);
    if (fromVisitor) receipts.note(item.id, entry.seq);
    onEntry(entry, item.row.peek());
  }

  function catchUpIfBehind(item: HeldConversation) {
    const row = item.row.peek();
    if (row && knownSeq(logOf(item, row)) < row.conversation.lastSeq) void catchUp(item);
  }

  /** Fills the gap between what is known and the head. A failure is healed by the next beat or connect. */
  function catchUp(item: HeldConversation): Promise<void> {
    item.again = item.catchingUp !== null;
    item.catchingUp ??= fillGap(item).finally(() => {
      item.catchingUp = null;
    });
    return item.catchingUp;
  }

  async function fillGap(item: HeldConversation) {
    const startedIn = era;
    let more = true;
    while (more) {
      const row = item.row.peek();
      if (!row) return;
      item.again = false;
      const afterSeq = knownSeq(logOf(item, row));
      const reply = await connection.request('entries:fetch', { conversationId: item.id, afterSeq });
      if (era !== startedIn || !reply.ok || !isKnownEpoch(reply.epoch)) return;
      receive(...reply.entries);
      more = (reply.hasMore && reply.entries.length > 0) || item.again;
    }
  }

  async function open(id: string) {
    const item = hold(id);
    opened = [id, ...opened.filter((other) => other !== id)];
    for (const old of opened.splice(maxOpened)) hold(old).entries.value = null;
    if (item.opening.peek() === 'loading') return;
    if (item.entries.peek() !== null && !item.stale) return catchUp(item);
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
      item.entries.value = joinEntries(item.entries.peek() ?? [], reply.entries);
      item.stale = false;
      item.cobrowse.value = reply.cobrowse;
      item.opening.value = 'idle';
      takeRow(reply.row);
      for (const entry of item.arrived.splice(0)) receiveOne(entry);
    });
    catchUpIfBehind(item);
  }

  async function loadEarlier(id: string, wanted = earlierEntries) {
    const item = hold(id);
    const first = item.entries.peek()?.[0];
    if (!first || first.seq <= 1 || item.earlier.peek() === 'loading') return;
    const startedIn = era;
    item.earlier.value = 'loading';
    const afterSeq = Math.max(0, first.seq - 1 - wanted);
    const limit = first.seq - 1 - afterSeq;
    const reply = await connection.request('entries:fetch', { conversationId: id, afterSeq, limit });
    if (era !== startedIn) return;
    batch(() => {
      item.earlier.value = reply.ok ? 'idle' : reply;
      const known = item.entries.peek();
      if (reply.ok && known) item.entries.value = joinEntries(reply.entries, known);
    });
  }

  // ── facts ──────────────────────────────────────────────────────────────────────────────────────────────────

  const stops = [
    connection.onFact('entry:added', ({ entry, epoch }) => {
      if (isKnownEpoch(epoch)) receive(entry);
    }),
    connection.onFact('conversation:added', ({ row, epoch }) => {
      if (isKnownEpoch(epoch)) receiveRow(row);
    }),
    connection.onFact('visitor:changed', ({ visitor }) => {
      batch(() => {
        for (const id of byVisitor.get(visitor.id) ?? []) {
          const item = held.get(id);
          const row = item?.row.peek();
          if (item && row) setRow(item, { ...row, visitor });
        }
      });
    }),
    connection.onFact('typing:changed', ({ conversationId, sender, typing: isTyping }) => {
      const item = held.get(conversationId);
      const row = item?.row.peek();
      if (!item || !row) return;
      const typist =
        sender.role === 'visitor'
          ? ({ key: row.visitor.id, name: row.visitor.name, role: 'visitor' } as const)
          : ({ key: sender.agent.id, name: sender.agent.name, role: 'agent' } as const);
      if (isTyping) typing.start(item, typist);
      else typing.stop(item, typist.key);
    }),
    connection.onFact('viewing:changed', ({ conversationId, agents }) => {
      hold(conversationId).viewers.value = agents.filter(({ id }) => id !== agentId());
    }),
    connection.onFact('cobrowse:changed', ({ session }) => receiveCobrowse(session)),
    connection.onFact('heads:beat', ({ epoch, heads }) => {
      if (!isKnownEpoch(epoch)) return;
      for (const { conversationId, lastSeq } of heads) {
        const item = held.get(conversationId);
        const row = item?.row.peek();
        if (item && row) {
          if (knownSeq(logOf(item, row)) < lastSeq) void catchUp(item);
        } else if ((otherHeads.get(conversationId) ?? 0) < lastSeq) {
          otherHeads.set(conversationId, lastSeq);
          refreshSoon();
          counting.refresh();
        }
      }
    }),
  ];

  function receiveRow(row: InboxRow) {
    batch(() => {
      const isNew = !held.get(row.conversation.id)?.row.peek();
      const item = takeRow(row);
      catchUpIfBehind(item);
      if (!isNew) return;
      counting.refresh();
      onConversation(row);
    });
  }

  function receiveCobrowse(session: CobrowseSession) {
    hold(session.conversationId).cobrowse.value = session;
  }

  /** Tells what was looked at and is not told yet; what cannot be told now is when the line is back. */
  async function tellRead(item: HeldConversation) {
    const unread = item.row.peek()?.conversation.unreadByAgents ?? [];
    const seq = unread.filter((one) => one <= item.seenSeq).at(-1);
    const told = item.toldReadSeq;
    if (seq === undefined || seq <= told || !isOnline()) return;
    item.toldReadSeq = seq;
    const reply = await connection.request('conversation:read', {
      conversationId: item.id,
      clientId: newClientId(),
      seq,
    });
    if (!reply.ok) item.toldReadSeq = told;
    else if (reply.entry) receive(reply.entry);
  }

  /** From one conversation to the next is one request, not two. */
  function tellViewing() {
    if (isTellingViewed) return;
    isTellingViewed = true;
    queueMicrotask(() => {
      isTellingViewed = false;
      if (isOnline()) void connection.request('conversation:view', { conversationId: viewed.value });
    });
  }

  return {
    lists,
    counts: counting.counts,
    waiting,
    viewed,
    get: hold,
    known: () => [...held.values()].flatMap((item) => item.shown.peek() ?? []),
    ofVisitor(visitorId) {
      const known = [...(byVisitor.get(visitorId) ?? [])].flatMap(
        (id) => held.get(id)?.row.value?.conversation ?? [],
      );
      return known.sort((a, b) => lastActivityMs(b) - lastActivityMs(a)).map(({ id }) => id);
    },
    show(scope, view) {
      const isSame = shown !== null && isSameScope(shown.scope, scope);
      shown = { scope: isSame && shown ? shown.scope : scope, view };
      batch(() => {
        if (!isSame) for (const name of inboxViews) lists[name].forget();
        lists[view].show();
      });
      if (!isSame) counting.count();
    },
    loadMore: (view) => void lists[view].loadMore(),
    reload: (view) => void lists[view].fetch(),
    open,
    loadEarlier: (id) => loadEarlier(id),
    async loadBackTo(id, seq) {
      const startedIn = era;
      const firstSeq = () => hold(id).entries.peek()?.[0]?.seq ?? 0;
      for (let first = firstSeq(); first > Math.max(1, seq) && era === startedIn; first = firstSeq()) {
        await loadEarlier(id, Math.min(maxEntriesPerFetch, Math.max(earlierEntries, first - seq)));
        // Refused, or somebody else is loading: the reader may scroll on by hand.
        if (firstSeq() >= first) return;
      }
    },
    receive,
    receiveRow,
    receiveCobrowse,
    expect(id, expected) {
      const item = hold(id);
      batch(() =>
        change(item, () => {
          item.expected.value = [...item.expected.peek(), expected];
        }),
      );
      return () =>
        batch(() =>
          change(item, () => {
            item.expected.value = item.expected.peek().filter((one) => one !== expected);
          }),
        );
    },
    markRead(id) {
      const item = hold(id);
      item.seenSeq = Math.max(item.seenSeq, item.row.peek()?.conversation.unreadByAgents.at(-1) ?? 0);
      void tellRead(item);
    },
    tellTyping(id, isTyping) {
      // Worth nothing when it comes late.
      if (isOnline()) void connection.request('typing:set', { conversationId: id, typing: isTyping });
    },
    tellViewing(id) {
      if (viewed.value === id) return;
      viewed.value = id;
      tellViewing();
    },
    reset(siteIds) {
      era += 1;
      const wasOpen = opened[0];
      batch(() => {
        for (const item of held.values()) forgetConversation(item);
        byVisitor = new Map();
        otherHeads = new Map();
        opened = [];
        sites.value = siteIds;
        counting.forget();
        for (const list of everyList) list.forget();
      });
      void fetchLists();
      counting.count();
      if (wasOpen !== undefined) void open(wasOpen);
      if (viewed.value !== null) tellViewing();
    },
    resync(siteIds) {
      const startedIn = era;
      sites.value = siteIds;
      counting.count();
      for (const item of held.values()) {
        item.stale = true;
        if (item.viewers.peek().length > 0) item.viewers.value = [];
        void tellRead(item);
      }
      const inView = shown?.view;
      for (const view of inboxViews) if (view !== inView) lists[view].forget();
      void fetchLists().then((isWhole) => {
        if (isWhole && era === startedIn) forgetUnlisted();
      });
      if (opened[0] !== undefined) void open(opened[0]);
      if (viewed.value !== null) tellViewing();
    },
    close() {
      era += 1;
      clearTimeout(refreshTimer);
      typing.close();
      counting.close();
      receipts.close();
      for (const stop of stops) stop();
    },
  };
}

function isMoved(before: InboxRow | null, now: InboxRow | null): boolean {
  if (before === now || now === null) return false;
  return (
    before === null ||
    before.visitor.verified !== now.visitor.verified ||
    everyPlaceFact.some((fact) => before.conversation[fact] !== now.conversation[fact])
  );
}

/** Facts of a conversation that decide which views it stands in, and where. */
const everyPlaceFact = [
  'status',
  'snoozedUntilMs',
  'waitingSinceMs',
  'lastMessage',
  'assignee',
  'team',
  'labels',
  'mentions',
] as const;
