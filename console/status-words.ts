import type { ConversationStatus } from '../shared/model/conversation.ts';

export const statusWords: Record<ConversationStatus, string> = {
  open: 'Open',
  snoozed: 'Snoozed',
  closed: 'Closed',
};
