/** Keys that reach an object's prototype when a value is copied carelessly. */
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

export type ShapeFault = 'too_deep' | 'forbidden_key';

/**
 * What no schema sees: how deep a parsed JSON value goes, and keys that every object inherits. Walks without recursion,
 * because a deep value is meant to overflow the stack.
 */
export function findShapeFault(value: unknown, maxDepth: number): ShapeFault | null {
  const open: Array<{ value: unknown; depth: number }> = [{ value, depth: 1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: one, depth } = next;
    if (typeof one !== 'object' || one === null) continue;
    if (depth > maxDepth) return 'too_deep';
    for (const key of Object.keys(one)) {
      if (!Array.isArray(one) && forbiddenKeys.has(key)) return 'forbidden_key';
      open.push({ value: (one as Record<string, unknown>)[key], depth: depth + 1 });
    }
  }
  return null;
}
