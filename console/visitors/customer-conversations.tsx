import { type ConversationState, lastActivityMs } from '../../shared/model/conversation.ts';
import { lastWords } from '../last-words.ts';
import { statusWords } from '../status-words.ts';
import { TimeText } from '../ui/time-text.tsx';

export function CustomerConversations({ conversations }: { conversations: readonly ConversationState[] }) {
  return (
    <section class="card customer-card" aria-label="Conversations">
      <h2>Conversations</h2>
      {conversations.length === 0 ? <p class="muted">None yet.</p> : null}
      <ul class="customer-list">
        {conversations.map((conversation) => (
          <li key={conversation.id}>
            <a class="customer-item" href={`/console/inbox/${conversation.id}`}>
              <bdi class="ellipsis">{lastWords(conversation.lastMessage)}</bdi>
              <span class="muted">
                <TimeText atMs={lastActivityMs(conversation)} />
              </span>
              <span class="customer-detail muted">
                {[
                  statusWords[conversation.status],
                  ...(conversation.status === 'open' && conversation.waitingSinceMs !== null
                    ? ['waits for an answer']
                    : []),
                  ...(conversation.assignee ? [conversation.assignee.name] : []),
                  ...(conversation.team ? [`team ${conversation.team.name}`] : []),
                ].join(' · ')}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
