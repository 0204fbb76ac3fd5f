import { expect, it } from 'vitest';
import { moved, placeAt } from '../../../../console/settings/list-order.ts';

it('an item moves to a place and the others keep their order', () => {
  expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd']);
  expect(moved(['a', 'b', 'c', 'd'], 3, 0)).toEqual(['d', 'a', 'b', 'c']);
  expect(moved(['a', 'b'], 0, 9)).toEqual(['b', 'a']);
  expect(moved(['a', 'b'], 1, -1)).toEqual(['b', 'a']);
  expect(moved(['a', 'b'], 5, 0)).toEqual(['a', 'b']);
});

it('a dragged row stands below the rows whose middle the pointer has passed', () => {
  const others = [
    { topPx: 0, heightPx: 40 },
    { topPx: 40, heightPx: 40 },
  ];
  expect([10, 21, 59, 61].map((pointerPx) => placeAt(pointerPx, others))).toEqual([0, 1, 1, 2]);
});
