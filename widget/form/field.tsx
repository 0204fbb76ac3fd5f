import type { FormField } from '../../shared/model/site.ts';
import type { FormFault } from './form-faults.ts';
import * as formTexts from './texts.ts';

export interface FieldProps {
  field: FormField;
  value: string;
  /** Said below the field, which is described by it. */
  fault: FormFault | null;
  onChange(value: string): void;
}

/** What browsers may fill in by themselves. */
const autocomplete: Record<string, string> = { name: 'name', email: 'email', phone: 'tel' };

export function FieldOf({ field, value, fault, onChange }: FieldProps) {
  const { id, label, kind, required, options } = field;
  const own = `field-${id}`;
  const shared = {
    id: own,
    name: id,
    'aria-invalid': fault !== null,
    'aria-describedby': `${own}-fault`,
    'aria-required': required,
  } as const;
  const mark = <small> ({required ? formTexts.required : formTexts.optional})</small>;
  const told = (
    <div id={`${own}-fault`} class="fault">
      {fault && formTexts.faults[fault]}
    </div>
  );
  if (kind === 'checkbox') {
    return (
      <div class="asked">
        <label class="tick">
          <input
            {...shared}
            type="checkbox"
            checked={value === 'yes'}
            onChange={(event) => onChange(event.currentTarget.checked ? 'yes' : '')}
          />
          <span dir="auto">
            {label}
            {mark}
          </span>
        </label>
        {told}
      </div>
    );
  }
  return (
    <div class="asked">
      <label for={own} dir="auto">
        {label}
        {mark}
      </label>
      {kind === 'choice' ? (
        <select {...shared} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value="">{formTexts.choose}</option>
          {options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      ) : kind === 'paragraph' ? (
        <textarea
          {...shared}
          rows={3}
          dir="auto"
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <input
          {...shared}
          list={undefined}
          type={kind === 'email' ? 'email' : kind === 'phone' ? 'tel' : 'text'}
          autocomplete={autocomplete[kind] ?? autocomplete[id] ?? 'off'}
          dir={kind === 'text' ? 'auto' : 'ltr'}
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {told}
    </div>
  );
}
