export type TextPiece = { text: string; href?: string };

/** Web and mail addresses. What follows in the text (a full stop, a bracket) does not belong to the address. */
const pattern = /\b(?:https?:\/\/|www\.)[^\s<>"'`]+|\bmailto:[^\s<>"'`]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;
const tail = /[.,;:!?'"*_~\])}]+$/;

/** `See https://a.example/x.` -> `See `, a link, `.`; only http, https and mailto become links. */
export function linkPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const shown = withoutTail(match[0]);
    const href = address(shown);
    if (!href) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ text: shown, href });
    from = match.index + shown.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

function withoutTail(found: string): string {
  const shorter = found.replace(tail, '');
  const cut = found.slice(shorter.length);
  // A closing bracket belongs to an address that opened one: https://a.example/b_(c)
  return cut.startsWith(')') && shorter.includes('(') ? `${shorter})` : shorter;
}

function address(shown: string): string | null {
  const isMail = !/^(https?:\/\/|www\.|mailto:)/i.test(shown);
  const text = isMail ? `mailto:${shown}` : shown.replace(/^www\./i, 'https://www.');
  try {
    const url = new URL(text);
    const isSafe = ['http:', 'https:', 'mailto:'].includes(url.protocol);
    return isSafe && (url.hostname || url.pathname) ? url.href : null;
  } catch {
    // Looked like an address and is none.
    return null;
  }
}
