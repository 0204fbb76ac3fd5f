/** What can be said of a text without the rules of `privacy.ts`. */

/** Every pattern of `privacy.ts` needs one of these; most texts have none. */
const hints = /@|eyJ|(?:\d\D{0,3}){7}|\w{32}/;

/** False: nothing in this text is private by the rules of `privacy.ts`. True: they have to be asked. */
export function mayBePrivate(text: string): boolean {
  return text.length >= 7 && hints.test(text);
}

/** An address with `***` for the pieces of its path, and of the query values that are left, that are private. */
export function maskAddress(url: string, isPrivate: (piece: string) => boolean): string {
  const pathStart = url.indexOf('/', url.indexOf('://') + 3);
  if (pathStart < 0) return url;
  return (
    url.slice(0, pathStart) +
    url.slice(pathStart).replace(/[^/?&=]+/g, (piece) => (isPrivate(piece) ? '***' : piece))
  );
}
