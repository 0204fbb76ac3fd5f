import { describe, expect, it } from 'vitest';
import { byPlace, isAbove, type ListPlace, placeInList } from '../../../console/row-order.ts';

const places = new Map<string, ListPlace>(
  [
    { id: 'a', key: 10 },
    { id: 'b', key: 20 },
    { id: 'c', key: 30 },
  ].map((place) => [place.id, place]),
);
const placeOf = (id: string) => places.get(id) ?? null;

describe('order of a list', () => {
  it('is by key, and of equal keys the greater id first', () => {
    expect(isAbove({ key: 1, id: 'a' }, { key: 2, id: 'z' })).toBe(true);
    expect(isAbove({ key: 1, id: 'z' }, { key: 1, id: 'a' })).toBe(true);
    expect(
      [
        { key: 2, id: 'a' },
        { key: 1, id: 'a' },
        { key: 2, id: 'b' },
      ].sort(byPlace),
    ).toEqual([
      { key: 1, id: 'a' },
      { key: 2, id: 'b' },
      { key: 2, id: 'a' },
    ]);
  });

  it('puts an id where it belongs, once', () => {
    expect(placeInList(['a', 'c'], { id: 'b', key: 20 }, null, placeOf)).toEqual(['a', 'b', 'c']);
    expect(placeInList(['a', 'b', 'c'], { id: 'a', key: 25 }, null, placeOf)).toEqual(['b', 'a', 'c']);
    expect(placeInList([], { id: 'a', key: 1 }, null, placeOf)).toEqual(['a']);
  });

  it('puts nothing below the last fetched row', () => {
    const end = { id: 'c', key: 30 };
    expect(placeInList(['a', 'b', 'c'], { id: 'd', key: 31 }, end, placeOf)).toEqual(['a', 'b', 'c']);
    expect(placeInList(['a', 'b', 'c'], { id: 'b', key: 99 }, end, placeOf)).toEqual(['a', 'c']);
  });
});
