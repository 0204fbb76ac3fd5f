import type { ErrorCode } from '../shared/errors.ts';
import {
  afterFailure,
  backoffMs,
  inOrder,
  nextItems,
  type OutboxItem,
  type OutboxTask,
  passed,
  placed,
  retried,
} from './outbox-item.ts';
import type { Clock } from './page/clock.ts';

export type Outcome = { ok: true; conversationId: string | null } | { ok: false; error: ErrorCode };

/** Where items are kept, shared by the tabs of one site. */
export interface OutboxShelf {
  all(): Promise<OutboxItem[]>;
  put(items: readonly OutboxItem[]): Promise<void>;
  remove(clientId: string): Promise<void>;
  /** Keeps nothing in memory. */
  drop(): void;
  /** Removes everything and lets go of the storage. */
  forget(): Promise<void>;
}

/** Files that were picked and never sent are kept for a week: the tab in which they were has hardly lasted as long. */
const heldMs = 7 * 24 * 3_600_000;

export interface Outbox {
  items(): readonly OutboxItem[];
  add(clientId: string, task: OutboxTask, state?: 'pending' | 'held'): Promise<void>;
  retry(clientId: string): Promise<void>;
  remove(clientId: string): Promise<void>;
  /** Changes an item that is still here; null removes it. */
  change(clientId: string, change: (item: OutboxItem) => OutboxItem | null): Promise<void>;
  /** The log holds this entry: its message has arrived, whatever became of the reply. */
  confirm(clientId: string, conversationId: string): Promise<void>;
  /** Another tab changed the shelf. */
  reload(): Promise<void>;
  /** The connection is back: no more waiting. */
  nudge(): void;
  /** The visitor is another one from now on: nothing that this tab knows of is shown, written or sent. */
  drop(): void;
  /** {@link drop}, and empties the shelf. Only for the tab in which the visitor is forgotten. */
  forget(): Promise<void>;
  close(): void;
}

export interface OutboxParts {
  shelf: OutboxShelf;
  clock: Clock;
  /** 0 to 1. */
  random(): number;
  /** Whether there is a connection, now or within the time that a reply may take. */
  connected(): Promise<boolean>;
  /** Runs `work` in one tab at a time. */
  exclusively(work: () => Promise<void>): Promise<void>;
  deliver(item: OutboxItem): Promise<Outcome>;
  onChange(items: readonly OutboxItem[]): void;
  /** This tab changed the shelf. */
  announce(): void;
  onDelivered(item: OutboxItem, conversationId: string | null): void;
  report(error: unknown): void;
}

