import {
  ArrowLeft,
  CircleCheck,
  MonitorUp,
  PanelRight,
  RotateCcw,
  ScreenShare,
  UserRound,
  UserRoundX,
} from 'lucide';
import { visitorName } from '../../shared/model/visitor.ts';
import type { InboxRow } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import type { Conversation } from '../conversations.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, type MenuChoice } from '../ui/menu.tsx';
import { pageName } from './page-name.ts';
import type { ConversationActions } from './use-conversation-actions.ts';
import './conversation-header.css';

export interface ConversationHeaderProps {
  item: Conversation;
  row: InboxRow;
  actions: ConversationActions;
  backAddress: string;
  onPanel: () => void;
  onStatus: () => void;
}

export function ConversationHeader({
  item,
  row,
  actions,
  backAddress,
  onPanel,
  onStatus,
}: ConversationHeaderProps) {
  const { visitor } = row;
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
        <AssignTool row={row} actions={actions} />
        {actions.status === 'open' ? (
          <Button look="primary" icon={CircleCheck} keys="e" label="Resolve" onClick={onStatus}>
            <span class="conversation-tool-words">Resolve</span>
          </Button>
        ) : (
          <Button icon={RotateCcw} keys="e" label="Reopen" onClick={onStatus}>
            <span class="conversation-tool-words">Reopen</span>
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
      onClick={() => void actions.askToSee()}
    >
      <span class="conversation-tool-words">{phase === 'requested' ? 'Asked…' : 'Ask to see the page'}</span>
    </Button>
  );
}

function AssignTool({ row, actions }: Pick<ConversationHeaderProps, 'row' | 'actions'>) {
  const { store, toasts } = useConsole();
  const me = store.agent.value;
  const assignee = row.conversation.assignee;
  const isMine = assignee !== null && assignee.id === me?.id;
  const name = assignee === null ? 'Assign' : isMine ? 'You' : assignee.name;
  const others = (store.team.value ?? []).filter((member) => member.id !== me?.id);
  const choices: MenuChoice[] = [
    ...(me
      ? [
          {
            id: me.id,
            name: 'Me',
            words: <MemberWords name="Assign to me" avatarName={me.name} color={me.color} />,
            checked: isMine,
            onChoose: () => void actions.assign(me.id),
          },
        ]
      : []),
    ...others.map((member) => ({
      id: member.id,
      name: member.name,
      words: (
        <MemberWords
          name={member.name}
          avatarName={member.name}
          color={member.color}
          online={member.online}
        />
      ),
      checked: assignee?.id === member.id,
      onChoose: () => void actions.assign(member.id),
    })),
    {
      id: 'nobody',
      words: 'Nobody',
      icon: UserRoundX,
      checked: assignee === null,
      onChoose: () => void actions.assign(null),
    },
  ];
  return (
    <Menu
      label="Assign to"
      align="end"
      onOpen={() => {
        void store.loadTeam().then((refusal) => {
          if (refusal) toasts.tell('The team did not load; open the list again.', { tone: 'danger' });
        });
      }}
      button={{
        icon: UserRound,
        label: assignee === null ? 'Assign' : `Assigned to ${name}`,
        children: <span class="conversation-tool-words conversation-assignee ellipsis">{name}</span>,
      }}
      choices={choices}
    />
  );
}

interface MemberWordsProps {
  name: string;
  avatarName: string;
  color: string;
  online?: boolean;
}

function MemberWords({ name, avatarName, color, online }: MemberWordsProps) {
  return (
    <span class="member-words">
      <Avatar name={avatarName} color={color} sizePx={20} />
      <bdi class="ellipsis">{name}</bdi>
      {online === undefined ? null : <span class="muted">{online ? 'online' : 'away'}</span>}
    </span>
  );
}
