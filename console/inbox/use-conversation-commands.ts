import {
  AlarmClock,
  CircleCheck,
  Flag,
  Merge,
  MonitorUp,
  PanelRight,
  Reply,
  RotateCcw,
  Send,
  StickyNote,
  Tag,
  UserRound,
  UserRoundCheck,
  Zap,
} from 'lucide';
import type { InboxRow } from '../../shared/wire.ts';
import type { Command } from '../command-registry.ts';
import { useConsole } from '../console-context.ts';
import { useCommands } from '../use-commands.ts';
import type { BarMenu } from './conversation-bar.tsx';
import type { WritingMode } from './drafts.ts';
import type { ConversationActions } from './use-conversation-actions.ts';

export interface ConversationCommandsParts {
  row: InboxRow;
  actions: ConversationActions;
  mode: WritingMode;
  onWrite(mode: WritingMode): void;
  onMenu(menu: BarMenu): void;
  onDialog(dialog: 'snooze' | 'transfer' | 'merge'): void;
  onPanel(): void;
}

/** Everything that can be done with the open conversation, for the keys, their sheet and the command menu. */
export function useConversationCommands(parts: ConversationCommandsParts): void {
  const { row, actions, mode, onWrite, onMenu, onDialog, onPanel } = parts;
  const { store } = useConsole();
  const me = store.agent.value;
  const { status, assignee } = row.conversation;
  const isClosed = status === 'closed';
  const group = 'Conversation';
  const commands: Command[] = [
    {
      id: 'conversation.reply',
      label: 'Write a reply',
      group,
      icon: Reply,
      keys: ['r'],
      run: () => onWrite('reply'),
    },
    {
      id: 'conversation.note',
      label: 'Write a private note',
      group,
      icon: StickyNote,
      keys: ['n'],
      run: () => onWrite('note'),
    },
    {
      id: 'conversation.close',
      label: 'Close the conversation',
      group,
      icon: CircleCheck,
      ...(isClosed ? {} : { keys: ['e'] }),
      words: 'resolve done end',
      enabled: !isClosed,
      run: actions.close,
    },
    {
      id: 'conversation.reopen',
      label: status === 'snoozed' ? 'End the snooze' : 'Reopen the conversation',
      group,
      icon: RotateCcw,
      ...(isClosed ? { keys: ['e'] } : {}),
      enabled: status !== 'open',
      run: actions.reopen,
    },
    {
      id: 'conversation.take',
      label: 'Assign to me',
      group,
      icon: UserRoundCheck,
      keys: ['m'],
      words: 'take mine',
      enabled: me !== null && assignee?.id !== me.id,
      run: () => {
        if (me) actions.assign({ agent: { id: me.id, name: me.name } });
      },
    },
    {
      id: 'conversation.assign',
      label: 'Assign to an agent or team…',
      group,
      icon: UserRound,
      keys: ['a'],
      run: () => onMenu('assign'),
    },
    {
      id: 'conversation.transfer',
      label: 'Transfer with a note…',
      group,
      icon: Send,
      keys: ['t'],
      words: 'hand over',
      run: () => onDialog('transfer'),
    },
    {
      id: 'conversation.labels',
      label: 'Labels…',
      group,
      icon: Tag,
      keys: ['l'],
      run: () => onMenu('labels'),
    },
    {
      id: 'conversation.priority',
      label: 'Priority…',
      group,
      icon: Flag,
      keys: ['p'],
      words: 'urgent high low',
      run: () => onMenu('priority'),
    },
    {
      id: 'conversation.snooze',
      label: 'Snooze…',
      group,
      icon: AlarmClock,
      keys: ['z'],
      words: 'later remind',
      enabled: !isClosed,
      run: () => onMenu('snooze'),
    },
    {
      id: 'conversation.macros',
      label: 'Run a macro…',
      group,
      icon: Zap,
      keys: ['x'],
      run: () => onMenu('macros'),
    },
    {
      id: 'conversation.cobrowse',
      label: 'Ask to see the page',
      group,
      icon: MonitorUp,
      words: 'co-browse share screen',
      run: actions.askToSee,
    },
    {
      id: 'conversation.visitor',
      label: 'Show or hide the visitor',
      group,
      icon: PanelRight,
      keys: ['v'],
      run: onPanel,
    },
    {
      id: 'conversation.merge',
      label: 'Merge with another customer…',
      group,
      icon: Merge,
      run: () => onDialog('merge'),
    },
    {
      id: 'composer.mode',
      label: mode === 'note' ? 'Switch to the reply' : 'Switch to a private note',
      group: 'Composer',
      keys: ['mod+.'],
      keysOnly: true,
      run: () => onWrite(mode === 'note' ? 'reply' : 'note'),
    },
    ...composerKeys,
  ];
  useCommands(commands);
}

/** Handled by the field itself, which knows what stands in it. */
const composerKeys: Command[] = (
  [
    ['send', 'Send', 'Enter'],
    ['send-close', 'Send and close', 'mod+Enter'],
    ['line', 'New line', 'Shift+Enter'],
    ['edit', 'Change the last own message', 'ArrowUp'],
    ['canned', 'Canned replies', '/'],
    ['mention', 'In a note: mention a colleague', '@'],
    ['leave', 'Leave the field, then back to the list', 'Escape'],
  ] as const
).map(([id, label, keys]) => ({
  id: `composer.${id}`,
  label,
  group: 'Composer',
  keys: [keys],
  keysOnly: true,
  run: null,
}));
