import {
  applyEntry,
  type ConversationState,
  type Entry,
  type EntryKind,
  type EntryPayloads,
  newConversation,
  type Sender,
} from '../../../shared/model/conversation.ts';

export const conversationId = 'cnv_1';
export const visitor: Sender = { role: 'visitor', id: 'vis_1', name: null };
export const ada: Sender = { role: 'agent', id: 'agt_ada', name: 'Ada', color: '#0072b2' };
export const system: Sender = { role: 'system' };

type EntryOf<K extends EntryKind> = Extract<Entry, { kind: K }>;

export function entry<K extends EntryKind>(
  seq: number,
  sender: Sender,
  kind: K,
  payload: EntryPayloads[K],
): EntryOf<K> {
  const clientId = `client-id-of-seq-${seq}`;
  return { conversationId, seq, kind, clientId, sender, payload, atMs: seq * 1_000 } as EntryOf<K>;
}

export const says = (seq: number, sender: Sender, text: string) => entry(seq, sender, 'message', { text });

export const emptyState: ConversationState = newConversation({
  id: conversationId,
  siteId: 'sit_1',
  visitorId: 'vis_1',
  createdAtMs: 0,
});

/** The state that follows from a log, as the server keeps it. */
export const stateAfter = (entries: readonly Entry[]): ConversationState =>
  entries.reduce(applyEntry, emptyState);
