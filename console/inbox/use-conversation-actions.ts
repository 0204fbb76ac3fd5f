import type { Refusal } from '../../shared/errors.ts';
import type { ConversationStatus } from '../../shared/model/conversation.ts';
import { useConsole } from '../console-context.ts';
import type { Conversation } from '../conversations.ts';
import { refusalWords } from '../refusal-words.ts';

export interface ConversationActions {
  /** As the agent wants it, before the server has answered. */
  status: ConversationStatus;
  setStatus(status: ConversationStatus): Promise<void>;
  assign(agentId: string | null): Promise<void>;
  askToSee(): Promise<void>;
}

/** What an agent does with a conversation; a refusal is told in a toast. */
export function useConversationActions(item: Conversation): ConversationActions {
  const { store, toasts } = useConsole();
  const { conversations } = store;
  const status = item.wantedStatus.value ?? item.row.value?.conversation.status ?? 'open';
  const tellRefusal = (what: string, refusal: Refusal) =>
    toasts.tell(`${what} ${refusalWords(refusal)}`, { tone: 'danger' });

  async function setStatus(next: ConversationStatus) {
    const before = status;
    const told = conversations.setStatus(item.id, next);
    toasts.tell(next === 'resolved' ? 'Resolved.' : 'Reopened.', {
      undo: () => void conversations.setStatus(item.id, before),
    });
    const refusal = await told;
    if (refusal) tellRefusal(next === 'resolved' ? 'Not resolved.' : 'Not reopened.', refusal);
  }

  async function assign(agentId: string | null) {
    const before = item.row.value?.conversation.assignee?.id ?? null;
    if (before === agentId) return;
    const refusal = await conversations.assign(item.id, agentId);
    if (refusal) return tellRefusal('Not assigned.', refusal);
    const name = item.row.value?.conversation.assignee?.name;
    const words =
      agentId === null
        ? 'Nobody is assigned now.'
        : `Assigned to ${agentId === store.agent.value?.id ? 'you' : name}.`;
    toasts.tell(words, { undo: () => void conversations.assign(item.id, before) });
  }

  return {
    status,
    setStatus,
    assign,
    async askToSee() {
      const refusal = await conversations.askToSee(item.id);
      if (refusal) tellRefusal('The visitor was not asked.', refusal);
    },
  };
}
