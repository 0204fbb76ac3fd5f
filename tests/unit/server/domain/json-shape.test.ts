import { expect, it } from 'vitest';
import { findShapeFault } from '../../../../server/domain/json-shape.ts';

const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);

it.each([
  ['a plain value', 'text', null],
  ['levels up to the limit', nested(4), null],
  ['one level too many', nested(5), 'too_deep'],
  ['more levels than the stack has frames', nested(100_000), 'too_deep'],
  ['a list in a list', [[[[[]]]]], 'too_deep'],
  ['__proto__', JSON.parse('{"a":[{"__proto__":{}}]}'), 'forbidden_key'],
  ['constructor', { constructor: 1 }, 'forbidden_key'],
  ['prototype', { a: { prototype: 1 } }, 'forbidden_key'],
  ['such a word as a value', { a: '__proto__' }, null],
])('%s', (_, value, fault) => {
  expect(findShapeFault(value, 4)).toBe(fault);
});
