import { ChevronDown, SquarePen } from 'lucide';
import { useState } from 'preact/hooks';
import type { ConversationState } from '../../../shared/model/conversation.ts';
import type { Actions } from '../../actions.ts';
import { unreadCount } from '../../conversation-log.ts';
import { randomId } from '../../random-id.ts';
import { logsByActivity, type WidgetState } from '../../store.ts';
import * as texts from '../../texts.ts';
import { Icon } from '../../ui/icon.tsx';
import { shortTime } from '../../ui/times.ts';

/** Conversations in sight at first, and with each "Show more". */
const listedAtOnce = 4;

const words = {
  recent: 'Your conversations',
  youSaid: (text: string) => `You: ${text}`,
  newOne: 'New',
  newConversation: 'New conversation',
  more: (left: number) => `Show ${left} more`,
  closed: 'Closed',
  open: 'Open',
  nothingYet: 'No messages yet',
};

export interface ConversationListProps {
  state: WidgetState;
  /** Stands for the agent while nobody is in charge. */
  site: string;
  actions: Pick<Actions, 'show'>;
}

/** Every conversation of the visitor, the one with the newest word first; the way to begin another. */
export function ConversationList({ state, site, actions }: ConversationListProps) {
  const [limit, setLimit] = useState(listedAtOnce);
  const logs = logsByActivity(state);
  const left = logs.length - limit;
  return (
    <section class="card" aria-label={words.recent}>
      <div class="card-head">
        <h3>{words.recent}</h3>
        <button
          type="button"
          class="card-action"
          aria-label={words.newConversation}
          title={words.newConversation}
          onClick={() => actions.show({ at: 'draft', draftId: randomId() })}
        >
          <Icon of={SquarePen} size={16} />
          {words.newOne}
        </button>
      </div>
      <ul>
        {logs.slice(0, limit).map(({ state: conversation }) => (
          <ConversationLine
            key={conversation.id}
            site={site}
            conversation={conversation}
            unread={unreadCount(conversation, state.readHere[conversation.id])}
            onOpen={() => actions.show({ at: 'conversation', conversationId: conversation.id })}
          />
        ))}
      </ul>
      {left > 0 && (
        <button type="button" class="card-action more-lines" onClick={() => setLimit(limit + listedAtOnce)}>
          {words.more(Math.min(left, listedAtOnce))}
          <Icon of={ChevronDown} size={16} />
        </button>
      )}
    </section>
  );
}

interface ConversationLineProps {
  site: string;
  conversation: ConversationState;
  unread: number;
  onOpen(): void;
}

function ConversationLine({ site, conversation, unread, onOpen }: ConversationLineProps) {
  const { lastMessage, assignee, status, createdAtMs } = conversation;
  const preview = lastMessage ? lastMessage.preview || texts.deleted : words.nothingYet;
  return (
    <li>
      <button type="button" class={unread > 0 ? 'line unread' : 'line'} onClick={onOpen}>
        <span class="words">
          <b dir="auto">{assignee?.name ?? site}</b>
          <span class="preview" dir="auto">
            {lastMessage?.role === 'visitor' ? words.youSaid(preview) : preview}
          </span>
        </span>
        <span class="side">
          <time dir="auto">{shortTime(lastMessage?.atMs ?? createdAtMs, Date.now())}</time>
          {unread > 0 ? (
            <span class="count-badge" role="img" aria-label={texts.unread(unread)}>
              {unread > 99 ? '99+' : unread}
            </span>
          ) : (
            <span>{status === 'closed' ? words.closed : words.open}</span>
          )}
        </span>
      </button>
    </li>
  );
}

export const styles = `
.card h3{padding:var(--rapport-space-3) var(--rapport-space-4) 4px;font-size:var(--rapport-size-13);font-weight:650;color:var(--rapport-muted)}
.card li:last-child{padding-bottom:4px}
.line{border-radius:var(--rapport-radius-card)}
.preview{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.unread .preview,.unread b{font-weight:700;color:var(--rapport-text)}
.side{flex:none;display:flex;flex-direction:column;align-items:flex-end;gap:4px;font-size:var(--rapport-size-12);line-height:16px;color:var(--rapport-muted);font-variant-numeric:tabular-nums}
.count-badge{min-width:20px;padding:0 6px;border-radius:10px;line-height:20px;text-align:center;font-weight:700;background:var(--rapport-accent);color:var(--rapport-on-accent)}
.card-head{display:flex;align-items:center;justify-content:space-between;gap:var(--rapport-space-2);padding-inline-end:var(--rapport-space-2)}
.card-head>h3{padding-bottom:var(--rapport-space-2)}
.card-action{display:flex;align-items:center;gap:6px;min-height:32px;padding:0 10px;border-radius:16px;font-size:var(--rapport-size-13);font-weight:600;color:var(--rapport-accent-text);white-space:nowrap}
.card-action:hover{background:var(--rapport-raised)}
.more-lines{margin:0 auto 6px}
@media (pointer:coarse){.card-action{min-height:44px}}
`;