export function createOutbox(parts: OutboxParts): Outbox {
  const { shelf, clock, random, connected, exclusively, deliver, onChange, announce, onDelivered, report } =
    parts;
  let items: readonly OutboxItem[] = [];
  let lastOrder = 0;
  let pumping = false;
  let closed = false;
  /** When an item may be tried again; not kept over page loads, where a try at once is wanted. */
  const restUntilMs = new Map<string, number>();
  const arriving = new Set<string>();
  let line: Promise<void> = Promise.resolve();
  /** Writes under way, by client id. */
  const unsettled = new Map<string, number>();
  /** Grows with {@link Outbox.drop}: what was begun for a visitor before stays undone. */
  let visitor = 0;
  let wake = () => {};

  function show(next: readonly OutboxItem[]) {
    items = inOrder(next);
    if (!closed) onChange(items);
  }

  async function put(changed: readonly OutboxItem[]) {
    if (changed.length === 0) return;
    const ids = new Set(changed.map((item) => item.clientId));
    show([...items.filter((item) => !ids.has(item.clientId)), ...changed]);
    await write([...ids], () => shelf.put(changed));
  }

  async function take(clientId: string) {
    restUntilMs.delete(clientId);
    show(items.filter((item) => item.clientId !== clientId));
    await write([clientId], () => shelf.remove(clientId));
  }

  /** The shelf is used by one after the other, so that what is read is not older than what was written before. */
  function inLine(work: () => Promise<void>): Promise<void> {
    const askedFor = visitor;
    const done = line.then(() => (askedFor === visitor ? work() : undefined));
    line = done.catch(report);
    return done;
  }

  async function write(clientIds: readonly string[], work: () => Promise<void>) {
    for (const id of clientIds) unsettled.set(id, (unsettled.get(id) ?? 0) + 1);
    await inLine(work);
    for (const id of clientIds) {
      const writes = (unsettled.get(id) ?? 1) - 1;
      if (writes > 0) unsettled.set(id, writes);
      else unsettled.delete(id);
    }
    announce();
  }

  /** What this tab has changed and not written yet is newer than the shelf. */
  function reload(): Promise<void> {
    return inLine(async () => {
      const askedFor = visitor;
      const shelved = await shelf.all();
      if (askedFor !== visitor) return;
      const isOurs = ({ clientId }: OutboxItem) => unsettled.has(clientId);
      show([...shelved.filter((item) => !isOurs(item)), ...items.filter(isOurs)]);
    });
  }

  async function arrived(item: OutboxItem, conversationId: string | null) {
    const { task } = item;
    // The reply and the log tell of it both.
    if (arriving.has(item.clientId)) return;
    arriving.add(item.clientId);
    const askedFor = visitor;
    if (conversationId !== null && task.kind === 'message' && task.draftId !== null) {
      const behind = items.filter((other) => other.clientId !== item.clientId);
      // Before the first one goes: a page that dies in between must not start a second conversation.
      await put(placed(behind, task.draftId, conversationId));
    }
    if (task.kind === 'message') await put(passed(items, item, conversationId));
    if (!closed && askedFor === visitor) onDelivered(item, conversationId);
    await take(item.clientId);
    arriving.delete(item.clientId);
  }

  async function attempt(item: OutboxItem) {
    const askedFor = visitor;
    const outcome = await deliver(item);
    const now = askedFor === visitor && current(item);
    // Confirmed by the log or deleted while the request was under way.
    if (!now || closed) return;
    if (outcome.ok) await arrived(now, outcome.conversationId);
    else await failed(now, outcome.error);
  }

  async function failed(item: OutboxItem, error: ErrorCode) {
    const changed = afterFailure(items, item, error, clock.nowMs());
    if (!changed) return take(item.clientId);
    restUntilMs.set(item.clientId, clock.nowMs() + backoffMs(item.tries + 1, random()));
    await put(changed);
  }

  function current({ clientId }: OutboxItem): OutboxItem | undefined {
    return items.find((item) => item.clientId === clientId && item.state === 'pending');
  }

  async function step(waiting: readonly OutboxItem[]) {
    const restMs = (item: OutboxItem) => (restUntilMs.get(item.clientId) ?? 0) - clock.nowMs();
    const ready = waiting.find((item) => restMs(item) <= 0);
    if (!ready) return rest(Math.min(...waiting.map(restMs)));
    // Before its turn is taken: a tab without a connection must not keep the others from sending.
    const isConnected = await connected();
    const now = current(ready);
    if (!now || closed) return;
    if (!isConnected) return failed(now, 'unavailable');
    await exclusively(async () => {
      // Another tab may have sent it; not one that is just being written.
      if (!unsettled.has(now.clientId)) await reload();
      const next = current(now);
      if (next && !closed) await attempt(next);
    });
  }

  async function pump() {
    if (pumping) return;
    pumping = true;
    try {
      for (;;) {
        const waiting = nextItems(items);
        if (closed || waiting.length === 0) break;
        await step(waiting);
      }
    } finally {
      pumping = false;
    }
  }

  function send() {
    pump().catch(report);
  }

  function rest(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(delayMs, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  }

  function nudge() {
    restUntilMs.clear();
    wake();
    send();
  }

  function drop() {
    visitor += 1;
    restUntilMs.clear();
    shelf.drop();
    show([]);
    wake();
  }

  return {
    items: () => items,
    async add(clientId, task, state = 'pending') {
      if (items.some((item) => item.clientId === clientId)) return;
      const composedAtMs = clock.nowMs();
      lastOrder = Math.max(composedAtMs, lastOrder + 1);
      // It goes out while it is written: whichever is first, a page that dies then has lost nothing.
      const written = put([
        {
          clientId,
          order: lastOrder,
          task,
          composedAtMs,
          tries: 0,
          firstTryAtMs: null,
          state,
          error: null,
        },
      ]);
      wake();
      send();
      await written;
    },
    async retry(clientId) {
      await put(retried(items, clientId));
      nudge();
    },
    remove: take,
    async change(clientId, change) {
      const item = items.find((other) => other.clientId === clientId);
      if (!item) return;
      const changed = change(item);
      await (changed ? put([changed]) : take(clientId));
      wake();
      send();
    },
    async confirm(clientId, conversationId) {
      const item = items.find((other) => other.clientId === clientId);
      if (item) await arrived(item, conversationId);
    },
    async reload() {
      await reload();
      for (const { clientId, state, composedAtMs } of items) {
        if (state === 'held' && clock.nowMs() - composedAtMs > heldMs) await take(clientId);
      }
      wake();
      send();
    },
    nudge,
    drop,
    async forget() {
      drop();
      await shelf.forget();
    },
    close() {
      closed = true;
      wake();
    },
  };
}
