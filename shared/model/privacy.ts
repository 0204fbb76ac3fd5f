import type { PrivacyRule } from './site.ts';

/** What an agent may never see, as pure rules. Which element they are asked about is decided in the visitor's page. */

/**
 * How much of an element may leave the page. `blocked`: only its box. `masked`: its shape, no words, values or images.
 * `plain`: its text, but no form values and no words in attributes. `unmasked`: these too.
 */
export type PrivacyLevel = 'blocked' | 'masked' | 'plain' | 'unmasked';

export interface PrivacyMarks {
  block: boolean;
  mask: boolean;
  unmask: boolean;
}

/** Level of an element with these marks inside a parent of this level. The stricter wins, wherever it stands. */
export function levelWithin(parent: PrivacyLevel, own: PrivacyMarks): PrivacyLevel {
  if (parent === 'blocked' || own.block) return 'blocked';
  if (parent === 'masked' || own.mask) return 'masked';
  if (parent === 'unmasked' || own.unmask) return 'unmasked';
  return 'plain';
}

const strictness: readonly PrivacyLevel[] = ['blocked', 'masked', 'plain', 'unmasked'];

export function stricterLevel(one: PrivacyLevel, other: PrivacyLevel): PrivacyLevel {
  return strictness.indexOf(one) < strictness.indexOf(other) ? one : other;
}

