/** A run of text; with `href` it is a link and `text` is the address as it was written. */
export type TextPiece = { text: string; href?: string };

/** Runs of what can be part of an address. Everything here is linear: a message may be made to be slow. */
const runs = /[^\s<>"'`“”„«»]+/g;
const webStart = /(?:https?:\/\/|www\.|mailto:)/i;
const mailAddress = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;
const opening = '([{*_~';
const closing = '.,;:!?*_~)]}…';

/** `See https://a.example/x.` -> `See `, a link, `.`; only http, https and mailto become links. */
export function linkPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let fromIndex = 0;
  for (const run of text.matchAll(runs)) {
    const [start, end] = bounds(run[0]);
    const shown = run[0].slice(start, end);
    const href = address(shown);
    if (!href) continue;
    const index = run.index + start;
    if (index > fromIndex) pieces.push({ text: text.slice(fromIndex, index) });
    pieces.push({ text: shown, href });
    fromIndex = index + shown.length;
  }
  if (fromIndex < text.length) pieces.push({ text: text.slice(fromIndex) });
  return pieces;
}

/** Where in a run the address stands: what opens before it and a full stop or bracket after it are not part of it. */
function bounds(run: string): [start: number, end: number] {
  const web = webStart.exec(run);
  let start = web && !/\w/.test(run[web.index - 1] ?? '') ? web.index : 0;
  while (start < run.length && opening.includes(run.charAt(start))) start += 1;
  let end = run.length;
  while (end > start && closing.includes(run.charAt(end - 1))) end -= 1;
  // A closing bracket belongs to an address that opened one: https://a.example/b_(c)
  if (run.charAt(end) === ')' && run.slice(start, end).includes('(')) end += 1;
  return [start, end];
}

function address(shown: string): string | null {
  const isWeb = webStart.exec(shown)?.index === 0;
  if (!isWeb && !mailAddress.test(shown)) return null;
  try {
    const url = new URL(isWeb ? shown.replace(/^www\./i, 'https://www.') : `mailto:${shown}`);
    const isSafe = ['http:', 'https:', 'mailto:'].includes(url.protocol);
    return isSafe && (url.hostname || url.pathname) ? url.href : null;
  } catch {
    // Looked like an address and is none.
    return null;
  }
}
