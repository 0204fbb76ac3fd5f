import { AlarmClock, AlarmClockOff, Flag, Tag, UserRound, Zap } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { InboxRow } from '../../shared/wire.ts';
import { useConsole } from '../console-context.ts';
import { priorityWords } from '../priority-words.ts';
import { Button } from '../ui/button.tsx';
import { nowMs } from '../ui/now.ts';
import { ChoiceMenu } from './choice-menu.tsx';
import { LabelMark } from './label-mark.tsx';
import { useAssignChoices } from './use-assign-choices.tsx';
import type { ConversationActions } from './use-conversation-actions.ts';
import { useLabelChoices } from './use-label-choices.tsx';
import { useMacroChoices } from './use-macro-choices.tsx';
import { whenWords } from './when-words.ts';
import { priorityChoices, snoozeChoices } from './work-choices.tsx';
import './conversation-bar.css';

export type BarMenu = 'assign' | 'priority' | 'labels' | 'snooze' | 'macros';

export interface ConversationBarProps {
  row: InboxRow;
  actions: ConversationActions;
  open: BarMenu | null;
  onOpen(menu: BarMenu | null): void;
  onTransfer(): void;
  onSnoozeAt(): void;
}

/** How the conversation is worked on: who, how urgent, labels, until when it sleeps, macros. */
export function ConversationBar({
  row,
  actions,
  open,
  onOpen,
  onTransfer,
  onSnoozeAt,
}: ConversationBarProps) {
  const { conversation } = row;
  const { store } = useConsole();
  const labels = store.workspaceOf(conversation.siteId).value?.labels ?? [];
  const menu = (name: BarMenu) => ({
    open: open === name,
    onOpen: (isOpen: boolean) => onOpen(isOpen ? name : null),
  });
  useEffect(() => {
    // How busy everybody is, as of now.
    if (open === 'assign') void store.loadTeam(conversation.siteId);
  }, [store, open, conversation.siteId]);
  const assignment = useAssignChoices(row, actions, onTransfer);
  const labelMenu = useLabelChoices(row, actions);
  const macros = useMacroChoices(row, actions);
  const snoozed = `Snoozed until ${whenWords(conversation.snoozedUntilMs ?? 0, nowMs.value)}`;
  // Times to choose from are those of the moment in which the menu opens.
  const [openedAtMs, setOpenedAtMs] = useState(() => Date.now());

  return (
    <div class="conversation-bar" role="toolbar" aria-label="Work on the conversation">
      <ChoiceMenu
        {...menu('assign')}
        button={{
          look: 'quiet',
          icon: UserRound,
          keys: 'a',
          label: assignment.label,
          children: assignment.words,
        }}
        label="Assign to"
        placeholder="Agent or team…"
        nothing="No agent or team of this name."
        choices={assignment.choices}
      />
      <ChoiceMenu
        {...menu('priority')}
        button={{
          look: 'quiet',
          icon: Flag,
          keys: 'p',
          label: `Priority: ${priorityWords[conversation.priority]}`,
          children: (
            <span class={`conversation-priority conversation-priority-${conversation.priority}`}>
              {priorityWords[conversation.priority]}
            </span>
          ),
        }}
        label="Priority"
        placeholder="Priority…"
        nothing="No such priority."
        choices={priorityChoices(conversation.priority, actions.setPriority)}
      />
      {conversation.status === 'snoozed' ? (
        <Button
          look="quiet"
          icon={AlarmClockOff}
          label={`${snoozed}: end the snooze`}
          onClick={actions.reopen}
        >
          <span class="conversation-snoozed">{snoozed}</span>
        </Button>
      ) : null}
      {conversation.status === 'closed' ? null : (
        <ChoiceMenu
          {...menu('snooze')}
          onOpen={(isOpen) => {
            setOpenedAtMs(Date.now());
            onOpen(isOpen ? 'snooze' : null);
          }}
          button={{
            look: 'quiet',
            icon: AlarmClock,
            keys: 'z',
            label: 'Snooze',
            children: barWords('Snooze'),
          }}
          label="Snooze until"
          placeholder="Until when…"
          nothing="No such time. Choose “Date and time”."
          choices={snoozeChoices(openedAtMs, actions.snooze, onSnoozeAt)}
        />
      )}
      <ChoiceMenu
        {...menu('macros')}
        button={{ look: 'quiet', icon: Zap, keys: 'x', label: 'Macros', children: barWords('Macros') }}
        label="Macros"
        placeholder="Macro…"
        nothing={macros.nothing}
        choices={macros.choices}
      />
      <div class="conversation-labels">
        {labels
          .filter(({ id }) => conversation.labels.includes(id))
          .map((label) => (
            <LabelMark key={label.id} label={label} />
          ))}
        <ChoiceMenu
          {...menu('labels')}
          button={{ look: 'quiet', icon: Tag, keys: 'l', label: 'Labels', children: barWords('Labels') }}
          label="Labels"
          placeholder="Find or create a label…"
          nothing="No labels yet. Type a name to create one."
          choices={labelMenu.choices}
          offer={labelMenu.offer}
        />
      </div>
    </div>
  );
}

/** Hidden where the line is too short for them. */
const barWords = (words: string) => <span class="conversation-bar-words">{words}</span>;
