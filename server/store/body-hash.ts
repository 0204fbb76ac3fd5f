import { createHash } from 'node:crypto';

/**
 * Tells a repeat from another body under the same client id: SHA-256 of the kind and the payload, base64url.
 * Keys are sorted, so that the order in which a sender wrote them does not matter.
 */
export function bodyHash(kind: string, payload: object): string {
  return createHash('sha256')
    .update(`${kind}\n${canonicalJson(payload)}`)
    .digest('base64url');
}

function canonicalJson(payload: object): string {
  return JSON.stringify(payload, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
