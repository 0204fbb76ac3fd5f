import { maxIdentityTokenMs } from '../../shared/limits.ts';

/** What a pasted token is checked against. */
export interface TokenExpectations {
  siteKey: string;
  /** Ids of the keys that are live. */
  kids: readonly string[];
  nowMs: number;
}

export type TokenReading =
  | { ok: false; problems: string[] }
  | { ok: true; id: string; name: string | null; email: string | null; leftMs: number };

/** Clocks of two machines may differ by this. */
const toleranceMs = 60_000;

/**
 * Reads an identity token without its signature, which only the server can check, and says what the server would refuse
 * it for.
 */
export function readToken(text: string, { siteKey, kids, nowMs }: TokenExpectations): TokenReading {
  const token = text.trim().replace(/^bearer\s+/i, '');
  const parts = token.split('.');
  const header = decoded(parts[0]);
  const claims = decoded(parts[1]);
  if (parts.length !== 3 || header === null || claims === null) {
    return { ok: false, problems: ['This is not a signed JWT: three parts of base64url with dots between.'] };
  }
  const problems: string[] = [];
  if (header.alg !== 'HS256') problems.push(`It is signed with ${said(header.alg)}; it must be HS256.`);
  if (header.kid !== undefined && !kids.includes(String(header.kid)))
    problems.push(`Its key (kid ${said(header.kid)}) is none of this site’s. Use one of the keys above.`);
  const audience = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  if (!audience.includes(siteKey))
    problems.push(`It is made for ${said(claims.aud)} (aud); it must say ${siteKey}.`);
  if (typeof claims.sub !== 'string' || claims.sub === '' || claims.sub.length > 200)
    problems.push('It does not say who the customer is: sub must be your own id for them, as text.');
  const expiresAtMs = typeof claims.exp === 'number' ? claims.exp * 1000 : null;
  if (expiresAtMs === null)
    problems.push('It never expires: exp is missing. Seconds since 1970, as a number.');
  else if (expiresAtMs + toleranceMs <= nowMs) problems.push('It has expired. Make a new one.');
  else if (expiresAtMs - nowMs > maxIdentityTokenMs + toleranceMs)
    problems.push(
      expiresAtMs > nowMs * 100
        ? 'Its exp is in milliseconds; it must be in seconds.'
        : 'It lives too long: exp may be at most 24 hours ahead.',
    );
  if (typeof claims.nbf === 'number' && claims.nbf * 1000 > nowMs + toleranceMs)
    problems.push('It is not valid yet: nbf lies ahead.');
  if (problems.length > 0 || expiresAtMs === null) return { ok: false, problems };
  return {
    ok: true,
    id: String(claims.sub),
    name: typeof claims.name === 'string' ? claims.name : null,
    email: typeof claims.email === 'string' ? claims.email : null,
    leftMs: expiresAtMs - nowMs,
  };
}

const said = (value: unknown): string => (value === undefined ? 'nothing' : `“${String(value)}”`);

function decoded(part: string | undefined): Record<string, unknown> | null {
  try {
    const bytes = Uint8Array.from(
      atob((part ?? '').replaceAll('-', '+').replaceAll('_', '/')),
      (sign) => sign.codePointAt(0) ?? 0,
    );
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    // Not base64url, or not JSON: it is no token.
    return null;
  }
}
