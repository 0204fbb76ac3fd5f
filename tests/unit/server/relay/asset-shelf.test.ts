import { describe, expect, it } from 'vitest';
import { AssetShelf } from '../../../../server/relay/asset-shelf.ts';

const id = (letter: string) => letter.repeat(64);
const part = (letter: string, index = 0, parts = 1) => ({
  id: id(letter),
  mime: 'image/png',
  part: index,
  parts,
});
/** Bytes of a part; what it costs to keep any part is taken off. */
const bytes = (size: number) => new Uint8Array(size - 256);
const bounds = { maxBytes: 1_000, maxOneBytes: 600, maxParts: 4 };

describe('asset shelf', () => {
  it('shows an asset when its last part is there', () => {
    const shelf = new AssetShelf(bounds);
    expect(shelf.add('tab-a', part('a', 0, 2), bytes(270))).toBe(false);
    expect(shelf.heldIds()).toEqual([]);
    expect(shelf.frames).toEqual([]);
    expect(shelf.add('tab-a', part('a', 1, 2), bytes(270))).toBe(true);
    expect(shelf.heldIds()).toEqual([id('a')]);
    expect(shelf.frames).toHaveLength(2);
  });

  it('takes the same image from two tabs once', () => {
    const shelf = new AssetShelf(bounds);
    shelf.add('tab-a', part('a', 0, 2), bytes(270));
    shelf.add('tab-b', part('a', 0, 2), bytes(270));
    expect(shelf.add('tab-b', part('a', 1, 2), bytes(270))).toBe(true);
    expect(shelf.add('tab-a', part('a', 1, 2), bytes(270))).toBe(false);
    expect(shelf.frames).toHaveLength(2);
  });

  it('refuses what is too large, alone or together, and keeps the rest', () => {
    const shelf = new AssetShelf(bounds);
    expect(shelf.add('tab-a', part('a'), bytes(601))).toBe(false);
    expect(shelf.add('tab-a', part('b'), bytes(400))).toBe(true);
    expect(shelf.add('tab-a', part('c'), bytes(300))).toBe(true);
    expect(shelf.add('tab-a', part('d'), bytes(301))).toBe(false);
    expect(shelf.add('tab-a', part('e'), bytes(300))).toBe(true);
    expect(shelf.heldIds()).toEqual([id('b'), id('c'), id('e')]);
  });

  it('an upload cut by a lost connection starts again and is not counted twice', () => {
    const shelf = new AssetShelf({ ...bounds, maxBytes: 900 });
    shelf.add('tab-a', part('a', 0, 2), bytes(300));
    shelf.forgetUnfinished('tab-a');
    expect(shelf.add('tab-a', part('a', 1, 2), bytes(300))).toBe(false);
    shelf.add('tab-a', part('a', 0, 2), bytes(300));
    shelf.add('tab-a', part('a', 0, 2), bytes(300));
    expect(shelf.add('tab-a', part('a', 1, 2), bytes(300))).toBe(true);
    expect(shelf.add('tab-a', part('b'), bytes(300))).toBe(true);
    expect(shelf.add('tab-a', part('c'), bytes(257))).toBe(false);
  });

  it('takes no empty part and none of too many: they would be kept for nothing', () => {
    const shelf = new AssetShelf(bounds);
    expect(shelf.add('tab-a', part('a'), new Uint8Array())).toBe(false);
    expect(shelf.add('tab-a', part('a', 0, 5), bytes(257))).toBe(false);
    expect(shelf.frames).toEqual([]);
  });

  it('counts a part of one byte for what it costs to keep', () => {
    const shelf = new AssetShelf(bounds);
    const taken = ['a', 'b', 'c', 'd'].map((letter) => shelf.add('tab-a', part(letter), new Uint8Array(1)));
    expect(taken).toEqual([true, true, true, false]);
  });
});
