import { nanoid } from 'nanoid';

/** Id of something the agent composes; repeats of the same request carry the same one. */
export function newClientId(): string {
  return nanoid(24);
}
