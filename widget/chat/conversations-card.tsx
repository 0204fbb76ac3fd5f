import { Late } from '../ui/late.tsx';
import type { ChatParts } from './chat-parts.ts';
import type { ConversationListProps } from './list/conversation-list.tsx';

/** The list of conversations, for a visitor who has some. */
export function ConversationsCard({ list, ...props }: ConversationListProps & Pick<ChatParts, 'list'>) {
  if (Object.keys(props.state.logs).length === 0) return null;
  return <Late part={list}>{({ ConversationList }) => <ConversationList {...props} />}</Late>;
}
