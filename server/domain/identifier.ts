import { createHash, randomBytes } from 'node:crypto';
import { type IdKind, idPrefixes } from '../../shared/model/ids.ts';

/** A new id: 128 random bits behind the kind's prefix. */
export function randomId(kind: IdKind): string {
  return `${idPrefixes[kind]}_${randomBytes(16).toString('base64url')}`;
}

/** The same parts give the same id, always: what is made twice by a repeated request has one identity. */
export function derivedId(kind: IdKind, ...parts: string[]): string {
  return `${idPrefixes[kind]}_${digest(parts.join('\n')).slice(0, 22)}`;
}

/** Client id of one of several entries that a request writes: a repeat of the request has the same ones. */
export function derivedClientId(clientId: string, part: string): string {
  return digest(`${clientId}\n${part}`).slice(0, 22);
}

/** What is kept of a secret of 128 bits or more; guessable secrets (passwords) need `password.ts`. */
export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** 256 random bits. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}
