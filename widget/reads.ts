import type { Entry } from '../shared/model/conversation.ts';
import type { Connection } from './connection.ts';
import type { Clock } from './page/clock.ts';
import { randomId } from './random-id.ts';
import { readUpTo } from './reading.ts';
import type { Store } from './store.ts';
import type { Tabs } from './tabs.ts';

/** What is not read within this is told as delivered; reading tells of both. */
const readAtOnceMs = 1_500;

/** What the visitor has read and got: here at once, in the other tabs, and at the server when it can be reached. */
export interface Reads {
  /** The end of this conversation is on screen. */
  read(conversationId: string): void;
  /** Seen in another tab. */
  note(conversationId: string, seq: number): void;
  /** Messages of this conversation have reached this browser. */
  arrived(conversationId: string): void;
  /** Another tab has told the server that they have. */
  noteDelivered(conversationId: string, seq: number): void;
  /** After a connect: what the server has not heard of. */
  tellAll(): void;
}

export function createReads(parts: {
  store: Store;
  connection: Pick<Connection, 'request' | 'isOnline'>;
  tabs: Pick<Tabs, 'tell' | 'exclusively'>;
  clock: Clock;
  isTabVisible(): boolean;
  onEntry(entry: Entry, epoch: string): void;
}): Reads {
  const { store, connection, tabs, clock } = parts;
  /** By conversation: told as delivered, here or in another tab. */
  const told = new Map<string, number>();
  const soon = new Set<string>();

  function note(conversationId: string, seq: number) {
    const { readHere } = store.get();
    if ((readHere[conversationId] ?? 0) < seq)
      store.change({ readHere: { ...readHere, [conversationId]: seq } });
  }

  /** Tells the server; false when that did not work. */
  async function request(
    name: 'conversation:read' | 'conversation:delivered',
    conversationId: string,
    seq: number,
  ): Promise<boolean> {
    const reply = await connection.request(name, { conversationId, clientId: randomId(), seq });
    const { epoch } = store.get();
    if (reply.ok && reply.entry && epoch !== null) parts.onEntry(reply.entry, epoch);
    return reply.ok;
  }

  function tell(conversationId: string, seq: number) {
    const log = store.get().logs[conversationId];
    if (!log || log.state.visitorReadSeq >= seq || !connection.isOnline()) return;
    void request('conversation:read', conversationId, seq);
  }

  /** The newest message of an agent's that nobody knows to be here yet; 0 without one. */
  function untold(conversationId: string): number {
    const { logs, readHere } = store.get();
    const state = logs[conversationId]?.state;
    const newest = state?.unreadByVisitor.at(-1) ?? 0;
    const known = [state?.visitorDeliveredSeq, readHere[conversationId], told.get(conversationId)];
    return known.every((seq = 0) => seq < newest) ? newest : 0;
  }

  function noteDelivered(conversationId: string, seq: number) {
    told.set(conversationId, Math.max(seq, told.get(conversationId) ?? 0));
  }

  async function tellDelivered(conversationId: string) {
    const seq = untold(conversationId);
    if (seq === 0 || !connection.isOnline()) return;
    noteDelivered(conversationId, seq);
    tabs.tell({ type: 'delivered', conversationId, seq });
    // Told again after the next connect.
    if (!(await request('conversation:delivered', conversationId, seq))) told.delete(conversationId);
  }

  function arrived(conversationId: string) {
    if (untold(conversationId) === 0 || soon.has(conversationId)) return;
    soon.add(conversationId);
    clock.after(readAtOnceMs, () => {
      soon.delete(conversationId);
      // One tab after the other: the first one tells the others.
      if (untold(conversationId) > 0) void tabs.exclusively(() => tellDelivered(conversationId));
    });
  }

  return {
    note,
    arrived,
    noteDelivered,
    read(conversationId) {
      const { logs, panel, readHere } = store.get();
      const log = logs[conversationId];
      const seq =
        log &&
        readUpTo(log.state, {
          isOnScreen: panel === 'open',
          isTabVisible: parts.isTabVisible(),
          readHereSeq: readHere[conversationId] ?? 0,
        });
      if (!seq) return;
      note(conversationId, seq);
      tabs.tell({ type: 'read', conversationId, seq });
      tell(conversationId, seq);
    },
    tellAll() {
      for (const [id, seq] of Object.entries(store.get().readHere)) tell(id, seq);
      for (const id of Object.keys(store.get().logs)) arrived(id);
    },
  };
}
