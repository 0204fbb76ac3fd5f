import { useId } from 'preact/hooks';
import './segmented.css';

export interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  /** `count` stands behind the label and has room for two figures before it moves what is beside it. */
  options: ReadonlyArray<{ value: T; label: string; count?: string }>;
  onValue: (value: T) => void;
  disabled?: boolean;
}

/** A few choices that exclude each other: native radio buttons, so arrows and screen readers just work. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset class="segmented" disabled={props.disabled}>
      <legend class="unseen">{props.label}</legend>
      {props.options.map((option) => (
        <label key={option.value} class="segment">
          <input
            class="unseen"
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === props.value}
            onChange={() => props.onValue(option.value)}
          />
          <span class="segment-words">
            {option.label}
            {option.count === undefined ? null : (
              <>
                {' '}
                <span class="segment-count figures">{option.count}</span>
              </>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
