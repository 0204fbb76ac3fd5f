import {
  Check,
  CheckCheck,
  CircleAlert,
  Clock,
  Copy,
  Lock,
  MoreHorizontal,
  Pencil,
  RotateCw,
  Trash2,
} from 'lucide';
import { editableMs } from '../../shared/limits.ts';
import type { TeamMember } from '../../shared/model/agent.ts';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, type MenuChoice } from '../ui/menu.tsx';
import { locale } from '../ui/now.ts';
import { TimeText } from '../ui/time-text.tsx';
import { fullTime } from '../ui/time-words.ts';
import { MessageFiles } from './message-files.tsx';
import { MessageText } from './message-text.tsx';
import type { Delivery, MessageItem } from './timeline.ts';
import './message.css';

const deliveryWords: Record<Delivery, string> = {
  sending: 'Sending…',
  waiting: 'Sends when the line is back',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  failed: 'Not sent',
};
const deliveryIcons = {
  sending: Clock,
  waiting: Clock,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  failed: CircleAlert,
};

export interface MessageProps {
  message: MessageItem;
  conversationId: string;
  agents: readonly TeamMember[];
  /** Somebody came here to see this message. */
  isSought: boolean;
  onEdit(message: MessageItem): void;
  onRemove(message: MessageItem): void;
}

export function Message({ message, conversationId, agents, isSought, onEdit, onRemove }: MessageProps) {
  const { store } = useConsole();
  const { side, name, first, delivery, kind, isDeleted, text, files, editedAtMs } = message;
  const isNote = kind === 'note';
  const sender = agents.find(({ id }) => id === message.senderId);
  const words = [
    isNote ? 'Private note' : '',
    name,
    fullTime(message.atMs, locale),
    editedAtMs === null ? '' : 'edited',
    delivery === null ? '' : deliveryWords[delivery],
  ];
  return (
    <article
      id={message.seq === null ? undefined : `seq-${message.seq}`}
      class={`message message-${side}${first ? ' message-first' : ''}${isNote ? ' message-note' : ''}${isSought ? ' message-sought' : ''}`}
      aria-label={words.filter(Boolean).join(', ')}
    >
      {first ? (
        <p class="message-head">
          {side === 'agent' ? (
            <Avatar
              name={sender?.name ?? name}
              color={message.color ?? undefined}
              avatar={sender?.avatar ?? null}
              sizePx={20}
            />
          ) : null}
          <bdi class="message-name">{name}</bdi>
          {isNote ? (
            <span class="message-private">
              <Icon node={Lock} sizePx={12} />
              Private note
            </span>
          ) : null}
          <TimeText atMs={message.atMs} as="clock" />
        </p>
      ) : null}
      <div class="message-row">
        {isDeleted ? (
          <p class="message-text message-deleted">
            <Icon node={Trash2} sizePx={14} />
            {isNote ? 'Note deleted' : 'Message deleted'}
          </p>
        ) : (
          <div class="message-body">
            {text === '' ? null : (
              <div
                class={delivery === 'failed' ? 'message-text message-text-failed' : 'message-text'}
                dir="auto"
                title={fullTime(message.atMs, locale)}
              >
                {isNote && !first ? <span class="unseen">Private note: </span> : null}
                <MessageText
                  text={text}
                  mentioned={agents.filter(({ id }) => message.mentions.includes(id))}
                  meId={store.agent.value?.id}
                />
              </div>
            )}
            {files.length > 0 ? <MessageFiles files={files} /> : null}
          </div>
        )}
        {delivery === null || message.showsDelivery || isDeleted ? null : (
          <DeliveryMark delivery={delivery} />
        )}
        {message.seq === null || isDeleted ? null : (
          <MessageMenu message={message} onEdit={onEdit} onRemove={onRemove} />
        )}
      </div>
      <MessageState message={message} conversationId={conversationId} />
    </article>
  );
}

function MessageMenu({ message, onEdit, onRemove }: Pick<MessageProps, 'message' | 'onEdit' | 'onRemove'>) {
  const { store, toasts } = useConsole();
  const choices: MenuChoice[] = [];
  if (message.text !== '') {
    choices.push({
      id: 'copy',
      words: 'Copy text',
      icon: Copy,
      onChoose: () => {
        const clipboard: Clipboard | undefined = navigator.clipboard;
        const refused = () =>
          toasts.tell('The browser does not let us copy. Select the text.', { tone: 'danger' });
        if (clipboard) clipboard.writeText(message.text).then(() => toasts.tell('Copied.'), refused);
        else refused();
      },
    });
  }
  const isEditable =
    message.isMine && (message.kind === 'note' || store.serverNowMs() - message.atMs < editableMs);
  if (isEditable) {
    if (message.text !== '') {
      choices.push({ id: 'edit', words: 'Edit', icon: Pencil, onChoose: () => onEdit(message) });
    }
    choices.push({ id: 'delete', words: 'Delete', icon: Trash2, onChoose: () => onRemove(message) });
  }
  if (choices.length === 0) return null;
  return (
    <div class="message-menu">
      <Menu
        label="Message"
        align={message.side === 'agent' ? 'end' : 'start'}
        button={{ look: 'quiet', icon: MoreHorizontal, label: `More about this ${message.kind}` }}
        choices={choices}
      />
    </div>
  );
}

function MessageState({ message, conversationId }: Pick<MessageProps, 'message' | 'conversationId'>) {
  const { store, desk } = useConsole();
  const { pending, delivery, editedAtMs } = message;
  if (pending?.state.phase === 'failed') {
    const { error } = pending.state;
    return (
      <div class="message-state message-state-failed" role="alert">
        <p class="message-why">
          <Icon node={CircleAlert} sizePx={14} />
          <span>Not sent. {refusalWords({ error })}</span>
        </p>
        <Button look="quiet" icon={RotateCw} onClick={() => store.outbox.retry(pending.clientId)}>
          Retry
        </Button>
        <Button
          look="quiet"
          onClick={() => {
            const taken = store.outbox.withdraw(pending.clientId);
            const mode = pending.kind === 'note' ? 'note' : 'reply';
            if (taken) desk.drafts.giveBack(conversationId, mode, taken);
          }}
        >
          Edit
        </Button>
      </div>
    );
  }
  const edited = editedAtMs === null || message.isDeleted ? null : editedAtMs;
  const shown = message.showsDelivery && !message.isDeleted ? delivery : null;
  if (shown === null && edited === null) return null;
  return (
    <p class="message-state">
      {edited === null ? null : (
        <span>
          edited <TimeText atMs={edited} as="clock" />
        </span>
      )}
      {shown === null ? null : (
        <span class={`message-delivery message-delivery-${shown}`}>
          <Icon node={deliveryIcons[shown]} sizePx={14} />
          {deliveryWords[shown]}
        </span>
      )}
    </p>
  );
}

/** Beside a message; the words are in its tooltip and in the message's accessible name. */
function DeliveryMark({ delivery }: { delivery: Delivery }) {
  return (
    <span class={`message-mark message-delivery-${delivery}`} title={deliveryWords[delivery]}>
      <Icon node={deliveryIcons[delivery]} sizePx={14} />
    </span>
  );
}
