import { inflateRawSync } from 'node:zlib';
import { Inflate } from 'fflate';
import { expect, it } from 'vitest';
import { deflateBatch, deflateSmall } from '../../../../widget/cobrowse/batch-deflate.ts';

/** The same numbers on every run. */
function createDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state / 0x7fff_ffff;
  };
}

const inflate = (bytes: Uint8Array, dictionary: Uint8Array) =>
  new Uint8Array(inflateRawSync(bytes, dictionary.length > 0 ? { dictionary } : {}));

it('zlib reads back what it wrote, with and without a dictionary', () => {
  const dice = createDice(7);
  for (let round = 0; round < 400; round++) {
    const letters = 1 + Math.floor(dice() * (round % 3 === 0 ? 255 : 5));
    const make = (length: number) => Uint8Array.from({ length }, () => Math.floor(dice() * letters));
    const dictionary = make(Math.floor(dice() ** 3 * 32_768));
    const bytes = make(Math.floor(dice() ** 3 * 6_000));
    expect(Buffer.compare(inflate(deflateSmall(bytes, dictionary), dictionary), bytes)).toBe(0);
  }
});

it('every length of match and every distance of the window is written right', () => {
  const dice = createDice(3);
  const dictionary = Uint8Array.from({ length: 32_768 }, () => Math.floor(dice() * 256));
  for (const distance of [1, 2, 3, 4, 5, 8, 9, 255, 256, 257, 4_097, 16_385, 24_577, 32_767, 32_768]) {
    for (let length = 3; length <= 258; length += distance > 600 ? 17 : 1) {
      const start = dictionary.length - distance;
      const bytes = Uint8Array.from({ length }, (_, index) => dictionary[start + (index % distance)] ?? 0);
      expect(Buffer.compare(inflate(deflateSmall(bytes, dictionary), dictionary), bytes)).toBe(0);
    }
  }
});

it("the viewer's inflater reads it, too", () => {
  const text = new TextEncoder().encode(JSON.stringify([{ type: 3, data: { text: '•••• ä' } }]).repeat(20));
  const chunks: Uint8Array[] = [];
  const inflater = new Inflate({ dictionary: text });
  inflater.ondata = (chunk) => chunks.push(chunk);
  inflater.push(deflateSmall(text, text), true);
  expect(Buffer.concat(chunks).equals(Buffer.from(text))).toBe(true);
});

it('a batch like the one before it costs little', () => {
  const batch = (x: number) =>
    new TextEncoder().encode(
      JSON.stringify([
        {
          type: 3,
          timestamp: 1_700_000_000_000 + x,
          data: { source: 1, positions: [{ x, y: 2 * x, id: 7 }] },
        },
      ]),
    );
  expect(deflateSmall(batch(17), batch(16)).length).toBeLessThan(batch(17).length / 4);
});

it("large texts go through the browser's own stream", async () => {
  const bytes = new TextEncoder().encode('{"type":2}'.repeat(20_000));
  const small = await deflateBatch(bytes, bytes.slice(0, 32_768));
  expect(Buffer.compare(inflate(small, new Uint8Array()), bytes)).toBe(0);
});
