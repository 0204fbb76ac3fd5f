import { mayBePrivate } from './privacy-hint.ts';

/** What of any text an agent may never see, as pure rules. For addresses: `page-address.ts`, for elements: `page-privacy.ts`. */

/** Stands for what is private. */
export const mask = '••••••';

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

/** Where card numbers, IBANs, e-mail addresses, tokens and telephone numbers stand, in order, not overlapping. */
export function privateRanges(text: string): TextRange[] {
  if (!mayBePrivate(text)) return [];
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

export function isPrivateText(text: string): boolean {
  return privateRanges(text).length > 0;
}
