import type { Entry } from '../shared/model/conversation.ts';
import type { Connection } from './connection.ts';
import { randomId } from './random-id.ts';
import { readUpTo } from './reading.ts';
import type { Store } from './store.ts';
import type { Tabs } from './tabs.ts';

/** What the visitor has read: here at once, in the other tabs, and at the server when it can be reached. */
export interface Reads {
  /** The end of this conversation is on screen. */
  read(conversationId: string): void;
  /** Seen in another tab. */
  note(conversationId: string, seq: number): void;
  /** After a connect: what the server has not heard of. */
  tellAll(): void;
}

export function createReads(parts: {
  store: Store;
  connection: Pick<Connection, 'request' | 'isOnline'>;
  tabs: Pick<Tabs, 'tell'>;
  isTabVisible(): boolean;
  onEntry(entry: Entry, epoch: string): void;
}): Reads {
  const { store, connection, tabs } = parts;

  function note(conversationId: string, seq: number) {
    const { readHere } = store.get();
    if ((readHere[conversationId] ?? 0) < seq)
      store.change({ readHere: { ...readHere, [conversationId]: seq } });
  }

  async function tell(conversationId: string, seq: number) {
    const log = store.get().logs[conversationId];
    if (!log || log.state.visitorReadSeq >= seq || !connection.isOnline()) return;
    const reply = await connection.request('conversation:read', {
      conversationId,
      clientId: randomId(),
      seq,
    });
    const { epoch } = store.get();
    if (reply.ok && reply.entry && epoch !== null) parts.onEntry(reply.entry, epoch);
  }

  return {
    note,
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
      void tell(conversationId, seq);
    },
    tellAll() {
      for (const [id, seq] of Object.entries(store.get().readHere)) void tell(id, seq);
    },
  };
}
