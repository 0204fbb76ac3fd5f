import { Paperclip, SendHorizontal, Smile, SquareSlash, StickyNote } from 'lucide';
import { useRef } from 'preact/hooks';
import { maxMessageChars } from '../../shared/limits.ts';
import { Button } from '../ui/button.tsx';

/** From here on the remaining characters are counted. */
const countedFromChars = maxMessageChars - 500;

export interface ComposerBarProps {
  /** Describes the field. */
  restId: string;
  /** Null where files have no place. */
  onFiles: ((files: readonly File[]) => void) | null;
  isPickerOpen: boolean;
  onPicker(): void;
  onCanned(): void;
  /** Characters that still fit. */
  restChars: number;
  isWaiting: boolean;
  isNote: boolean;
  isEditing: boolean;
  isSaving: boolean;
  canSend: boolean;
}

/** What can be put into the message, how much still fits, and sending it. */
export function ComposerBar(props: ComposerBarProps) {
  const { restId, onFiles, isPickerOpen, onPicker, onCanned, restChars, isNote, isEditing } = props;
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div class="composer-bar">
      {onFiles ? (
        <>
          <input
            ref={picker}
            class="unseen"
            type="file"
            multiple
            tabIndex={-1}
            aria-hidden="true"
            onChange={(event) => {
              onFiles([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = '';
            }}
          />
          <Button
            look="quiet"
            icon={Paperclip}
            label="Attach files"
            onClick={() => picker.current?.click()}
          />
        </>
      ) : null}
      <Button
        look="quiet"
        icon={Smile}
        label="Emoji"
        popup="dialog"
        expanded={isPickerOpen}
        onClick={onPicker}
      />
      <Button look="quiet" icon={SquareSlash} label="Canned replies" onClick={onCanned} />
      <p
        id={restId}
        class={restChars < 0 ? 'composer-rest composer-over' : 'composer-rest'}
        role={restChars < 0 ? 'alert' : undefined}
      >
        {props.isWaiting ? 'Sends as soon as the files are there.' : restWords(restChars)}
      </p>
      <span class="composer-keys">
        <kbd>Enter</kbd> {isEditing ? 'saves' : isNote ? 'adds' : 'sends'}, <kbd>Shift</kbd> <kbd>Enter</kbd>{' '}
        starts a line
      </span>
      <Button
        look="primary"
        type="submit"
        icon={isNote ? StickyNote : SendHorizontal}
        label={isEditing ? 'Save' : isNote ? 'Add note' : 'Send'}
        busy={props.isSaving}
        disabled={!props.canSend}
      />
    </div>
  );
}

function restWords(restChars: number): string {
  if (restChars < 0) return `${-restChars} characters too many. Send it in two messages.`;
  return restChars > maxMessageChars - countedFromChars ? '' : `${restChars} characters left`;
}
