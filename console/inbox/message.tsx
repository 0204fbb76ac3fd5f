import { Check, CheckCheck, CircleAlert, Clock, RotateCw } from 'lucide';
import { useConsole } from '../console-context.ts';
import { refusalWords } from '../refusal-words.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { locale } from '../ui/now.ts';
import { TimeText } from '../ui/time-text.tsx';
import { fullTime } from '../ui/time-words.ts';
import { linkedText } from './linked-text.ts';
import type { Delivery, MessageItem } from './timeline.ts';
import './message.css';

const deliveryWords: Record<Delivery, string> = {
  sending: 'Sending…',
  waiting: 'Sends when the line is back',
  sent: 'Sent',
  read: 'Read',
  failed: 'Not sent',
};
const deliveryIcons = { sending: Clock, waiting: Clock, sent: Check, read: CheckCheck, failed: CircleAlert };

export function Message({ message, conversationId }: { message: MessageItem; conversationId: string }) {
  const { side, name, first, delivery } = message;
  return (
    <article
      class={`message message-${side}${first ? ' message-first' : ''}`}
      aria-label={`${name}, ${fullTime(message.atMs, locale)}`}
    >
      {first ? (
        <p class="message-head">
          <bdi class="message-name">{name}</bdi>
          <TimeText atMs={message.atMs} as="clock" />
        </p>
      ) : null}
      <div
        class={delivery === 'failed' ? 'message-text message-text-failed' : 'message-text'}
        dir="auto"
        title={fullTime(message.atMs, locale)}
      >
        <LinkedText text={message.text} />
      </div>
      {delivery && message.showsDelivery ? (
        <MessageState message={message} delivery={delivery} conversationId={conversationId} />
      ) : null}
    </article>
  );
}

interface MessageStateProps {
  message: MessageItem;
  delivery: Delivery;
  conversationId: string;
}

function MessageState({ message, delivery, conversationId }: MessageStateProps) {
  const { store } = useConsole();
  const pending = message.pending;
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
            const text = store.outbox.withdraw(pending.clientId);
            if (text !== null) store.returnToDraft(conversationId, text);
          }}
        >
          Edit
        </Button>
      </div>
    );
  }
  return (
    <p class="message-state">
      <Icon node={deliveryIcons[delivery]} sizePx={14} />
      {deliveryWords[delivery]}
    </p>
  );
}

function LinkedText({ text }: { text: string }) {
  return (
    <>
      {linkedText(text).map((part, index) =>
        part.href === undefined ? (
          part.text
        ) : (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer">
            {part.text}
          </a>
        ),
      )}
    </>
  );
}
