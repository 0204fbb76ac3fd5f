const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Random base64url text: 6 bits a character. 22 are 128 bits. Works on pages without HTTPS too. */
export function randomId(chars = 22): string {
  let id = '';
  for (const byte of crypto.getRandomValues(new Uint8Array(chars))) id += letters[byte & 63];
  return id;
}
