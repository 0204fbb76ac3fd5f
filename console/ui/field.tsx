import { type ComponentChildren, createElement, type Ref } from 'preact';
import { useId } from 'preact/hooks';
import './field.css';

interface FieldBasics {
  label: string;
  /** Stands under the label: what it is for, or its form. */
  hint?: ComponentChildren;
  error?: string | undefined;
  disabled?: boolean;
}

export interface TextFieldProps extends FieldBasics {
  value: string;
  onValue: (value: string) => void;
  onBlur?: () => void;
  type?: 'text' | 'email' | 'password' | 'url';
  /** More than one row makes it a text area. */
  rows?: number;
  maxLength?: number;
  placeholder?: string;
  autoComplete?: string;
  required?: boolean;
  spellcheck?: boolean;
  mono?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

export function TextField(props: TextFieldProps) {
  const { value, onValue, onBlur, rows = 1, placeholder, maxLength, required, disabled, spellcheck } = props;
  const id = useId();
  const shared = {
    id,
    class: `input${props.mono ? ' input-mono' : ''}`,
    value,
    placeholder,
    maxLength,
    required,
    disabled,
    spellcheck,
    dir: props.mono ? ('ltr' as const) : ('auto' as const),
    'aria-invalid': props.error ? ('true' as const) : undefined,
    'aria-describedby': describedBy(id, props),
    onBlur,
  };
  return (
    <div class="field">
      <FieldLabel id={id} {...props} />
      {rows > 1 ? (
        <textarea {...shared} rows={rows} onInput={(event) => onValue(event.currentTarget.value)} />
      ) : (
        // A tag in a string: the JSX types of <input> want one literal `type`.
        createElement('input' as string, {
          ...shared,
          ref: props.inputRef,
          type: props.type ?? 'text',
          autoComplete: props.autoComplete ?? 'off',
          onInput: (event: InputEvent) => {
            if (event.currentTarget instanceof HTMLInputElement) onValue(event.currentTarget.value);
          },
        })
      )}
      <FieldError id={id} error={props.error} />
    </div>
  );
}

export interface SelectFieldProps<T extends string> extends FieldBasics {
  value: T;
  options: ReadonlyArray<{ value: T; label: string }>;
  onValue: (value: T) => void;
}

export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const id = useId();
  return (
    <div class="field">
      <FieldLabel id={id} {...props} />
      <select
        id={id}
        class="input"
        disabled={props.disabled}
        aria-describedby={describedBy(id, props)}
        aria-invalid={props.error ? true : undefined}
        onChange={(event) => {
          const chosen = props.options.find((option) => option.value === event.currentTarget.value);
          if (chosen) props.onValue(chosen.value);
        }}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === props.value}>
            {option.label}
          </option>
        ))}
      </select>
      <FieldError id={id} error={props.error} />
    </div>
  );
}

function FieldLabel({ id, label, hint }: FieldBasics & { id: string }) {
  return (
    <>
      <label class="field-label" for={id}>
        {label}
      </label>
      {hint ? (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
    </>
  );
}

function FieldError({ id, error }: { id: string; error: string | undefined }) {
  return (
    <p class="field-error" id={`${id}-error`} role="alert">
      {error}
    </p>
  );
}

function describedBy(id: string, { hint, error }: FieldBasics): string | undefined {
  const ids = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}
