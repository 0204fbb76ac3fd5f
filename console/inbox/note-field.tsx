import { useId, useRef } from 'preact/hooks';
import { maxMessageChars } from '../../shared/limits.ts';
import type { InboxRow } from '../../shared/wire.ts';
import { useFieldCaret } from './use-field-caret.ts';
import { useTypedMenu } from './use-typed-menu.tsx';
import './composer.css';
import './note-field.css';

export interface NoteFieldProps {
  row: InboxRow;
  value: string;
  onValue(value: string): void;
  error: string | undefined;
}

/** A private note inside a form; `@` offers colleagues as in the composer. */
export function NoteField({ row, value, onValue, error }: NoteFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const { caret, note, put } = useFieldCaret(field, value);
  const typed = useTypedMenu(row, { canned: false, mentions: true }, { text: value, caret }, (next) => {
    onValue(next.text);
    put(next.caret);
    field.current?.focus();
  });
  return (
    <div class="field note-field composer-note">
      <label class="field-label" for={id}>
        Private note
      </label>
      <p class="field-hint" id={`${id}-hint`}>
        Only agents see it. <kbd>@</kbd> mentions a colleague.
      </p>
      <div class="composer-box">
        {typed.menu}
        <textarea
          ref={field}
          id={id}
          class="composer-input scrolls"
          rows={4}
          dir="auto"
          maxLength={maxMessageChars}
          value={value}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-hint${error ? ` ${id}-error` : ''}`}
          {...typed.aria}
          onKeyDown={(event) => {
            if (!event.isComposing && event.keyCode !== 229) typed.takesKey(event);
          }}
          onKeyUp={(event) => note(event.currentTarget)}
          onClick={(event) => note(event.currentTarget)}
          onInput={(event) => {
            onValue(event.currentTarget.value);
            note(event.currentTarget);
            typed.onInput(event.currentTarget.value);
          }}
        />
      </div>
      <p class="field-error" id={`${id}-error`} role="alert">
        {error}
      </p>
    </div>
  );
}
