import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import './switch-field.css';

export interface SwitchFieldProps {
  label: string;
  hint?: ComponentChildren;
  value: boolean;
  onValue: (value: boolean) => void;
  disabled?: boolean;
}

/** On or off, with what it means under it. */
export function SwitchField({ label, hint, value, onValue, disabled }: SwitchFieldProps) {
  const id = useId();
  return (
    <div class="switch-field">
      <input
        id={id}
        class="switch"
        type="checkbox"
        role="switch"
        checked={value}
        aria-checked={value}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onValue(event.currentTarget.checked)}
      />
      <div class="switch-words">
        <label class="field-label" for={id}>
          {label}
        </label>
        {hint ? (
          <p class="field-hint" id={`${id}-hint`}>
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}
