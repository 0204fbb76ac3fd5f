/** What the widget reads of a token that the site has signed. Only the server can tell whether it is true. */
export interface SignedToken {
  text: string;
  /** The site's id of the customer. */
  subject: string;
  expiresAtMs: number;
  /** Who it says the customer is, without what differs from token to token: two tokens with one such text mean the same. */
  person: string;
}

/** Null for what is no JWT with `sub` and `exp`. */
export function readSignedToken(text: unknown): SignedToken | null {
  if (typeof text !== 'string' || text.length > 4_000) return null;
  try {
    const payload = text.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), (char) =>
      char.charCodeAt(0),
    );
    const { exp, iat, nbf, jti, ...person } = JSON.parse(new TextDecoder().decode(bytes)) as Record<
      string,
      unknown
    >;
    if (typeof exp !== 'number' || typeof person.sub !== 'string') return null;
    return { text, subject: person.sub, expiresAtMs: exp * 1_000, person: JSON.stringify(person) };
  } catch {
    return null;
  }
}
