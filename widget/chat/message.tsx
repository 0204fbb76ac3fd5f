import { Check, CheckCheck, Clock3, TriangleAlert } from 'lucide';
import { Component } from 'preact';
import type { Actions } from '../actions.ts';
import { texts } from '../texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { fullTime, timeOfDay } from '../ui/times.ts';
import { linkPieces } from './links.ts';
import type { MessageRow } from './rows.ts';

const statusWords = { sending: texts.sending, sent: texts.sent, read: texts.read, failed: texts.notSent };
const statusIcons = { sending: Clock3, sent: Check, read: CheckCheck, failed: TriangleAlert };

/** One to three emoji and nothing else are shown large. */
const onlyEmoji =
  /^(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*){1,3}$/u;

interface Props {
  row: MessageRow;
  actions: Pick<Actions, 'retry' | 'remove'>;
}

/** Rendered again only when its own row has changed: typing in a long conversation must stay quick. */
export class Message extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const keys = Object.keys(next.row) as Array<keyof MessageRow>;
    return keys.some((key) => key !== 'sender' && next.row[key] !== this.props.row[key]);
  }

  override render() {
    const { row, actions } = this.props;
    const { mine, sender, text, atMs, first, last, status } = row;
    const side = mine ? 'mine' : 'theirs';
    return (
      <div
        class={`message ${side}${first ? ' first' : ''}${last ? ' last' : ''}${status ? ` ${status}` : ''}`}
      >
        {sender && last && <Avatar name={sender.name} color={sender.color} />}
        {sender && first && (
          <div class="sender" dir="auto" aria-hidden="true">
            {sender.name}
          </div>
        )}
        <div class={`bubble${onlyEmoji.test(text) ? ' emoji' : ''}`} dir="auto" title={fullTime(atMs)}>
          <span class="unseen">{`${sender?.name ?? texts.you}, ${fullTime(atMs)}: `}</span>
          {linkPieces(text).map((piece) =>
            piece.href ? (
              <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
                {piece.text}
              </a>
            ) : (
              piece.text
            ),
          )}
        </div>
        {status === 'failed' ? (
          <div class="meta failure">
            <Icon of={statusIcons.failed} size={14} />
            <span>
              {texts.notSent}
              {texts.whyNotSent(row.error) && `. ${texts.whyNotSent(row.error)}`}
            </span>
            <button type="button" class="link" onClick={() => actions.retry(row.clientId)}>
              {texts.retry}
            </button>
            <button type="button" class="link" onClick={() => actions.remove(row.clientId)}>
              {texts.remove}
            </button>
          </div>
        ) : (
          (last || status) && (
            <div class="meta">
              <time dateTime={new Date(atMs).toISOString()} aria-hidden="true">
                {timeOfDay(atMs)}
              </time>
              {status && (
                <span class="status">
                  {statusWords[status]}
                  <Icon of={statusIcons[status]} size={14} />
                </span>
              )}
            </div>
          )
        )}
      </div>
    );
  }
}
