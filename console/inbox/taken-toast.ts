import { refusalWords } from '../refusal-words.ts';
import type { Store } from '../store.ts';
import type { Toasts } from '../ui/toasts.ts';

/** Tells that an answer has made a conversation the agent's, to be taken back as any assignment. */
export function tellTaken(
  conversationId: string,
  { actions, conversations }: Pick<Store, 'actions' | 'conversations'>,
  toasts: Pick<Toasts, 'tell'>,
): void {
  // Sent and closed at once: what Undo takes back then is the closing.
  if (conversations.get(conversationId).shown.peek()?.conversation.status === 'closed') return;
  toasts.tell('Assigned to you.', {
    undo: async () => {
      const refusal = await actions.assign(conversationId, { agent: null });
      if (refusal) toasts.tell(`Not undone. ${refusalWords(refusal)}`, { tone: 'danger' });
    },
  });
}
