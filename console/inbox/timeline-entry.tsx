import type { IconNode } from 'lucide';
import { AlarmClock, CircleCheck, Flag, ScreenShare, Star, Tag, UserRound } from 'lucide';
import type { TeamMember } from '../../shared/model/agent.ts';
import { Icon } from '../ui/icon.tsx';
import { locale, nowMs } from '../ui/now.ts';
import { TimeText } from '../ui/time-text.tsx';
import { dayWords } from '../ui/time-words.ts';
import { CobrowseCard } from './cobrowse-card.tsx';
import type { EventKind } from './event-words.ts';
import { FormLines } from './form-lines.tsx';
import { Message } from './message.tsx';
import type { LineItem, MessageItem, TimelineItem } from './timeline.ts';

export interface TimelineEntryProps {
  entry: TimelineItem;
  conversationId: string;
  visitorName: string;
  agents: readonly TeamMember[];
  /** A message that somebody came here to see. */
  soughtSeq: number | null;
  onEdit(message: MessageItem): void;
  onRemove(message: MessageItem): void;
}

/** One part of a conversation as it stands in the list: a day, a message, or what happened. */
export function TimelineEntry({ entry, visitorName, soughtSeq, ...shared }: TimelineEntryProps) {
  switch (entry.type) {
    case 'day':
      return (
        <h2 class="messages-day">
          <span>{dayWords(entry.atMs, nowMs.value, locale)}</span>
        </h2>
      );
    case 'unread':
      return (
        <p class="messages-unread">
          <span>New</span>
        </p>
      );
    case 'line':
      return <Line line={entry} />;
    case 'message':
      return <Message {...shared} message={entry} isSought={entry.seq !== null && entry.seq === soughtSeq} />;
    case 'form':
      return <FormLines form={entry} visitorName={visitorName} />;
    case 'cobrowse':
      return <CobrowseCard item={entry} visitorName={visitorName} />;
  }
}

const lineIcons: Record<EventKind, IconNode> = {
  status: CircleCheck,
  snooze: AlarmClock,
  assignment: UserRound,
  labels: Tag,
  priority: Flag,
  survey: Star,
  cobrowse: ScreenShare,
};

function Line({ line }: { line: LineItem }) {
  return (
    <div class="messages-line">
      <Icon node={lineIcons[line.kind]} sizePx={14} />
      <p>
        <span dir="auto">{line.words}</span>
        <span class="messages-line-time">
          {' · '}
          <TimeText atMs={line.atMs} as="clock" />
        </span>
        {line.comment ? (
          <q class="messages-comment" dir="auto">
            {line.comment}
          </q>
        ) : null}
      </p>
    </div>
  );
}
