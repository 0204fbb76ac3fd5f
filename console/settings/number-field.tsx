import { useId, useState } from 'preact/hooks';
import './number-field.css';

export interface NumberFieldProps {
  label: string;
  /** NaN while what stands there is no number. */
  value: number;
  onValue: (value: number) => void;
  hint?: string;
  error?: string | undefined;
  /** Behind the field, e.g. `MB`. */
  unit?: string;
  disabled?: boolean;
  hiddenLabel?: boolean;
}

/** A number as text: nothing is changed by a turn of the wheel, and a wrong one stays to be put right. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, onValue, hint, error, unit, disabled } = props;
  const id = useId();
  const [typed, setTyped] = useState(textOf(value));
  const text = Object.is(numberOf(typed), value) ? typed : textOf(value);
  return (
    <div class="field">
      <label class={props.hiddenLabel ? 'unseen' : 'field-label'} for={id}>
        {label}
      </label>
      {hint ? (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      <span class="number-field">
        <input
          id={id}
          class="input figures"
          type="text"
          inputMode="decimal"
          autoComplete="off"
          value={text}
          disabled={disabled}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={
            [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].join(' ').trim() || undefined
          }
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            onValue(numberOf(event.currentTarget.value));
          }}
        />
        {unit ? <span class="muted">{unit}</span> : null}
      </span>
      <p class="field-error" id={`${id}-error`} role="alert">
        {error}
      </p>
    </div>
  );
}

/** `1,5` and `1.5` are the same number; an empty field is none. */
function numberOf(text: string): number {
  const plain = text.trim().replace(',', '.');
  return plain === '' ? Number.NaN : Number(plain);
}

const textOf = (value: number): string => (Number.isNaN(value) ? '' : String(value));
