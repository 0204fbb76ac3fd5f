import { ChevronRight, MonitorUp } from 'lucide';
import type { SiteConfig } from '../../shared/model/site.ts';
import type { Actions } from '../actions.ts';
import { unreadCount } from '../conversation-log.ts';
import { logsByActivity, type WidgetState } from '../store.ts';
import { texts } from '../texts.ts';
import { Icon } from '../ui/icon.tsx';
import { shortTime } from '../ui/times.ts';

/** Conversations listed on the first view. */
const mostListed = 4;

export interface FirstViewProps {
  state: WidgetState;
  config: SiteConfig;
  actions: Actions;
}

export function FirstView({ state, config, actions }: FirstViewProps) {
  const logs = logsByActivity(state).slice(0, mostListed);
  const isAway = state.agents?.length === 0;
  const canShow = (state.agents?.length ?? 0) > 0 && state.cobrowse === null;
  return (
    <div class="home">
      {isAway && config.texts.away && (
        <p class="notice-card" dir="auto">
          {config.texts.away}
        </p>
      )}
      {logs.length > 0 && (
        <section class="card" aria-label={texts.recent}>
          <h3>{texts.recent}</h3>
          <ul>
            {logs.map(({ state: conversation }) => (
              <ConversationLine
                key={conversation.id}
                site={config.name}
                conversation={conversation}
                unread={unreadCount(conversation, state.readHere[conversation.id])}
                onOpen={() => actions.show({ at: 'conversation', conversationId: conversation.id })}
              />
            ))}
          </ul>
        </section>
      )}
      {canShow && (
        <button type="button" class="card show-page" onClick={actions.offerCobrowse}>
          <span class="mark">
            <Icon of={MonitorUp} size={22} />
          </span>
          <span class="words">
            <b dir="auto">{texts.showPage}</b>
            <span dir="auto">{texts.showPageMore}</span>
          </span>
          <span class="flip">
            <Icon of={ChevronRight} />
          </span>
        </button>
      )}
    </div>
  );
}

type Conversation = WidgetState['logs'][string]['state'];

interface ConversationLineProps {
  /** Stands for the agent while nobody is in charge. */
  site: string;
  conversation: Conversation;
  unread: number;
  onOpen(): void;
}

function ConversationLine({ site, conversation, unread, onOpen }: ConversationLineProps) {
  const { lastMessage, assignee, status } = conversation;
  const preview = lastMessage?.preview ?? '';
  return (
    <li>
      <button type="button" class={unread > 0 ? 'line unread' : 'line'} onClick={onOpen}>
        <span class="words">
          <b dir="auto">{assignee?.name ?? site}</b>
          <span class="preview" dir="auto">
            {lastMessage?.role === 'visitor' ? texts.youSaid(preview) : preview}
          </span>
        </span>
        <span class="side">
          {lastMessage && <time>{shortTime(lastMessage.atMs, Date.now())}</time>}
          {unread > 0 && (
            <span class="count-badge" role="img" aria-label={texts.unread(unread)}>
              {unread > 99 ? '99+' : unread}
            </span>
          )}
          {unread === 0 && status === 'resolved' && <span>{texts.resolved}</span>}
        </span>
      </button>
    </li>
  );
}
