import { mask, maskPatterns } from './privacy.ts';

/** How much of a page's elements an agent may see while the page is shared. What no text may show: `privacy.ts`. */

/**
 * How much of an element may leave the page. `blocked`: only its box. `masked`: its shape, no words, values or images.
 * `veiled`: the same, because the site is in strict mode; a mark to unmask opens it. `plain`: its text, but no form values
 * and no words in attributes. `unmasked`: these too.
 */
export type PrivacyLevel = 'blocked' | 'masked' | 'veiled' | 'plain' | 'unmasked';

export interface PrivacyMarks {
  block: boolean;
  mask: boolean;
  unmask: boolean;
}

/** Level of an element with these marks inside a parent of this level. The stricter wins, wherever it stands. */
export function levelWithin(parent: PrivacyLevel, own: PrivacyMarks): PrivacyLevel {
  if (parent === 'blocked' || own.block) return 'blocked';
  if (parent === 'masked' || own.mask) return 'masked';
  return own.unmask ? 'unmasked' : parent;
}

/** Where no mark says otherwise. */
export function firstLevel(isStrict: boolean): PrivacyLevel {
  return isStrict ? 'veiled' : 'plain';
}

/** No words, values or images may be shown. */
export function hidesContent(level: PrivacyLevel): boolean {
  return level === 'masked' || level === 'veiled';
}

const strictness: readonly PrivacyLevel[] = ['blocked', 'masked', 'veiled', 'plain', 'unmasked'];

export function stricterLevel(one: PrivacyLevel, other: PrivacyLevel): PrivacyLevel {
  return strictness.indexOf(one) < strictness.indexOf(other) ? one : other;
}

/** What a masked value looks like: always the same length. */
export const maskedValue = '••••••••';

export interface FieldFacts {
  type: string;
  autocomplete: string;
  name: string;
  id: string;
}

const secretAutocomplete = /^(?:cc-.*|one-time-code|(?:current|new)-password)$/;
const secretName =
  /pass(?:w(?:or)?d|phrase|code)|pwd|cvc|cvv|csc\b|card.?(?:no\b|num|code)|cc.?num|(?:^|[^a-z])(?:otp|pin|ssn|tan)(?:$|[^a-z])|one.?time.?(?:code|pass)|security.?code|social.?sec|iban|secret|api.?key|token/i;

/** Values of such a field never leave the page, not even where the site shows fields. */
export function isNeverShown(field: FieldFacts): boolean {
  return (
    field.type === 'password' ||
    field.autocomplete
      .toLowerCase()
      .split(/\s+/)
      .some((word) => secretAutocomplete.test(word)) ||
    secretName.test(field.name) ||
    secretName.test(field.id)
  );
}

/** Keeps the number of words, not their length, so that the page keeps its shape. */
export function maskWords(text: string): string {
  return text.replace(/\S+/g, '••••');
}

/**
 * Text while it is being typed: a card number must not show until its last digit makes it one. PCI DSS lets the first
 * eight digits be shown, so a longer run of digits is masked; so is all that touches an `@`.
 */
export function maskTyped(text: string): string {
  return maskPatterns(text)
    .replace(/\d(?:[\s\u00a0./-]*\d){8,}/g, mask)
    .replace(/[^\s@]*@\S*/g, mask);
}
