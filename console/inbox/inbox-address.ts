import type { ConversationStatus } from '../../shared/model/conversation.ts';

/** Address of a list, or of a conversation beside it. */
export function inboxAddress(status: ConversationStatus, conversationId?: string): string {
  const path = conversationId === undefined ? '/console/inbox' : `/console/inbox/${conversationId}`;
  return status === 'open' ? path : `${path}?list=${status}`;
}
