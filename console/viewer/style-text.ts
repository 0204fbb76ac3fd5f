import type { Surroundings } from '../../shared/model/surroundings.ts';
import { answerMedia, isMediaFeature, preferredScheme } from './media-answers.ts';

/**
 * Makes CSS of a visitor's page safe to replay: nothing in it can name another host, and states that only real input
 * can cause (`:hover`, `:focus`) become attributes that the player sets.
 *
 * - `url(…)` stays only for fragments and for `data:` images and fonts; `rapport-asset:REF` becomes
 *   `var(--rapport-asset-REF, url("data:,"))`, so that content may arrive before or after the style that names it;
 * - `@import`, `@namespace`, `@charset`, `@document`, `behavior`, `-moz-binding` and `expression()` go;
 * - an `@font-face` whose source is an asset is taken out and returned: `var()` is not allowed in it.
 *
 * Identifiers are compared after their escapes are undone, so `u\72l(` is `url(`.
 */

/** An `@font-face` whose file travels as an asset. */
export interface FontFaceRule {
  family: string;
  /** Refs in the order of `src`; the first one that can be read is used. */
  refs: number[];
  descriptors: FontFaceDescriptors;
}

export interface CleanStyleSheet {
  text: string;
  fonts: FontFaceRule[];
}

/** What an address in CSS or in an attribute may be. */
export type Address =
  | { kind: 'asset'; ref: number }
  | { kind: 'fragment'; text: string }
  | { kind: 'data'; text: string }
  | { kind: 'refused' };

const assetAddress = /^rapport-asset:(\d{1,9})$/i;
const fragmentAddress = /^#[^\s"'()\\<>]{0,300}$/;
const dataImage = /^data:image\/(png|jpe?g|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)[;,]/i;
const dataFont =
  /^data:(font\/|application\/(x-)?font-|application\/octet-stream|application\/vnd\.ms-fontobject)/i;
/** Longer `data:` addresses would have travelled as assets. */
const maxDataAddressChars = 4 * 1024 * 1024;

/** Judges an address; `purpose` says which `data:` types make sense there. */
export function judgeAddress(text: string, purpose: 'image' | 'style'): Address {
  const address = text.trim();
  const asset = assetAddress.exec(address);
  if (asset) return { kind: 'asset', ref: Number(asset[1]) };
  if (fragmentAddress.test(address)) return { kind: 'fragment', text: address };
  if (address.length <= maxDataAddressChars) {
    if (dataImage.test(address) || (purpose === 'style' && dataFont.test(address))) {
      return { kind: 'data', text: address };
    }
  }
  return { kind: 'refused' };
}

/** The custom property that holds an asset's image once it is here. */
export const assetProperty = (ref: number) => `--rapport-asset-${ref}`;

const nothing = 'url("data:,")';

function safeUrl(text: string): string {
  const address = judgeAddress(text, 'style');
  if (address.kind === 'asset') return `var(${assetProperty(address.ref)},${nothing})`;
  if (address.kind === 'refused') return nothing;
  const quoted = address.text
    .replace(/[\r\n\f]/g, '')
    .replace(/"/g, '%22')
    .replace(/\\/g, '%5C');
  return `url("${quoted}")`;
}

/** Stands for a rule that was taken out: rules are later inserted and deleted by their index. */
const emptyRule = '@media not all{}';
const droppedAtRules = new Map([
  ['import', emptyRule],
  ['namespace', emptyRule],
  ['document', emptyRule],
  ['-moz-document', emptyRule],
  ['charset', ''],
]);
const droppedWords = new Set(['behavior', '-ms-behavior', '-moz-binding']);
/** Functions whose strings are addresses. */
const addressFunctions = new Set([
  'image-set',
  '-webkit-image-set',
  'image',
  'src',
  'cross-fade',
  '-webkit-cross-fade',
]);
const substitutions = new Set(['var', 'env', 'attr']);
const pseudoClasses = new Map([
  ['hover', '[data-rapport-hover]'],
  ['focus', '[data-rapport-focus]'],
  ['focus-visible', '[data-rapport-focus-visible]'],
  ['focus-within', '[data-rapport-focus-within]'],
  ['active', '[data-rapport-active]'],
  ['target', '[data-rapport-target]'],
  ['valid', '[data-rapport-valid]'],
  ['invalid', '[data-rapport-invalid]'],
  ['user-valid', '[data-rapport-user-valid]'],
  ['user-invalid', '[data-rapport-user-invalid]'],
  ['in-range', '[data-rapport-in-range]'],
  ['out-of-range', '[data-rapport-out-of-range]'],
  ['defined', ':not([data-rapport-undefined])'],
]);

/** Properties whose values are names of the page's own, which may be those of states. */
const namesOf =
  /^(?:--|(?:-webkit-)?(?:animation|transition|grid|view-|will-|font|counter|list|container|anchor|position|scroll|timeline))/;

const schemeValue = /^\s*:\s*([a-z]+(?:\s+[a-z]+)+)/i;
const featureValue = /^\s*(?::\s*([-\w.]+)\s*)?\)/;
const always = 'min-width:0';
const never = 'min-width:1e9px';

