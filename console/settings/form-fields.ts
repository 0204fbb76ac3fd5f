import type { FormField } from '../../shared/model/site.ts';

export const kindWords: Record<FormField['kind'], string> = {
  text: 'Short text',
  paragraph: 'Long text',
  email: 'E-mail address',
  phone: 'Telephone number',
  choice: 'Choice',
  checkbox: 'Tick box',
};

/** What can be added: two fields that the visitor is known by, and the kinds. */
export const fieldChoices = [
  { id: 'name', words: 'Name' },
  { id: 'email', words: 'E-mail address' },
  { id: 'phone', words: kindWords.phone },
  { id: 'text', words: kindWords.text },
  { id: 'paragraph', words: kindWords.paragraph },
  { id: 'choice', words: kindWords.choice },
  { id: 'checkbox', words: kindWords.checkbox },
] as const;
export type FieldChoice = (typeof fieldChoices)[number]['id'];

/** Their answers become the visitor's own name and address, so their kinds are fixed. */
export function isOwnField(id: string): boolean {
  return id === 'name' || id === 'email';
}

/** A new field of the form; null when there can be only one of it and it is there. */
export function newField(choice: FieldChoice, fields: readonly FormField[]): FormField | null {
  const taken = fields.map(({ id }) => id);
  if (choice === 'name' || choice === 'email') {
    if (taken.includes(choice)) return null;
    return choice === 'name'
      ? { id: 'name', label: 'Your name', kind: 'text', required: true, options: [] }
      : { id: 'email', label: 'Your e-mail address', kind: 'email', required: true, options: [] };
  }
  const label = choice === 'phone' ? 'Telephone number' : '';
  return { id: fieldId(label, taken), label, kind: choice, required: false, options: [] };
}

/** Id that a label suggests: `Order number` is `order_number`, and `order_number_2` when that is taken. */
export function fieldId(label: string, taken: readonly string[]): string {
  const plain = label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 34);
  // Only the two fields of their own may be called so.
  const stem = plain === '' ? 'field' : isOwnField(plain) ? `${plain}_field` : plain;
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? stem : `${stem}_${number}`;
    if (!taken.includes(id)) return id;
  }
}

/** What is wrong, by place: `chat.form.fields.0.label`. */
export function formFaults(fields: readonly FormField[]): Record<string, string> {
  const faults: Record<string, string> = {};
  const labels = new Map<string, number>();
  for (const [index, { label, kind, options }] of fields.entries()) {
    const path = `chat.form.fields.${index}`;
    const same = label.trim().toLowerCase();
    if (same === '') faults[`${path}.label`] = 'Write what visitors are asked.';
    else if (labels.has(same)) faults[`${path}.label`] = 'Another field asks the same.';
    labels.set(same, index);
    if (kind !== 'choice') continue;
    const given = options.map((option) => option.trim());
    if (given.filter((option) => option !== '').length === 0)
      faults[`${path}.options`] = 'Write at least one answer to choose from.';
    else if (new Set(given).size < given.length) faults[`${path}.options`] = 'Two answers are the same.';
  }
  return faults;
}
