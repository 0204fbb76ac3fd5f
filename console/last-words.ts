import type { ConversationState } from '../shared/model/conversation.ts';
import { plainText } from '../shared/model/message-format.ts';

/** What stands for a conversation in a list: the last message, in words without marks. */
export function lastWords(last: ConversationState['lastMessage']): string {
  if (last === null) return 'No message yet';
  return last.preview === '' ? 'Message deleted' : plainText(last.preview);
}