const isNameChar = (code: number) =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 45 ||
  code === 95 ||
  code >= 128;
const isNewline = (code: number) => code === 10 || code === 13 || code === 12;
const isSpace = (code: number) => code === 32 || code === 9 || isNewline(code);
const isHex = (code: number) =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);

const backslash = 92;

/** Index after the escape that starts at `at` (a backslash). */
function afterEscape(text: string, at: number): number {
  let end = at + 1;
  while (end < at + 7 && isHex(text.charCodeAt(end))) end += 1;
  if (end > at + 1) return isSpace(text.charCodeAt(end)) ? end + 1 : end;
  return Math.min(at + 2, text.length);
}

function unescapeCss(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:([0-9a-f]{1,6})\s?|(\r\n|[\n\r\f])|([\s\S])|$)/gi,
    (_all, hex, newline, other) => {
      if (hex) {
        const code = Number.parseInt(hex, 16);
        return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
          ? String.fromCodePoint(code)
          : '\ufffd';
      }
      return newline ? '' : (other ?? '');
    },
  );
}

/** Index after the name that starts at `at`; `at` itself when there is none. */
function afterName(text: string, at: number): number {
  let end = at;
  for (;;) {
    const code = text.charCodeAt(end);
    if (isNameChar(code)) end += 1;
    else if (code === backslash && end + 1 < text.length && !isNewline(text.charCodeAt(end + 1))) {
      end = afterEscape(text, end);
    } else return end;
  }
}

/** Index after the string whose quote is at `at`. A raw newline ends it, as in CSS. */
function afterString(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  let end = at + 1;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code === quote) return end + 1;
    if (isNewline(code)) return end;
    end += code === backslash ? 2 : 1;
  }
  return text.length;
}

function afterComment(text: string, at: number): number {
  const end = text.indexOf('*/', at + 2);
  return end < 0 ? text.length : end + 2;
}

const isQuote = (code: number) => code === 34 || code === 39;
const isComment = (text: string, at: number) => text.charCodeAt(at) === 47 && text.charCodeAt(at + 1) === 42;

function stringContent(text: string, from: number, end: number): string {
  const closed = end - from > 1 && text.charCodeAt(end - 1) === text.charCodeAt(from);
  return unescapeCss(text.slice(from + 1, closed ? end - 1 : end));
}

/** The address in `url(…)`; `at` is the index after the parenthesis. */
function readUrl(text: string, at: number): { address: string; end: number } {
  let from = at;
  while (isSpace(text.charCodeAt(from))) from += 1;
  if (isQuote(text.charCodeAt(from))) {
    const stringEnd = afterString(text, from);
    const close = text.indexOf(')', stringEnd);
    return { address: stringContent(text, from, stringEnd), end: close < 0 ? text.length : close + 1 };
  }
  let end = from;
  while (end < text.length && text.charCodeAt(end) !== 41) {
    end = text.charCodeAt(end) === backslash ? Math.min(end + 2, text.length) : end + 1;
  }
  return { address: unescapeCss(text.slice(from, end)), end: Math.min(end + 1, text.length) };
}

