import { hidesContent, maskedValue, maskTyped } from '../../shared/model/page-privacy.ts';
import { type FormField, isFormField } from './dom-nodes.ts';
import type { PagePrivacy } from './node-privacy.ts';

/** Values of form fields as an agent may see them. */
export interface FieldValues {
  /** Text to put into the mirrored field; null when the field holds none that could be put there. */
  shown(field: FormField): string | null;
  /** It holds a value that is hidden, and cannot show dots: a text field is to stand in its place. */
  isUnreadable(input: HTMLInputElement): boolean;
  isChecked(field: FormField): boolean;
  isChoiceShown(select: Element): boolean;
  /** Text of the page with what the visitor typed into secret fields taken out: pages repeat such values. */
  withoutSecrets(text: string): string;
}

/** Types whose control shows a text of any form, so that a masked value can stand there. */
const textTypes = /^(?:text|search|tel|url|email|password)$/;
const withoutDots = /^(?:number|date|time|month|week|datetime-local)$/;
const labelTypes = /^(?:submit|button|reset)$/;
/** Shorter values stand in any text by chance. */
const minSecretChars = 4;
const maxSecrets = 50;

/** An option is named in the mirror by its node, not by its value. */
export const optionToken = (id: number) => `option-${id}`;

export function createFieldValues(parts: { privacy: PagePrivacy; idOf(node: Node): number }): FieldValues {
  const { privacy, idOf } = parts;
  const secrets = new Map<FormField, string>();

  function canShow(field: Element): boolean {
    return !privacy.isNeverShown(field) && privacy.of(field).level === 'unmasked';
  }

  function remember(field: FormField, value: string): void {
    const isSecret = privacy.isNeverShown(field) || hidesContent(privacy.of(field).level);
    if (!isSecret || value.length < minSecretChars) return;
    secrets.delete(field);
    secrets.set(field, value);
    const oldest = secrets.keys().next().value;
    if (secrets.size > maxSecrets && oldest) secrets.delete(oldest);
  }

  return {
    shown(field) {
      if (field.localName === 'select') {
        const chosen = (field as HTMLSelectElement).selectedOptions[0];
        return chosen && canShow(field) ? optionToken(idOf(chosen)) : null;
      }
      const type = field.localName === 'textarea' ? 'text' : field.type;
      if (labelTypes.test(type)) {
        if (field.value === '') return '';
        return canShow(field) ? maskTyped(field.value) : maskedValue;
      }
      if (/^(?:hidden|file|image|checkbox|radio)$/.test(type)) return null;
      const { value } = field;
      if (textTypes.test(type)) remember(field, value);
      if (canShow(field)) return maskTyped(value);
      if (value === '') return '';
      return textTypes.test(type) ? maskedValue : null;
    },
    isUnreadable(input) {
      return withoutDots.test(input.type) && input.value !== '' && this.shown(input) === null;
    },
    isChecked: (field) =>
      'checked' in field &&
      field.checked &&
      !hidesContent(privacy.of(field).level) &&
      !privacy.isNeverShown(field),
    isChoiceShown: canShow,
    withoutSecrets(text) {
      let result = text;
      for (const secret of secrets.values()) {
        if (result.includes(secret)) result = result.replaceAll(secret, maskedValue);
        const digits = /^[\d\s-]+$/.test(secret) ? secret.replace(/\D/g, '') : '';
        if (digits.length >= minSecretChars && result.replace(/\D/g, '').includes(digits)) {
          result = result.replace(/\d+/g, '••••');
        }
      }
      return result;
    },
  };
}

/** The select that an option or a group stands in. */
export function selectOf(node: Node): Element | null {
  for (let each: Node | null = node; each; each = each.parentNode) {
    if (isFormField(each)) return each.localName === 'select' ? each : null;
    if (!('localName' in each) || !/^opt(?:ion|group)$/.test(String(each.localName))) return null;
  }
  return null;
}
