import * as v from 'valibot';
import { originSchema } from '../../shared/model/site.ts';

export type OriginText = { ok: true; origin: string } | { ok: false; error: string };

/**
 * The origin that somebody means: of a pasted page address its origin is taken, and `shop.example` is read as
 * `https://shop.example`, a name of this machine as `http://`.
 */
export function originFromText(text: string, known: readonly string[]): OriginText {
  const typed = text.trim();
  if (typed === '') return { ok: false, error: 'Enter an address like https://shop.example.' };
  if (typed.includes('*')) {
    return {
      ok: false,
      error: 'Patterns with * are not possible. Add each address, such as https://www.shop.example.',
    };
  }
  const isLocal = /^(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/i.test(typed);
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `${isLocal ? 'http' : 'https'}://${typed}`;
  // Chromium takes a host with spaces and escapes them.
  if (/\s/.test(typed) || !URL.canParse(full))
    return { ok: false, error: 'This is not a web address. Try https://shop.example.' };
  const url = new URL(full);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { ok: false, error: 'Only addresses with https:// or http:// can show the widget.' };
  }
  const checked = v.safeParse(originSchema, url.origin);
  if (!checked.success) return { ok: false, error: 'This is not a web address. Try https://shop.example.' };
  if (known.includes(checked.output))
    return { ok: false, error: `${checked.output} is in the list already.` };
  return { ok: true, origin: checked.output };
}
