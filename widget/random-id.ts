/** Random base64url text: 6 bits a character. 22 are 128 bits. Works on pages without HTTPS too. */
export function randomId(chars = 22): string {
  const bytes = crypto.getRandomValues(new Uint8Array(chars));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .slice(0, chars);
}
