import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Refusal } from '../shared/errors.ts';
import { inboxPageRows } from '../shared/limits.ts';
import type { InboxView } from '../shared/model/inbox.ts';
import type { AgentRequests, Reply, ReplyOf } from '../shared/protocol.ts';
import type { InboxRow } from '../shared/wire.ts';
import type { AgentConnection } from './agent-connection.ts';
import { type InboxScope, standsIn } from './inbox-scope.ts';
import { byPlace, type ListPlace, listPlace, placeInList } from './row-order.ts';

type InboxPage = Reply<ReplyOf<AgentRequests, 'inbox:list'>>;

/** Largest page that the server gives; the first one is smaller, so that it shows sooner. */
const maxPageRows = inboxPageRows * 4;
/** Rows fetched again after a reconnect at most; deeper ones come back by scrolling. */
const maxRowsRefetched = 1_000;

export interface ConversationList {
  readonly ids: ReadonlySignal<readonly string[]>;
  /** A refusal only while there is nothing to show. */
  readonly phase: ReadonlySignal<'loading' | 'ready' | Refusal>;
  readonly more: ReadonlySignal<'end' | 'idle' | 'loading' | Refusal>;
}

/** A list as its owner sees it. */
export interface HeldConversationList extends ConversationList {
  /** Fetches from the top, as far as it was scrolled. What changes meanwhile keeps its place. True when it is whole. */
  fetch(): Promise<boolean>;
  /** Fetches unless what is there is true. */
  show(): void;
  loadMore(): Promise<void>;
  /** Puts a conversation where it belongs now, or takes it out. */
  place(id: string): void;
  /** The rows may be old: the next {@link show} fetches. */
  doubt(): void;
  /** Nothing is known any more. */
  forget(): void;
}

export interface ConversationListParts {
  view: InboxView;
  connection: Pick<AgentConnection, 'request'>;
  scope(): InboxScope;
  agentId(): string;
  /** What is known of a conversation, as it is shown. */
  row(id: string): InboxRow | null;
  takeRow(row: InboxRow): void;
  /** Conversations that are shown otherwise than the server has them: it would list them elsewhere. */
  unsettled(): readonly string[];
}

/** One inbox view: pages by cursor, kept in order while conversations change. */
export function createConversationList(parts: ConversationListParts): HeldConversationList {
  const { view, connection, scope, agentId, row, takeRow, unsettled } = parts;
  const ids = signal<readonly string[]>([]);
  const phase = signal<'loading' | 'ready' | Refusal>('loading');
  const more = signal<'end' | 'idle' | 'loading' | Refusal>('end');
  let cursor: ListPlace | null = null;
  let isTrue = false;
  let fetching: Promise<boolean> | null = null;
  /** Conversations that changed while the list was being fetched. */
  let touched = new Set<string>();
  /** Grows when the list is forgotten: replies to older questions are dropped. */
  let era = 0;

  function placeOf(id: string): ListPlace | null {
    const known = row(id);
    return known ? listPlace(known.conversation) : null;
  }
  function isListed(id: string): boolean {
    const known = row(id);
    return known !== null && standsIn(view, scope(), known, agentId());
  }

  function place(id: string) {
    touched.add(id);
    if (phase.value !== 'ready') return;
    const at = isListed(id) ? placeOf(id) : null;
    if (at) ids.value = placeInList(ids.value, at, cursor, placeOf);
    else if (ids.value.includes(id)) ids.value = ids.value.filter((other) => other !== id);
  }

  async function ask(before: ListPlace | null, limit: number): Promise<InboxPage> {
    const { siteIds, filter } = scope();
    // Somebody without a site has nothing to ask for.
    if (siteIds.length === 0) return { ok: true, rows: [], cursor: null };
    return connection.request('inbox:list', { siteIds: [...siteIds], view, filter, before, limit });
  }

  async function refetch(): Promise<boolean> {
    const startedIn = era;
    touched = new Set();
    if (phase.value !== 'ready') phase.value = 'loading';
    const wanted = Math.min(maxRowsRefetched, Math.max(inboxPageRows, ids.value.length));
    const rows: InboxRow[] = [];
    let end: ListPlace | null = null;
    do {
      const reply: InboxPage = await ask(end, Math.min(maxPageRows, wanted - rows.length));
      if (era !== startedIn) return false;
      if (!reply.ok) {
        // Rows that are there stay: the connection line tells that they may be old.
        if (phase.value !== 'ready') phase.value = reply;
        return false;
      }
      rows.push(...reply.rows);
      end = reply.cursor;
    } while (end !== null && rows.length < wanted);

    batch(() => {
      const changed = [...touched, ...unsettled()];
      for (const fetched of rows) takeRow(fetched);
      cursor = end;
      more.value = end === null ? 'end' : 'idle';
      // By what is known now: a row may have moved on since the server read it.
      const listed = rows.map(({ conversation }) => conversation.id).filter(isListed);
      ids.value = [...new Set(listed)]
        .map((id) => placeOf(id) ?? { id, key: 0 })
        .sort(byPlace)
        .map(({ id }) => id);
      phase.value = 'ready';
      isTrue = true;
      for (const id of changed) place(id);
    });
    return true;
  }

  function fetch(): Promise<boolean> {
    if (fetching) return fetching;
    const started = refetch().finally(() => {
      if (fetching === started) fetching = null;
    });
    fetching = started;
    return started;
  }

  return {
    ids,
    phase,
    more,
    fetch,
    show() {
      if (!isTrue) void fetch();
    },
    async loadMore() {
      if (cursor === null || more.value === 'loading' || fetching) return;
      const startedIn = era;
      more.value = 'loading';
      const before = cursor;
      const reply = await ask(before, maxPageRows);
      if (era !== startedIn) return;
      if (!reply.ok) {
        more.value = reply;
        return;
      }
      batch(() => {
        // The list has been fetched anew meanwhile: this page joins nothing.
        if (cursor !== before) return;
        cursor = reply.cursor;
        for (const fetched of reply.rows) takeRow(fetched);
        const known = new Set(ids.value);
        const below = reply.rows.map(({ conversation }) => conversation.id).filter((id) => !known.has(id));
        ids.value = [...ids.value, ...below.filter(isListed)];
        // A row that moved while the page was on its way stands where it is now.
        for (const id of below) if (touched.has(id)) place(id);
        more.value = reply.cursor === null ? 'end' : 'idle';
      });
    },
    place,
    doubt() {
      isTrue = false;
    },
    forget() {
      era += 1;
      fetching = null;
      isTrue = false;
      cursor = null;
      touched = new Set();
      ids.value = [];
      phase.value = 'loading';
      more.value = 'end';
    },
  };
}
