/** Readers of single values of a stream: each returns what it promises or refuses the batch. */

/** Longest text of a node or a value. */
const maxTextChars = 2 * 1024 * 1024;
const maxId = 2 ** 31;

export class Malformed extends Error {}

export const fail = (reason: string): never => {
  throw new Malformed(reason);
};

export type Fields = Record<string, unknown>;

export function fields(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fail(`${what} is not an object`);
  return value as Fields;
}
export function list(value: unknown, what: string, max: number): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return fail(`${what} is not a list`);
  if (value.length > max) return fail(`${what} is too long`);
  return value;
}
export function integer(value: unknown, what: string, max = maxId): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > max) {
    return fail(`${what} is not a whole number in range`);
  }
  return value;
}
export function nodeId(value: unknown): number {
  const id = integer(value, 'id');
  return id > 0 ? id : fail('id is 0');
}
/** rrweb says -1 where it knows no node. */
export function maybeId(value: unknown): number | null {
  return value === undefined || value === null || value === -1 ? null : integer(value, 'id');
}
export function number(value: unknown, what: string, max: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return fail(`${what} is not a number`);
  return Math.min(max, Math.max(-max, value));
}
export function text(value: unknown, what: string, maxChars = maxTextChars): string {
  if (typeof value !== 'string') return fail(`${what} is not text`);
  return value.length > maxChars ? value.slice(0, maxChars) : value;
}
