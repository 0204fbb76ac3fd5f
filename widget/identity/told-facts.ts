import { maxAttributes } from '../../shared/limits.ts';
import type { Attributes, VisitorChange } from '../../shared/model/visitor.ts';

/** Checks of what a page tells of a customer; null for what the server would not take. */

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isValue = (value: unknown) =>
  typeof value === 'boolean' ||
  (typeof value === 'string' && value.length <= 500) ||
  (typeof value === 'number' && Number.isFinite(value));

/** `nullable`: null takes an attribute away. */
export function readAttributes(value: unknown, nullable: boolean): Attributes | null {
  if (!isRecord(value) || Object.keys(value).length > maxAttributes) return null;
  const isGood = Object.entries(value).every(
    ([name, one]) => name.trim() !== '' && name.length <= 60 && (isValue(one) || (nullable && one === null)),
  );
  return isGood ? (value as Attributes) : null;
}

const isLine = (value: unknown, maxChars: number): value is string | null =>
  value === null || (typeof value === 'string' && value.trim() !== '' && value.length <= maxChars);

/** `{ name, email, attributes }`, each of which may be missing; other names are left out. */
export function readChange(value: unknown): VisitorChange | null {
  if (!isRecord(value)) return null;
  const change: VisitorChange = {};
  if (value.name !== undefined) {
    if (!isLine(value.name, 120)) return null;
    change.name = value.name;
  }
  if (value.email !== undefined) {
    if (!isLine(value.email, 254)) return null;
    change.email = value.email;
  }
  if (value.attributes !== undefined) {
    const attributes = readAttributes(value.attributes, true);
    if (!attributes) return null;
    change.attributes = attributes;
  }
  return Object.keys(change).length > 0 ? change : null;
}

/** The later one counts; attributes are merged by name. */
export function merged(one: VisitorChange, later: VisitorChange): VisitorChange {
  const both = { ...one, ...later };
  if (one.attributes && later.attributes) both.attributes = { ...one.attributes, ...later.attributes };
  return both;
}
