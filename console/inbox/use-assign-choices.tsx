import { Send, UserRoundX, UsersRound } from 'lucide';
import type { ComponentChildren } from 'preact';
import type { AgentPresence, TeamMember } from '../../shared/model/agent.ts';
import type { InboxRow } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Choice } from './choice-menu.tsx';
import type { ConversationActions } from './use-conversation-actions.ts';

const presenceOrder: Record<AgentPresence, number> = { online: 0, away: 1, offline: 2 };

/** Everybody and every team that a conversation can go to, those who are there first. */
export function useAssignChoices(
  { conversation }: InboxRow,
  actions: ConversationActions,
  onTransfer: () => void,
): { label: string; words: ComponentChildren; choices: Choice[] } {
  const { store } = useConsole();
  const me = store.agent.value;
  const { assignee, team, siteId } = conversation;
  const members = store.teamOf(siteId).value ?? [];
  const teams = store.workspaceOf(siteId).value?.teams ?? [];
  const isMine = assignee !== null && assignee.id === me?.id;
  const memberChoice = (member: TeamMember): Choice => {
    const isMe = member.id === me?.id;
    const open = member.openConversations;
    return {
      id: member.id,
      name: isMe ? `Me, ${member.name}` : member.name,
      words: <bdi class="ellipsis">{isMe ? 'Assign to me' : member.name}</bdi>,
      lead: <Avatar name={member.name} color={member.color} avatar={member.avatar} sizePx={20} />,
      detail: `${member.presence}${open > 0 ? `, ${open} open` : ''}`,
      checked: assignee?.id === member.id,
      onChoose: () => actions.assign({ agent: { id: member.id, name: member.name } }),
    };
  };
  const sorted = [...members].sort(
    (a, b) =>
      Number(b.id === me?.id) - Number(a.id === me?.id) ||
      presenceOrder[a.presence] - presenceOrder[b.presence] ||
      a.name.localeCompare(b.name),
  );
  const choices: Choice[] = [
    ...sorted.map(memberChoice),
    ...teams.map((one) => ({
      id: one.id,
      name: one.name,
      words: <bdi class="ellipsis">{one.name}</bdi>,
      lead: <Icon node={UsersRound} />,
      detail: `team, ${one.agentIds.length === 1 ? '1 agent' : `${one.agentIds.length} agents`}`,
      checked: team?.id === one.id,
      onChoose: () => actions.assign({ team: { id: one.id, name: one.name } }),
    })),
    {
      id: 'transfer',
      name: 'Transfer with a note…',
      lead: <Icon node={Send} />,
      onChoose: onTransfer,
    },
    ...(assignee
      ? [
          {
            id: 'nobody',
            name: 'Nobody',
            lead: <Icon node={UserRoundX} />,
            onChoose: () => actions.assign({ agent: null }),
          },
        ]
      : []),
    ...(team
      ? [
          {
            id: 'no-team',
            name: 'No team',
            lead: <Icon node={UserRoundX} />,
            onChoose: () => actions.assign({ team: null }),
          },
        ]
      : []),
  ];
  const who = assignee === null ? 'Assign' : isMine ? 'You' : assignee.name;
  const words = team ? (assignee ? `${who}, ${team.name}` : team.name) : who;
  return {
    label: assignee === null && team === null ? 'Assign' : `Assigned to ${words}`,
    words: <span class="conversation-assigned ellipsis">{words}</span>,
    choices,
  };
}
