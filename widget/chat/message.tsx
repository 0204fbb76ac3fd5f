import { Check, CheckCheck, Clock3, Ellipsis, TriangleAlert } from 'lucide';
import { Component } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { editableMs } from '../../shared/limits.ts';
import type { Actions } from '../actions.ts';
import * as texts from '../texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { Late } from '../ui/late.tsx';
import { fullTime, timeOfDay } from '../ui/times.ts';
import type { ChatParts } from './chat-parts.ts';
import type { MessageRow, MessageStatus } from './rows.ts';
import { Words } from './words.tsx';

const statusWords = {
  sending: texts.sending,
  sent: texts.sent,
  delivered: texts.delivered,
  read: texts.read,
  failed: texts.notSent,
};
const statusIcons = {
  sending: Clock3,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  failed: TriangleAlert,
};

/** One to three emoji and nothing else are shown large. */
const onlyEmoji =
  /^(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*){1,3}$/u;

/** What the visitor can do with a message. */
export interface MessageActions extends Pick<Actions, 'retry' | 'remove' | 'removeFile'> {
  edit(row: MessageRow): void;
  takeBack(row: MessageRow): void;
}

interface Props {
  row: MessageRow;
  actions: MessageActions;
  chat: ChatParts;
}

/** Rendered again only when its own row has changed: typing in a long conversation must stay quick. */
export class Message extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const keys = Object.keys(next.row) as Array<keyof MessageRow>;
    return keys.some((key) => key !== 'sender' && next.row[key] !== this.props.row[key]);
  }

  override render() {
    const { row, actions, chat } = this.props;
    const { mine, sender, text, atMs, first, last, status, isDeleted, files, pendingFiles, taskId } = row;
    const side = mine ? 'mine' : 'theirs';
    const hasFiles = files.length + pendingFiles.length > 0;
    const isChangeable =
      mine && row.seq !== null && !isDeleted && taskId === null && Date.now() < atMs + editableMs;
    const ticks = status && !row.saysStatus;
    const aside = (isChangeable || ticks) && (
      <div class="aside">
        {isChangeable && <More row={row} actions={actions} menu={chat.menu} />}
        {ticks && <Icon of={statusIcons[status]} size={14} />}
      </div>
    );
    return (
      <div
        class={`message ${side}${first ? ' first' : ''}${last ? ' last' : ''}${status ? ` ${status}` : ''}`}
      >
        {sender && last && (
          <Avatar name={sender.name} color={sender.color} picture={chat.picture(sender.id)} />
        )}
        {sender && first && (
          <div class="sender" dir="auto" aria-hidden="true">
            {sender.name}
          </div>
        )}
        <span class="unseen">
          {`${sender?.name ?? texts.you}, ${fullTime(atMs)}${ticks ? `, ${statusWords[status]}` : ''}: `}
        </span>
        {(text || isDeleted) && (
          <div class="beside">
            <div
              class={`bubble${isDeleted ? ' gone' : onlyEmoji.test(text) ? ' emoji' : ''}`}
              dir="auto"
              title={fullTime(atMs)}
            >
              {isDeleted ? texts.deleted : <Words text={text} format={chat.format} />}
            </div>
            {!hasFiles && aside}
          </div>
        )}
        {hasFiles && (
          <Late part={chat.files} meanwhile={<div class="files-wait" />}>
            {({ FileList }) => (
              <FileList row={row} actions={actions} door={chat.fileDoor} progress={chat.progress}>
                {aside}
              </FileList>
            )}
          </Late>
        )}
        {status === 'failed' ? (
          <Failure row={row} actions={actions} />
        ) : (
          (last || row.saysStatus) && <Meta row={row} status={status} />
        )}
      </div>
    );
  }
}

function Meta({ row, status }: { row: MessageRow; status: MessageStatus | null }) {
  return (
    <div class="meta">
      <time dir="auto" dateTime={new Date(row.atMs).toISOString()} aria-hidden="true">
        {timeOfDay(row.atMs)}
      </time>
      {row.isEdited && !row.isDeleted && <span>{texts.edited}</span>}
      {status && row.saysStatus && (
        <span class="status">
          {statusWords[status]}
          <Icon of={statusIcons[status]} size={14} />
        </span>
      )}
    </div>
  );
}

function Failure({ row, actions }: { row: MessageRow; actions: MessageActions }) {
  const why = texts.whyNotSent(row.error);
  const id = row.taskId ?? '';
  // It says why itself, and would be refused again.
  const hasRefused = row.pendingFiles.some(({ error }) => error);
  return (
    <div class="meta failure">
      <Icon of={statusIcons.failed} size={14} />
      <span>{`${row.isChange ? texts.notChanged : texts.notSent}${why && `. ${why}`}`}</span>
      {row.error !== 'too_late' && !hasRefused && (
        <button type="button" class="link" onClick={() => actions.retry(id)}>
          {texts.retry}
        </button>
      )}
      <button type="button" class="link" onClick={() => actions.remove(id)}>
        {row.isChange ? texts.keepAsIs : texts.remove}
      </button>
    </div>
  );
}

/** The button that opens the menu of an own message. */
function More({ row, actions, menu }: { row: MessageRow; actions: MessageActions; menu: ChatParts['menu'] }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        class="more"
        aria-label={texts.messageMenu}
        title={texts.messageMenu}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon of={Ellipsis} size={16} />
      </button>
      {isOpen && (
        <Late part={menu}>
          {({ MessageMenu }) => (
            <MessageMenu
              isEditable={row.text !== ''}
              onEdit={() => actions.edit(row)}
              onDelete={() => actions.takeBack(row)}
              onClose={(returnsFocus) => {
                setOpen(false);
                if (returnsFocus) button.current?.focus();
              }}
            />
          )}
        </Late>
      )}
    </>
  );
}
