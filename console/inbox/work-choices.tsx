import { AlarmClock, CalendarClock, Flag } from 'lucide';
import { type Priority, priorities } from '../../shared/model/conversation.ts';
import { priorityWords } from '../priority-words.ts';
import { Icon } from '../ui/icon.tsx';
import type { Choice } from './choice-menu.tsx';
import { snoozeTimes } from './snooze-times.ts';
import { whenWords } from './when-words.ts';

export function priorityChoices(now: Priority, onChoose: (priority: Priority) => void): Choice[] {
  return [...priorities].reverse().map((priority) => ({
    id: priority,
    name: priorityWords[priority],
    lead: <Icon node={Flag} />,
    checked: priority === now,
    onChoose: () => onChoose(priority),
  }));
}

export function snoozeChoices(
  atMs: number,
  onChoose: (untilMs: number) => void,
  onOther: () => void,
): Choice[] {
  return [
    ...snoozeTimes(atMs).map(({ id, words, untilMs }) => ({
      id,
      name: words,
      lead: <Icon node={AlarmClock} />,
      detail: whenWords(untilMs, atMs),
      onChoose: () => onChoose(untilMs),
    })),
    {
      id: 'other',
      name: 'Date and time…',
      lead: <Icon node={CalendarClock} />,
      onChoose: onOther,
    },
  ];
}
