import { Check, Pencil, X } from 'lucide';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';

export interface EditableFactProps {
  name: string;
  value: string | null;
  type: 'text' | 'email';
  maxLength: number;
  /** Resolves to what is wrong, in words; null when it is kept. */
  onSave(value: string | null): Promise<string | null>;
}

/** Enough to find a mistype; whether it can be written to only the server of that address knows. */
const addressForm = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** A fact that is changed where it stands: Enter keeps, Escape leaves it as it was. */
export function EditableFact({ name, value, type, maxLength, onSave }: EditableFactProps) {
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const isOpen = text !== null;
  useLayoutEffect(() => {
    if (!isOpen) return;
    input.current?.select();
    return () => opener.current?.focus();
  }, [isOpen]);

  const end = () => {
    setText(null);
    setProblem('');
  };
  const save = async () => {
    if (text === null || busy) return;
    const next = text.trim() === '' ? null : text.trim();
    if (next === value) return end();
    if (next !== null && type === 'email' && !addressForm.test(next)) {
      setProblem('This is no e-mail address. It looks like name@example.com.');
      return;
    }
    setBusy(true);
    const refused = await onSave(next);
    setBusy(false);
    if (refused === null) end();
    else setProblem(refused);
  };

  return (
    <div class="visitor-fact">
      <dt>{name}</dt>
      <dd>
        {text === null ? (
          <span class="editable">
            {value === null ? (
              <span class="muted">Not known</span>
            ) : type === 'email' ? (
              <a href={`mailto:${encodeURI(value)}`}>{value}</a>
            ) : (
              <bdi>{value}</bdi>
            )}
            <Button
              look="quiet"
              icon={Pencil}
              label={`Change ${name.toLowerCase()}`}
              buttonRef={opener}
              onClick={() => setText(value ?? '')}
            />
          </span>
        ) : (
          <form
            class="editable-form"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              void save();
            }}
          >
            <input
              ref={input}
              class="input"
              type="text"
              inputMode={type}
              dir="auto"
              aria-label={name}
              aria-invalid={problem !== ''}
              autocomplete="off"
              maxLength={maxLength}
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return;
                event.preventDefault();
                event.stopPropagation();
                end();
              }}
            />
            <Button look="quiet" type="submit" icon={Check} label="Keep" busy={busy} />
            <Button look="quiet" icon={X} label="Leave as it was" onClick={end} />
            {problem ? (
              <p class="field-error" role="alert">
                {problem}
              </p>
            ) : null}
          </form>
        )}
      </dd>
    </div>
  );
}
