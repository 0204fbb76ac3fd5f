import { maskPatterns } from '../../shared/model/privacy.ts';

/** What becomes of an address in style text: the address to write instead. */
export type AssetAddress = (url: string) => string;

/** rrweb marks where the text nodes of a `<style>` begin. */
const splitMark = '/* rr_split */';

const nameSign = '(?:[-\\w\\u0080-\\uffff]|\\\\[0-9a-f]{1,6}\\s?|\\\\[^\\n0-9a-f])';
const string = '"(?:\\\\[\\s\\S]|[^"\\\\\\n])*(?:"|$)|\'(?:\\\\[\\s\\S]|[^\'\\\\\\n])*(?:\'|$)';
const tokens = new RegExp(
  [
    '\\/\\*[\\s\\S]*?(?:\\*\\/|$)',
    `@(?:import|namespace|charset)\\b(?:${string}|[^;"'{}])*;?`,
    string,
    `${nameSign}+\\(\\s*(?:[^"'()\\s\\\\]|\\\\[\\s\\S])*\\s*\\)`,
    `${nameSign}+\\(?`,
    '[(){};:]',
  ].join('|'),
  'gi',
);
const inlineImage = /^data:image\/(?:png|gif|jpeg|webp|avif);base64,[a-z0-9+/=]*$/i;
/** A small picture costs less in the style text than as an asset of its own. */
const maxInlineChars = 8_192;

const genericFont = /(?:serif|monospace|cursive|fantasy|system-ui|ui-rounded|emoji|math|fangsong)\b/;

/**
 * Style text without what is private: no comments, no imports, no address that the agent's browser could ask, no words
 * in `content` and in custom properties (icons pass). Words elsewhere, as in `font-family`, are the page's design.
 */
export function cleanStyleText(css: string, asset: AssetAddress): string {
  if (css.includes(splitMark)) {
    return css
      .split(splitMark)
      .map((part) => cleanStyleText(part, asset))
      .join(splitMark);
  }
  return cleaned(css, '', asset);
}

/** The value of one declaration. */
export function cleanStyleValue(property: string, value: string, asset: AssetAddress): string {
  return cleaned(value, property.toLowerCase(), asset);
}

function cleaned(css: string, ofProperty: string, asset: AssetAddress): string {
  let property = ofProperty;
  let lastName = '';
  /** For each open parenthesis, whether strings in it are addresses. */
  const parentheses: boolean[] = [];

  return css.replace(tokens, (token, offset: number) => {
    const first = token[0] ?? '';
    if (token.startsWith('/*')) return ' ';
    // Rules are later inserted and deleted by their index: an empty one keeps the place.
    if (first === '@') return /^@c/i.test(token) ? '' : '@media not all{}';
    if (first === '"' || first === "'") {
      if (parentheses.at(-1)) return `"${address(unescaped(token.slice(1, -1)), asset)}"`;
      return cleanString(token, property, css, offset);
    }
    if (token.endsWith(')') && token.length > 1) {
      const [name = '', inside = ''] = splitCall(token);
      if (isAddressCall(name)) return `url("${address(unescaped(inside), asset)}")`;
      return property.startsWith('--') && isSecretWord(inside) ? `${name}(x)` : token;
    }
    switch (token) {
      case '{':
      case '}':
        parentheses.length = 0;
        property = ofProperty;
        lastName = '';
        return token;
      case ';':
        if (parentheses.length === 0) property = ofProperty;
        lastName = '';
        return token;
      case ':':
        if (property === '' && parentheses.length === 0) property = lastName.toLowerCase();
        return token;
      case '(':
        parentheses.push(parentheses.at(-1) ?? false);
        return token;
      case ')':
        parentheses.pop();
        return token;
    }
    if (token.endsWith('(')) {
      parentheses.push(isAddressCall(token.slice(0, -1)));
      return token;
    }
    lastName = unescaped(token);
    return property.startsWith('--') && isSecretWord(token) ? 'x' : token;
  });
}

function splitCall(token: string): [name: string, inside: string] {
  const open = token.indexOf('(');
  return [token.slice(0, open), token.slice(open + 1, -1).trim()];
}

function isAddressCall(name: string): boolean {
  return /^(?:url(?:-prefix)?|src|image|(?:-webkit-)?image-set|domain)$/i.test(unescaped(name));
}

function address(url: string, asset: AssetAddress): string {
  if (url.startsWith('#') && /^#[-\w:.]{1,80}$/.test(url)) return url;
  if (url.length <= maxInlineChars && inlineImage.test(url)) return url;
  return asset(url);
}

function cleanString(token: string, property: string, css: string, offset: number): string {
  const isWords = /[\p{L}\p{N}]{3}|[\p{L}\p{N}].*\s.*[\p{L}\p{N}]/u.test(unescaped(token.slice(1, -1)));
  if (isWords && /^(?:content|quotes|string-set|bookmark-label)$/.test(property)) return '"•••"';
  if (isWords && property.startsWith('--')) {
    const around = css.slice(Math.max(0, offset - 120), offset + 240).split(/[;{}]/);
    if (!around.some((part) => part.includes(token) && genericFont.test(part))) return '"•••"';
  }
  return token.includes('\\') && !isWords ? token : maskPatterns(token);
}

function isSecretWord(word: string): boolean {
  return word.length >= 20 && /\d/.test(word) && /[a-z]/i.test(word) && !/^-?[\d.]+[a-z]*$/i.test(word);
}

/** CSS escapes undone: `\75rl` is `url`. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text
    .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, code: string) => {
      const point = Number.parseInt(code, 16);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
    })
    .replace(/\\([^0-9a-f])/gi, '$1');
}
