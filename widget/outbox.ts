import { type ErrorCode, errorTable } from '../shared/errors.ts';
import type { Score } from '../shared/model/survey.ts';
import type { Clock } from './page/clock.ts';

/** What the visitor did that the server must hear of, over page loads and lost networks. */
export type OutboxTask =
  | {
      kind: 'message';
      text: string;
      /** Null while the conversation does not exist: the first message of a draft starts it. */
      conversationId: string | null;
      draftId: string | null;
    }
  | { kind: 'survey_answer'; conversationId: string; surveyId: string; score: Score; comment: string }
  | { kind: 'survey_dismiss'; conversationId: string; surveyId: string }
  | { kind: 'cobrowse_stop'; sessionId: string };

export type MessageTask = Extract<OutboxTask, { kind: 'message' }>;

export interface OutboxItem {
  /** The same in every repeat: the server keeps one entry for it. */
  clientId: string;
  /** Grows in the order of composing. */
  order: number;
  task: OutboxTask;
  composedAtMs: number;
  tries: number;
  firstTryAtMs: number | null;
  /** `failed` waits for the visitor: retry or delete. Only messages fail visibly. */
  state: 'pending' | 'failed';
  error: ErrorCode | null;
}

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

/** A message is called failed after so many tries … */
export const triesBeforeFailed = 3;
/** … and not before so long: a server that restarts is back by then. */
export const patienceMs = 20_000;
const firstBackoffMs = 1_000;
const longestBackoffMs = 30_000;

/** Pause after the nth try: doubles from 1 s to 30 s, with up to half of it taken off at random. */
export function backoffMs(tries: number, random: number): number {
  const full = Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.max(0, tries - 1));
  return full * (1 - random / 2);
}

/** Items of one line are sent one after the other; lines do not wait for each other. */
function lineOf({ task, clientId }: OutboxItem): string {
  if (task.kind === 'message') return task.conversationId ?? task.draftId ?? clientId;
  return clientId;
}

/** The identical request may still succeed, or has succeeded without our hearing of it. */
export function isUnsure(error: ErrorCode | null): boolean {
  return error !== null && errorTable[error]?.retryable === true;
}

/** First pending item of every line, oldest first. */
export function nextItems(items: readonly OutboxItem[]): OutboxItem[] {
  const lines = new Map<string, OutboxItem>();
  for (const item of inOrder(items)) {
    if (item.state === 'pending' && !lines.has(lineOf(item))) lines.set(lineOf(item), item);
  }
  return [...lines.values()];
}

export function inOrder(items: readonly OutboxItem[]): OutboxItem[] {
  return [...items].sort((a, b) => a.order - b.order || (a.clientId < b.clientId ? -1 : 1));
}

/**
 * The items that change after a refused or unanswered try. A message that failed without a clear refusal may stand on
 * the server: messages behind it in a conversation that does not exist yet fail with it, so that they cannot start a
 * second one. Other tasks are tried again for ever, or dropped (`null`) when the server refuses them for good.
 */
export function afterFailure(
  items: readonly OutboxItem[],
  item: OutboxItem,
  error: ErrorCode,
  nowMs: number,
): OutboxItem[] | null {
  const tried: OutboxItem = {
    ...item,
    tries: item.tries + 1,
    firstTryAtMs: item.firstTryAtMs ?? nowMs,
    error,
  };
  if (tried.task.kind !== 'message') return isUnsure(error) ? [tried] : null;
  const isTired = tried.tries >= triesBeforeFailed && nowMs - (tried.firstTryAtMs ?? nowMs) >= patienceMs;
  if (isUnsure(error) && !isTired) return [tried];
  const failed: OutboxItem = { ...tried, state: 'failed' };
  if (tried.task.conversationId !== null || !isUnsure(error)) return [failed];
  const behind = items.filter(
    (other) =>
      other.clientId !== item.clientId && other.state === 'pending' && lineOf(other) === lineOf(item),
  );
  return [failed, ...behind.map((other): OutboxItem => ({ ...other, state: 'failed', error }))];
}

/** Items to send again: the one, and all of its line while its conversation does not exist. */
export function retried(items: readonly OutboxItem[], clientId: string): OutboxItem[] {
  const item = items.find((other) => other.clientId === clientId);
  if (!item) return [];
  const wholeLine = item.task.kind === 'message' && item.task.conversationId === null;
  return items
    .filter((other) => other.clientId === clientId || (wholeLine && lineOf(other) === lineOf(item)))
    .map((other): OutboxItem => ({ ...other, state: 'pending', tries: 0, firstTryAtMs: null, error: null }));
}

/** Messages of a draft once its conversation exists. */
export function placed(items: readonly OutboxItem[], draftId: string, conversationId: string): OutboxItem[] {
  const moved: OutboxItem[] = [];
  for (const item of items) {
    const { task } = item;
    if (task.kind === 'message' && task.draftId === draftId && task.conversationId === null) {
      moved.push({ ...item, task: { ...task, conversationId } });
    }
  }
  return moved;
}

export interface Outbox {
  items(): readonly OutboxItem[];
  add(clientId: string, task: OutboxTask): Promise<void>;
  retry(clientId: string): Promise<void>;
  remove(clientId: string): Promise<void>;
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
      await reload();
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
    async add(clientId, task) {
      if (items.some((item) => item.clientId === clientId)) return;
      const composedAtMs = clock.nowMs();
      lastOrder = Math.max(composedAtMs, lastOrder + 1);
      await put([
        {
          clientId,
          order: lastOrder,
          task,
          composedAtMs,
          tries: 0,
          firstTryAtMs: null,
          state: 'pending',
          error: null,
        },
      ]);
      wake();
      send();
    },
    async retry(clientId) {
      await put(retried(items, clientId));
      nudge();
    },
    remove: take,
    async confirm(clientId, conversationId) {
      const item = items.find((other) => other.clientId === clientId);
      if (item) await arrived(item, conversationId);
    },
    async reload() {
      await reload();
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
