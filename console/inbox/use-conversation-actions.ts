import { useMemo } from 'preact/hooks';
import type { Refusal } from '../../shared/errors.ts';
import type { ConversationState, Priority } from '../../shared/model/conversation.ts';
import type { Label, Macro } from '../../shared/model/workspace.ts';
import { useConsole } from '../console-context.ts';
import type { AssignmentWish, DelayedChange, MessagePlace } from '../conversation-actions.ts';
import type { Conversation } from '../conversation-item.ts';
import { priorityWords } from '../priority-words.ts';
import { refusalWords } from '../refusal-words.ts';
import { locale } from '../ui/now.ts';
import { fullTime } from '../ui/time-words.ts';

export interface ConversationActions {
  close(): void;
  /** Of a snoozed conversation it ends the snooze. */
  reopen(): void;
  snooze(untilMs: number): void;
  /** Resolves once it is known whether it was done. */
  assign(wish: AssignmentWish): Promise<Refusal | null>;
  /** Puts a label on, or takes it off when it is there. */
  toggleLabel(label: Pick<Label, 'id' | 'name'>): void;
  setPriority(priority: Priority): void;
  runMacro(macro: Macro): void;
  edit(place: MessagePlace, text: string): Promise<Refusal | null>;
  remove(place: MessagePlace): void;
  askToSee(): void;
}

/** What an agent does with a conversation: at once, to be taken back for 6 s, a refusal told in a toast. */
export function useConversationActions(item: Conversation): ConversationActions {
  const { store, toasts } = useConsole();
  return useMemo(() => {
    const { actions } = store;
    const { id } = item;
    const state = (): ConversationState | null => item.shown.peek()?.conversation ?? null;
    const tellRefusal = (what: string, refusal: Refusal) =>
      toasts.tell(`${what} ${refusalWords(refusal)}`, { tone: 'danger' });

    /** Carries a change out that is undone by its opposite. */
    async function carryOut(
      words: string,
      refused: string,
      act: () => Promise<Refusal | null>,
      opposite: () => Promise<Refusal | null>,
    ): Promise<Refusal | null> {
      const done = act();
      let isRefused = false;
      toasts.tell(words, {
        undo: () => {
          // In its turn: the server must not meet the opposite first.
          void done.then(async () => {
            const refusal = isRefused ? null : await opposite();
            if (refusal) tellRefusal('Not undone.', refusal);
          });
        },
      });
      const refusal = await done;
      isRefused = refusal !== null;
      if (refusal) tellRefusal(refused, refusal);
      return refusal;
    }
    /** Shows a change that leaves when its toast does. */
    function delay(words: string, refused: string, change: DelayedChange) {
      let isUndone = false;
      toasts.tell(words, {
        undo: () => {
          isUndone = true;
          change.cancel();
        },
        onEnd: () => {
          if (isUndone) return;
          void change.send().then((refusal) => refusal && tellRefusal(refused, refusal));
        },
      });
    }

    const reopen = () => actions.reopen(id);
    const backToBefore = (before: ConversationState | null) => () =>
      before?.status === 'snoozed' && before.snoozedUntilMs !== null
        ? actions.snooze(id, before.snoozedUntilMs)
        : reopen();

    return {
      close() {
        if (state()?.status === 'closed') return;
        const change = actions.close(id, {
          onOvertaken: () => toasts.tell('The visitor wrote again: the conversation stays open.'),
          onUnsent: () => toasts.tell('Not closed: your last message has not been sent.', { tone: 'danger' }),
        });
        delay('Closed.', 'Not closed.', change);
      },
      reopen() {
        const before = state();
        if (before?.status === 'open') return;
        const words = before?.status === 'snoozed' ? 'The snooze is over.' : 'Reopened.';
        // Closing again would ask the visitor again.
        if (before?.status === 'closed') {
          toasts.tell(words);
          void reopen().then((refusal) => refusal && tellRefusal('Not reopened.', refusal));
          return;
        }
        void carryOut(words, 'Not reopened.', reopen, backToBefore(before));
      },
      snooze(untilMs) {
        const before = state();
        void carryOut(
          `Snoozed until ${fullTime(untilMs, locale)}.`,
          'Not snoozed.',
          () => actions.snooze(id, untilMs),
          backToBefore(before),
        );
      },
      assign(wish) {
        const before = state();
        return carryOut(
          assignmentWords(wish, store.agent.peek()?.id),
          'Not assigned.',
          () => actions.assign(id, wish),
          () =>
            actions.assign(id, {
              ...(wish.agent === undefined ? {} : { agent: before?.assignee ?? null }),
              ...(wish.team === undefined ? {} : { team: before?.team ?? null }),
            }),
        );
      },
      toggleLabel({ id: labelId, name }) {
        const has = state()?.labels.includes(labelId) ?? false;
        const change = (isOn: boolean) =>
          actions.label(id, { added: isOn ? [labelId] : [], removed: isOn ? [] : [labelId] });
        void carryOut(
          has ? `Label “${name}” taken off.` : `Label “${name}” added.`,
          'The label was not changed.',
          () => change(!has),
          () => change(has),
        );
      },
      setPriority(priority) {
        const before = state()?.priority ?? 'normal';
        if (before === priority) return;
        void carryOut(
          `Priority: ${priorityWords[priority]}.`,
          'The priority was not changed.',
          () => actions.setPriority(id, priority),
          () => actions.setPriority(id, before),
        );
      },
      runMacro(macro) {
        void actions.runMacro(id, macro.id).then((refusal) => {
          if (refusal === null) return toasts.tell(`“${macro.name}” is done.`);
          const step = /actions\.(\d+)/.exec(refusal.field ?? '')?.[1];
          const place = step === undefined ? '' : ` Step ${Number(step) + 1} could not be done.`;
          const words =
            refusal.error === 'malformed' ? 'A variable in it has no value here.' : refusalWords(refusal);
          toasts.tell(`“${macro.name}” did nothing.${place} ${words}`, { tone: 'danger' });
        });
      },
      edit: (place, text) => actions.edit(id, place, text),
      remove(place) {
        const words = place.of === 'note' ? 'Note deleted.' : 'Message deleted.';
        delay(words, 'Not deleted.', actions.remove(id, place));
      },
      askToSee() {
        void actions
          .askToSee(id)
          .then((refusal) => refusal && tellRefusal('The visitor was not asked.', refusal));
      },
    };
  }, [item, store, toasts]);
}

function assignmentWords({ agent, team, note }: AssignmentWish, ownId: string | undefined): string {
  const verb = note === undefined ? 'Assigned' : 'Transferred';
  const names = [
    ...(agent ? [agent.id === ownId ? 'you' : agent.name] : []),
    ...(team ? [`the team ${team.name}`] : []),
  ];
  if (names.length > 0) return `${verb} to ${names.join(', ')}.`;
  return agent === null ? 'Nobody is assigned now.' : 'No team is assigned now.';
}
