import type { Entry } from '../shared/model/conversation.ts';
import type { InboxRow } from '../shared/wire.ts';
import type { AgentConnection } from './agent-connection.ts';
import { newClientId } from './random-id.ts';

/** What arrives within this time is told together; what is read meanwhile need not be told. */
const gatherMs = 400;

export interface DeliveryReceipts {
  /** This console holds the visitor's messages up to `seq`. */
  note(conversationId: string, seq: number): void;
  /** What a row that was fetched holds and nobody has received before. */
  noteRow(row: InboxRow): void;
  close(): void;
}

/** Tells visitors that their messages have reached an agent: once for each conversation, whichever console is first. */
export function createDeliveryReceipts(parts: {
  connection: Pick<AgentConnection, 'request'>;
  isOnline(): boolean;
  row(id: string): InboxRow | null;
  receive(entry: Entry): void;
}): DeliveryReceipts {
  const due = new Map<string, number>();
  const told = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isTelling = false;
  let closed = false;

  function note(conversationId: string, seq: number) {
    if ((told.get(conversationId) ?? 0) >= seq) return;
    due.set(conversationId, Math.max(seq, due.get(conversationId) ?? 0));
    if (!isTelling && !closed) timer ??= setTimeout(() => void tell(), gatherMs);
  }

  async function tell() {
    timer = undefined;
    isTelling = true;
    // One at a time: after a reconnect there may be a whole page of them.
    for (let next = due.entries().next(); !next.done && !closed; next = due.entries().next()) {
      const [conversationId, seq] = next.value;
      due.delete(conversationId);
      const state = parts.row(conversationId)?.conversation;
      if (state && Math.max(state.agentDeliveredSeq, state.agentReadSeq) >= seq) continue;
      // A reconnect finds it again.
      if (!parts.isOnline()) continue;
      told.set(conversationId, seq);
      const reply = await parts.connection.request('conversation:delivered', {
        conversationId,
        clientId: newClientId(),
        seq,
      });
      if (!reply.ok) told.delete(conversationId);
      else if (reply.entry && !closed) parts.receive(reply.entry);
    }
    isTelling = false;
  }

  return {
    note,
    noteRow({ conversation }) {
      const seq = conversation.unreadByAgents.at(-1) ?? 0;
      if (seq > Math.max(conversation.agentDeliveredSeq, conversation.agentReadSeq))
        note(conversation.id, seq);
    },
    close() {
      closed = true;
      clearTimeout(timer);
      due.clear();
    },
  };
}
