export interface TextPart {
  text: string;
  /** http, https or mailto only. */
  href?: string;
}

/** The look-behind lets an e-mail address start only where a word does: else hostile text costs its length squared. */
const addressPattern =
  /(?:https?:\/\/|www\.)[^\s<>"'`]+|mailto:[^\s<>"'`]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;

/** Splits text at web and e-mail addresses. Nothing else ever becomes a link. */
export function linkedText(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(addressPattern)) {
    const words = withoutTail(match[0]);
    const href = safeAddress(words);
    if (href === null) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: words, href });
    end = match.index + words.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** An address for `href`, or null when its scheme is not one that only opens a page or a letter. */
export function safeAddress(text: string): string | null {
  let full = text;
  if (/^www\./i.test(text)) full = `https://${text}`;
  else if (!/^[a-z][a-z0-9+.-]*:/i.test(text)) full = text.includes('@') ? `mailto:${text}` : text;
  if (!URL.canParse(full)) return null;
  const url = new URL(full);
  return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
}

/** Punctuation after an address belongs to the sentence; a bracket does unless the address opened it. */
function withoutTail(address: string): string {
  const opened = address.split('(').length;
  let closed = address.split(')').length;
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    if (last === ')' && closed <= opened) break;
    if (!/[.,;:!?)\]}…’”]/.test(last)) break;
    if (last === ')') closed -= 1;
  }
  return address.slice(0, end);
}
