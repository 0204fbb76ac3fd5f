import { describe, expect, it } from 'vitest';
import { AssetShelf } from '../../../../server/relay/asset-shelf.ts';

const id = (letter: string) => letter.repeat(64);
const part = (letter: string, index = 0, parts = 1) => ({
  id: id(letter),
  mime: 'image/png',
  part: index,
  parts,
});
const bytes = (size: number) => new Uint8Array(size);

describe('asset shelf', () => {
  it('shows an asset when its last part is there', () => {
    const shelf = new AssetShelf({ maxBytes: 100, maxOneBytes: 50 });
    expect(shelf.add('tab-a', part('a', 0, 2), bytes(10))).toBe(false);
    expect(shelf.heldIds()).toEqual([]);
    expect(shelf.frames).toEqual([]);
    expect(shelf.add('tab-a', part('a', 1, 2), bytes(10))).toBe(true);
    expect(shelf.heldIds()).toEqual([id('a')]);
    expect(shelf.frames).toHaveLength(2);
  });

  it('takes the same image from two tabs once', () => {
    const shelf = new AssetShelf({ maxBytes: 100, maxOneBytes: 50 });
    shelf.add('tab-a', part('a', 0, 2), bytes(10));
    shelf.add('tab-b', part('a', 0, 2), bytes(10));
    expect(shelf.add('tab-b', part('a', 1, 2), bytes(10))).toBe(true);
    expect(shelf.add('tab-a', part('a', 1, 2), bytes(10))).toBe(false);
    expect(shelf.frames).toHaveLength(2);
  });

  it('refuses what is too large, alone or together, and keeps the rest', () => {
    const shelf = new AssetShelf({ maxBytes: 100, maxOneBytes: 50 });
    expect(shelf.add('tab-a', part('a'), bytes(51))).toBe(false);
    expect(shelf.add('tab-a', part('b'), bytes(50))).toBe(true);
    expect(shelf.add('tab-a', part('c'), bytes(45))).toBe(true);
    expect(shelf.add('tab-a', part('d'), bytes(6))).toBe(false);
    expect(shelf.add('tab-a', part('e'), bytes(5))).toBe(true);
    expect(shelf.heldIds()).toEqual([id('b'), id('c'), id('e')]);
  });

  it('an upload cut by a lost connection starts again and is not counted twice', () => {
    const shelf = new AssetShelf({ maxBytes: 60, maxOneBytes: 50 });
    shelf.add('tab-a', part('a', 0, 2), bytes(25));
    shelf.forgetUnfinished('tab-a');
    expect(shelf.add('tab-a', part('a', 1, 2), bytes(25))).toBe(false);
    shelf.add('tab-a', part('a', 0, 2), bytes(25));
    shelf.add('tab-a', part('a', 0, 2), bytes(25));
    expect(shelf.add('tab-a', part('a', 1, 2), bytes(25))).toBe(true);
    expect(shelf.add('tab-a', part('b'), bytes(10))).toBe(true);
  });
});