/** Index after the statement that goes on at `at`: its semicolon, its block, or the end of the block around it. */
function afterStatement(text: string, at: number): number {
  let depth = 0;
  let index = at;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (isComment(text, index)) index = afterComment(text, index);
    else if (isQuote(code)) index = afterString(text, index);
    else if (code === backslash) index = afterEscape(text, index);
    else {
      if (code === 125 && depth === 0) return index;
      index += 1;
      if (code === 123) depth += 1;
      else if (code === 125) depth -= 1;
      if ((code === 125 || code === 59) && depth === 0) return index;
    }
  }
  return text.length;
}

/** The declarations of an `@font-face`; null when they are not plain ones, so that no text is read over and over. */
function fontFaceBody(text: string, at: number): { from: number; end: number } | null {
  let from = -1;
  let index = at;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (isComment(text, index)) index = afterComment(text, index);
    else if (isQuote(code)) index = afterString(text, index);
    else if (code === backslash) index = afterEscape(text, index);
    else if (code === 125) return from < 0 ? null : { from, end: index };
    else if (code === 64 || (code === 123 && from >= 0)) return null;
    else {
      index += 1;
      if (code === 123) from = index;
    }
  }
  return null;
}

const fontDescriptors: Record<string, Exclude<keyof FontFaceDescriptors, 'display'>> = {
  'font-style': 'style',
  'font-weight': 'weight',
  'font-stretch': 'stretch',
  'unicode-range': 'unicodeRange',
  'font-feature-settings': 'featureSettings',
  'font-variation-settings': 'variationSettings',
  'ascent-override': 'ascentOverride',
  'descent-override': 'descentOverride',
  'line-gap-override': 'lineGapOverride',
};

