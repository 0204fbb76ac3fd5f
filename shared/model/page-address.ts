import { isPrivateText } from './privacy.ts';
import type { PrivacyRule } from './site.ts';

/** What of an address an agent may never see, and which of the site's rules hold at it. */

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
  return [piece, text].some((each) => isTokenLike(each) || isPrivateText(each));
}