/** `*` matches any run of characters; everything else stands for itself. `/account*` matches `/account/orders`. */
export function matchesPath(pattern: string, path: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (!path.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return path === first;
  let from = first.length;
  for (const piece of rest) {
    const at = path.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return path.length - last.length >= from && path.endsWith(last);
}

export interface PrivacySelectors {
  mask: string[];
  block: string[];
  unmask: string[];
}

/** Selectors of all rules for this path. */
export function selectorsFor(rules: readonly PrivacyRule[], path: string): PrivacySelectors {
  const found = rules.filter((rule) => matchesPath(rule.path, path));
  return {
    mask: found.flatMap((rule) => rule.mask),
    block: found.flatMap((rule) => rule.block),
    unmask: found.flatMap((rule) => rule.unmask),
  };
}

// ── form fields ──────────────────────────────────────────────────────────────────────────────────────────────

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

// ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────

const mask = '••••••';

/** Keeps the number of words, not their length, so that the page keeps its shape. */
export function maskWords(text: string): string {
  return text.replace(/\S+/g, '••••');
}

/** Luhn's check (ISO/IEC 7812-1) of 13 to 19 digits that begin like a payment card's. */
export function isCardNumber(digits: string): boolean {
  if (!/^(?:3\d|4|5[0-8]|6|2(?:2[2-9]|[3-6]|7[012]))\d+$/.test(digits)) return false;
  if (digits.length < 13 || digits.length > 19) return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = digit * 2;
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Check of ISO 13616: the remainder by 97, with letters as numbers from 10 on, is 1. */
export function isIban(compact: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/i.test(compact)) return false;
  let rest = 0;
  for (const sign of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** A stretch of text, end exclusive. */
export type TextRange = [start: number, end: number];

const digitRuns = /\d(?:[\s\u00a0.·–-]*\d){12,}/g;
const ibanStarts = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[\s-]?[A-Za-z0-9])/g;
const simplePatterns = [
  // E-mail address. Bounded on the left, so that a long text without one costs one pass.
  /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu,
  // JSON Web Token, and keys of 32 or more letters and digits.
  /eyJ[\w-]{6,}\.[\w-]{4,}(?:\.[\w-]*)?/g,
  /(?<!\w)(?=[a-z_]*\d)(?=\d*[a-z_])\w{32,}/gi,
  // Telephone number: international, with an area code, or 3-3-4. Social security number.
  /(?<![\w+])(?:\+|00)[1-9](?:[\s\u00a0()./-]{0,2}\d){7,14}(?!\d)/g,
  /(?<![\w.,-])(?:\(\d{2,5}\)[\s./-]?|0\d{1,4}[\s./-])\d{3,}(?:[\s./-]?\d{2,}){0,4}(?![\w,])/g,
  /(?<![\w.,-])\d{3}[-.\s]\d{3}[-.\s]\d{4}(?![\w-])/g,
  /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/g,
];
/** The area code pattern meets short numbers, too: `01/2024` is none. */
const minPhoneDigits = 7;

/** Every pattern needs one of these; most texts have none. */
const mayBePrivate = /@|eyJ|(?:\d\D{0,3}){7}|\w{32}/;

/** Where card numbers, IBANs, e-mail addresses, tokens and telephone numbers stand, in order, not overlapping. */
export function privateRanges(text: string): TextRange[] {
  if (text.length < 7 || !mayBePrivate.test(text)) return [];
  const found: TextRange[] = [...cardRanges(text), ...ibanRanges(text)];
  for (const pattern of simplePatterns) {
    for (const match of text.matchAll(pattern)) {
      const [hit] = match;
      if (hit.startsWith('0') || hit.startsWith('(')) {
        if (hit.replace(/\D/g, '').length < minPhoneDigits) continue;
      }
      found.push([match.index, match.index + hit.length]);
    }
  }
  return joined(found);
}

/** Whole groups of digits count: `36 37 38 …` in a list of sizes is no card number, `4111 1111 …` is. */
function* cardRanges(text: string): Generator<TextRange> {
  for (const run of text.matchAll(digitRuns)) {
    const groups = [...run[0].matchAll(/\d+/g)].map((group) => ({
      digits: group[0],
      start: run.index + group.index,
      end: run.index + group.index + group[0].length,
    }));
    const areSingle = groups.every((group) => group.digits.length === 1);
    for (let first = 0; first < groups.length; first++) {
      let digits = '';
      for (let last = first; last < groups.length && digits.length < 19; last++) {
        const [start, end] = [groups[first]?.start ?? 0, groups[last]?.end ?? 0];
        const group = groups[last]?.digits ?? '';
        digits += group;
        if (isCardNumber(digits)) yield [start, end];
        if (group.length > 19) yield* cardsInside(group, groups[last]?.start ?? 0);
        if (group.length < 3 && !areSingle) break;
      }
    }
  }
}

function* cardsInside(digits: string, offset: number): Generator<TextRange> {
  for (let start = 0; start + 13 <= digits.length; start++) {
    for (const length of [16, 15, 14, 13, 19]) {
      if (start + length <= digits.length && isCardNumber(digits.slice(start, start + length)))
        yield [offset + start, offset + start + length];
    }
  }
}

/** How long one is depends on its country: each end of a group of letters and digits may be its end. */
function* ibanRanges(text: string): Generator<TextRange> {
  for (const { index } of text.matchAll(ibanStarts)) {
    let compact = '';
    for (const group of text.slice(index, index + 60).matchAll(/[\s-]*([A-Za-z0-9]+)/gy)) {
      compact += group[1];
      if (isIban(compact)) yield [index, index + group.index + group[0].length];
    }
  }
}

function joined(ranges: TextRange[]): TextRange[] {
  ranges.sort((a, b) => a[0] - b[0]);
  const result: TextRange[] = [];
  for (const [start, end] of ranges) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}

export function maskRanges(text: string, ranges: readonly TextRange[]): string {
  let masked = '';
  let from = 0;
  for (const [start, end] of ranges) {
    masked += text.slice(from, start) + mask;
    from = end;
  }
  return masked + text.slice(from);
}

/** Text that may be shown, without what is private in any text. `Call +49 30 901820` becomes `Call ••••••`. */
export function maskPatterns(text: string): string {
  const ranges = privateRanges(text);
  return ranges.length > 0 ? maskRanges(text, ranges) : text;
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

// ── addresses ────────────────────────────────────────────────────────────────────────────────────────────────

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Words, numbers and short codes are not; `f3a9…` of 20 or more letters and digits is, and so is a UUID. In base64url a
 * dash may stand anywhere: small letters, capitals and digits in 12 signs of a long piece are enough there.
 */
function isTokenLike(piece: string): boolean {
  return (
    uuid.test(piece) ||
    piece.split(/[-.]/).some((part) => {
      const isMixed = /\d/.test(part) && /[a-z]/.test(part) && /[A-Z]/.test(part);
      return (
        part.length >= (isMixed && piece.length >= 20 ? 12 : 20) && /\d/.test(part) && /[a-z]/i.test(part)
      );
    })
  );
}

/** Some pages encode twice: judged is what nothing is left to decode of. */
const maxDecodings = 3;

/** Whether a piece of an address, as it stands there, is or holds something private or secret. */
export function isPrivatePiece(piece: string): boolean {
  let text = piece.replaceAll('+', ' ');
  for (let round = 0; round < maxDecodings && text.includes('%'); round++) {
    try {
      text = decodeURIComponent(text);
    } catch {
      // Not an encoded text: judged as it stands.
      break;
    }
  }
  return [piece, text].some((each) => isTokenLike(each) || privateRanges(each).length > 0);
}

/** An address without what is private or secret in its path and in the query values that are left. */
export function maskAddress(url: string): string {
  const pathStart = url.indexOf('/', url.indexOf('://') + 3);
  if (pathStart < 0) return url;
  return (
    url.slice(0, pathStart) +
    url.slice(pathStart).replace(/[^/?&=]+/g, (piece) => (isPrivatePiece(piece) ? '***' : piece))
  );
}