/** Splits at `separator` outside strings, parentheses and comments. */
function splitOutside(text: string, separator: number): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  let index = 0;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (isComment(text, index)) index = afterComment(text, index);
    else if (isQuote(code)) index = afterString(text, index);
    else if (code === backslash) index = afterEscape(text, index);
    else {
      if (code === 40) depth += 1;
      else if (code === 41) depth = Math.max(0, depth - 1);
      else if (code === separator && depth === 0) {
        parts.push(text.slice(from, index));
        from = index + 1;
      }
      index += 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/** The font of an `@font-face` body, or null when no source of it is an asset. */
function fontFaceOf(body: string): FontFaceRule | null {
  let family = '';
  const refs: number[] = [];
  const descriptors: FontFaceDescriptors = {};
  for (const declaration of splitOutside(body, 59)) {
    const [rawName = '', ...rest] = splitOutside(declaration, 58);
    const name = unescapeCss(rawName.replace(/\/\*[\s\S]*?\*\//g, ''))
      .trim()
      .toLowerCase();
    const value = rest.join(':').trim();
    const descriptor = fontDescriptors[name];
    if (name === 'font-family') family = unescapeCss(value.replace(/^["']|["']$/g, '')).slice(0, 200);
    else if (name === 'src') {
      for (const source of splitOutside(value, 44)) {
        const open = source.indexOf('(');
        if (open < 0 || unescapeCss(source.slice(0, open)).trim().toLowerCase() !== 'url') continue;
        const address = judgeAddress(readUrl(source, open + 1).address, 'style');
        if (address.kind === 'asset') refs.push(address.ref);
      }
    } else if (descriptor && value.length <= 4_000) descriptors[descriptor] = value;
  }
  return family !== '' && refs.length > 0 ? { family, refs, descriptors } : null;
}

function clean(text: string, fonts: FontFaceRule[] | null, surroundings?: Surroundings): string {
  let out = '';
  /** Everything before it is in `out`. */
  let copied = 0;
  let index = 0;
  const functions: string[] = [];
  let lastName = '';
  let afterPseudoElement = false;
  const replace = (from: number, end: number, by: string) => {
    out += text.slice(copied, from) + by;
    copied = end;
    index = end;
  };

  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (isComment(text, index)) {
      index = afterComment(text, index);
    } else if (isQuote(code)) {
      const end = afterString(text, index);
      if (addressFunctions.has(functions.at(-1) ?? ''))
        replace(index, end, safeUrl(stringContent(text, index, end)));
      else index = end;
    } else if (code === 64) {
      const nameEnd = afterName(text, index + 1);
      const name = unescapeCss(text.slice(index + 1, nameEnd)).toLowerCase();
      const substitute = droppedAtRules.get(name);
      if (substitute !== undefined) {
        replace(index, afterStatement(text, nameEnd), substitute);
      } else if (name === 'font-face' && fonts) {
        const body = fontFaceBody(text, nameEnd);
        const font = body && fontFaceOf(text.slice(body.from, body.end));
        if (font) {
          fonts.push(font);
          replace(index, body.end + 1, emptyRule);
        } else index = nameEnd;
      } else index = Math.max(nameEnd, index + 1);
      lastName = '';
    } else if (isNameChar(code) || code === backslash) {
      const end = afterName(text, index);
      if (end === index) {
        index += 1;
        continue;
      }
      const name = unescapeCss(text.slice(index, end)).toLowerCase();
      if (text.charCodeAt(end) === 40) {
        if (name === 'url' || name === 'url-prefix' || name === 'domain') {
          const { address, end: urlEnd } = readUrl(text, end + 1);
          replace(index, urlEnd, safeUrl(address));
        } else {
          /** `image-set(var(--x))`: the address would be a string elsewhere in the sheet. */
          const hidden = substitutions.has(name) && addressFunctions.has(functions.at(-1) ?? '');
          functions.push(name);
          if (hidden || name === 'expression') replace(index, end + 1, 'removed(');
          else index = end + 1;
        }
      } else if (droppedWords.has(name)) {
        replace(index, end, 'removed');
      } else if (
        name === 'color-scheme' &&
        functions.length === 0 &&
        schemeValue.test(text.slice(end, end + 60))
      ) {
        const [all, schemes = ''] = schemeValue.exec(text.slice(end, end + 60)) ?? [''];
        replace(end, end + all.length, `:${preferredScheme(schemes, surroundings)}`);
      } else if (fonts && functions.at(-1) === '' && isMediaFeature(name)) {
        const [rest, value] = featureValue.exec(text.slice(end, end + 60)) ?? [''];
        const answer = rest === '' ? null : answerMedia(name, value?.toLowerCase(), surroundings);
        if (answer === null) index = end;
        else replace(index, end + rest.length - 1, answer ? always : never);
      } else index = end;
      lastName = name;
    } else if (code === 58) {
      if (text.charCodeAt(index + 1) === 58) {
        afterPseudoElement = true;
        index += 2;
        continue;
      }
      const end = afterName(text, index + 1);
      const name = unescapeCss(text.slice(index + 1, end)).toLowerCase();
      const attribute = pseudoClasses.get(name);
      /** `(hover:hover)` is a media feature and `--state:hover` a value; after `::part()` no attribute may stand. */
      const isFeature = functions.at(-1) === '' && (lastName === 'hover' || lastName === 'any-hover');
      const isState = !isFeature && !namesOf.test(lastName);
      if (fonts && attribute && isState && !afterPseudoElement && text.charCodeAt(end) !== 40) {
        replace(index, end, attribute);
      } else index += 1;
    } else {
      if (code === 40) functions.push('');
      else if (code === 41) functions.pop();
      else if (isSpace(code) || code === 44 || code === 123 || code === 125 || code === 59) {
        afterPseudoElement = false;
        if (code !== 44 && !isSpace(code)) functions.length = 0;
        lastName = '';
      } else if (code === 62 || code === 43 || code === 126) afterPseudoElement = false;
      index += 1;
    }
  }
  return out + text.slice(copied);
}

/** Cleans the text of a style sheet or of one rule. */
export function cleanStyleSheet(text: string, surroundings?: Surroundings): CleanStyleSheet {
  const fonts: FontFaceRule[] = [];
  return { text: clean(text, fonts, surroundings), fonts };
}

/** Cleans declarations (`style="…"`), a single value or a presentation attribute. */
export function cleanDeclarations(text: string, surroundings?: Surroundings): string {
  return clean(text, null, surroundings);
}
