import { maxUrlChars } from '../../shared/limits.ts';
import { maskAddress } from '../../shared/model/privacy-hint.ts';
import type { TextJudge } from './text-judge.ts';

/**
 * An address as agents may see it, on every connection: without name and password, fragment, and the values of query
 * parameters that the site does not list; what looks private or like a token in the path and in listed values is `***`.
 * `https://a.example/x?id=7&utm=b#t` with `['utm']` is `https://a.example/x?id=&utm=b`.
 * A query piece without `=`, or with a name that looks private, is dropped: it may be a value. What is not http or
 * https gives ''.
 */
export function shownUrl(
  href: string,
  shownQueryParams: readonly string[],
  { isPrivatePiece }: Pick<TextJudge, 'isPrivatePiece'>,
): string {
  let url: URL;
  try {
    url = new URL(href);
  } catch {
    return '';
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return '';
  const query = url.search
    .slice(1)
    .split('&')
    .flatMap((piece) => {
      const end = piece.indexOf('=');
      const name = piece.slice(0, end);
      if (end < 0 || isPrivatePiece(name)) return [];
      return shownQueryParams.includes(decoded(name)) ? piece : `${name}=`;
    })
    .join('&');
  return maskAddress(`${url.origin}${url.pathname}${query ? `?${query}` : ''}`, isPrivatePiece).slice(
    0,
    maxUrlChars,
  );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}
