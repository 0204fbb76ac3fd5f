import type { FormField } from '../../shared/model/site.ts';

export type FormFault = 'missing' | 'no_email' | 'no_phone' | 'too_long' | 'unticked';

/** Longest answer that the server takes. */
const maxAnswerChars = 2_000;

/** What is wrong with an answer; null when nothing. A ticked box is 'yes'. */
export function formFault({ kind, required }: FormField, answer: string): FormFault | null {
  const text = answer.trim();
  if (kind === 'checkbox') return required && text !== 'yes' ? 'unticked' : null;
  if (text === '') return required ? 'missing' : null;
  if (text.length > (kind === 'email' ? 254 : maxAnswerChars)) return 'too_long';
  if (kind === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text)) return 'no_email';
  if (kind === 'phone' && (/[^\d\s+()./-]/.test(text) || text.replace(/\D/g, '').length < 5)) {
    return 'no_phone';
  }
  return null;
}

/** Faults by the id of the field, in the order of the form. */
export function formFaults(
  fields: readonly FormField[],
  values: Readonly<Record<string, string>>,
): Map<string, FormFault> {
  const faults = new Map<string, FormFault>();
  for (const field of fields) {
    const fault = formFault(field, values[field.id] ?? '');
    if (fault) faults.set(field.id, fault);
  }
  return faults;
}

/** Answers as they are sent: trimmed, of the asked fields, without empty ones. */
export function formAnswers(
  fields: readonly FormField[],
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  const answers: Record<string, string> = {};
  for (const { id } of fields) {
    const text = values[id]?.trim();
    if (text) answers[id] = text;
  }
  return answers;
}
