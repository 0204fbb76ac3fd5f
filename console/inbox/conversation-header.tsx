import { ArrowLeft, BadgeCheck, CircleCheck, MonitorUp, PanelRight, RotateCcw, ScreenShare } from 'lucide';
import { visitorName } from '../../shared/model/visitor.ts';
import type { InboxRow } from '../../shared/wire.ts';
import type { Conversation } from '../conversation-item.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { pageName } from './page-name.ts';
import type { ConversationActions } from './use-conversation-actions.ts';
import './conversation-header.css';

export interface ConversationHeaderProps {
  item: Conversation;
  /** As the agent wants it. */
  row: InboxRow;
  actions: ConversationActions;
  backAddress: string;
  onPanel: () => void;
}

export function ConversationHeader({ item, row, actions, backAddress, onPanel }: ConversationHeaderProps) {
  const { visitor, conversation } = row;
  return (
    <header class="conversation-header">
      <a
        class="button button-quiet button-icon conversation-back"
        href={backAddress}
        aria-label="Back to the list"
      >
        <Icon node={ArrowLeft} directional />
      </a>
      <div class="conversation-who">
        <h1>
          <bdi class="ellipsis">{visitorName(visitor)}</bdi>
          {visitor.verified ? (
            <span class="conversation-verified" title="The site vouches for this name and address">
              <Icon node={BadgeCheck} sizePx={14} />
              Verified
            </span>
          ) : null}
        </h1>
        <p class="conversation-where">
          <span class={visitor.online ? 'conversation-online' : ''}>
            {visitor.online ? 'Online' : 'Offline'}
          </span>
          {' · '}
          <bdi class="ellipsis">{pageName(visitor.page)}</bdi>
        </p>
      </div>
      <div class="conversation-tools">
        <CobrowseTool item={item} actions={actions} />
        {conversation.status === 'closed' ? (
          <Button icon={RotateCcw} keys="e" label="Reopen" onClick={actions.reopen}>
            <span class="conversation-tool-words">Reopen</span>
          </Button>
        ) : (
          <Button look="primary" icon={CircleCheck} keys="e" label="Close" onClick={actions.close}>
            <span class="conversation-tool-words">Close</span>
          </Button>
        )}
        <Button look="quiet" icon={PanelRight} keys="v" label="About the visitor" onClick={onPanel} />
      </div>
    </header>
  );
}

function CobrowseTool({ item, actions }: Pick<ConversationHeaderProps, 'item' | 'actions'>) {
  const session = item.cobrowse.value;
  const phase = session?.state.phase ?? 'ended';
  if (session && (phase === 'offered' || phase === 'active' || phase === 'waiting')) {
    return (
      <a
        class="button button-plain conversation-view-page"
        href={`/console/cobrowse/${session.id}`}
        aria-label="View page"
        title="View page"
      >
        <Icon node={ScreenShare} />
        <span class="conversation-tool-words">View page</span>
      </a>
    );
  }
  return (
    <Button
      icon={MonitorUp}
      label={phase === 'requested' ? 'Asked to see the page' : 'Ask to see the page'}
      disabled={phase === 'requested'}
      onClick={actions.askToSee}
    >
      <span class="conversation-tool-words">{phase === 'requested' ? 'Asked…' : 'Ask to see the page'}</span>
    </Button>
  );
}
