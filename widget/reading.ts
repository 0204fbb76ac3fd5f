import type { ConversationState } from '../shared/model/conversation.ts';

/** What of a conversation the visitor has newly read when its end is on screen; null when nothing. */
export function readUpTo(
  state: ConversationState,
  facts: { isOnScreen: boolean; isTabVisible: boolean; readHereSeq: number },
): number | null {
  if (!facts.isOnScreen || !facts.isTabVisible) return null;
  const newest = state.unreadByVisitor.at(-1) ?? 0;
  return newest > Math.max(state.visitorReadSeq, facts.readHereSeq) ? newest : null;
}
