import type { ConversationState } from '../../shared/model/conversation.ts';

/**
 * Seq from which messages are new to the reader: the first one that was unread when the conversation came into view, or
 * that came while nobody looked. It stays until the reader leaves, although they are read by then.
 */
export function nextNewFrom(
  newFromSeq: number | null,
  state: Pick<ConversationState, 'unreadByVisitor'> | undefined,
  facts: { isLooking: boolean; readHereSeq: number },
): number | null {
  if (newFromSeq !== null || facts.isLooking) return newFromSeq;
  return state?.unreadByVisitor.find((seq) => seq > facts.readHereSeq) ?? null;
}
