import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createBatchReader, inflate, isShallow } from '../../../../console/viewer/inflate.ts';
import { maxPartBytes } from '../../../../shared/limits.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const none = new Uint8Array(0);
const at = { tab: 'tab_one_1', epoch: 3 };
const header = (batch: number, part = 0, parts = 1) => ({ ...at, batch, part, parts });

/** Batches as the recorder makes them: each with the last 32 KB of the epoch's text before it as dictionary. */
function compressor() {
  let before: Uint8Array = none;
  return (events: unknown) => {
    const text = bytes(JSON.stringify(events));
    const packed = deflateSync(text, { dictionary: before });
    before = Uint8Array.from([...before, ...text]).slice(-32 * 1024);
    return packed;
  };
}

describe('batches of an epoch', () => {
  it('are read in order, each with what came before as dictionary', () => {
    const pack = compressor();
    const reader = createBatchReader(at);
    const page = Array.from({ length: 4_000 }, (_, id) => ({
      id,
      tagName: 'li',
      attributes: { class: `row row-${id % 7}` },
    }));
    const batches = [
      page,
      [{ type: 3, id: 1 }],
      page.slice(100, 2_000),
      [],
      [{ type: 3, text: 'Ünïcödé 🛋' }],
    ];
    batches.forEach((events, batch) => {
      expect(reader.read(header(batch), pack(events))).toEqual({ ok: true, events });
    });
  });

  it('are joined from their parts', () => {
    const packed = compressor()(
      Array.from({ length: 2_000 }, (_, id) => randomBytes(8).toString('hex') + id),
    );
    const reader = createBatchReader(at);
    expect(reader.read(header(0, 0, 2), packed.subarray(0, 999))).toBeNull();
    expect(reader.read(header(0, 1, 2), packed.subarray(999))).toMatchObject({ ok: true });
  });

  it('cannot be read with the context of another epoch', () => {
    const pack = compressor();
    const words = Array.from({ length: 300 }, () => randomBytes(6).toString('hex'));
    pack(words);
    const second = pack(words);
    expect(createBatchReader(at).read(header(0), second)).toMatchObject({ ok: false, fault: 'not_deflate' });
    const other = createBatchReader(at);
    other.read(header(0), compressor()(words.map((word) => [...word].reverse().join(''))));
    const misread = other.read(header(1), second);
    expect(misread?.ok === true && JSON.stringify(misread.events) === JSON.stringify(words)).toBe(false);
  });

  it.each([
    ['a batch left out', [header(0), header(2)], 'batch_out_of_order'],
    ['a batch twice', [header(0), header(0)], 'batch_out_of_order'],
    ['a first batch that is not 0', [header(1)], 'batch_out_of_order'],
    ['another epoch', [{ ...header(0), epoch: 4 }], 'batch_out_of_order'],
    ['another tab', [{ ...header(0), tab: 'tab_two_2' }], 'batch_out_of_order'],
    ['a part left out', [header(0, 0, 3), header(0, 2, 3)], 'part_out_of_order'],
    ['a part twice', [header(0, 0, 3), header(0, 0, 3)], 'part_out_of_order'],
    ['a part beyond the last', [header(0, 1, 1)], 'part_out_of_order'],
    ['no parts', [header(0, 0, 0)], 'too_large'],
    ['too many parts', [header(0, 0, 65)], 'too_large'],
  ])('are refused: %s', (_name, headers, fault) => {
    const pack = compressor();
    const reader = createBatchReader(at);
    const results = headers.map((each) => reader.read(each, pack([each])));
    expect(results.at(-1)).toEqual({ ok: false, fault });
  });

  it('are refused when a part is larger than a part may be', () => {
    expect(createBatchReader(at).read(header(0), new Uint8Array(maxPartBytes + 1))).toEqual({
      ok: false,
      fault: 'too_large',
    });
  });

  it.each([
    ['no JSON', bytes('{"a":')],
    ['two values', bytes('[][]')],
    ['broken UTF-8', Uint8Array.from([0x22, 0xff, 0xfe, 0x22])],
    ['nothing', none],
  ])('are refused: %s', (_name, plain) => {
    expect(createBatchReader(at).read(header(0), deflateSync(plain))).toEqual({
      ok: false,
      fault: 'not_json',
    });
  });

  it('are refused when the JSON nests too deeply', () => {
    const deep = bytes('['.repeat(5_000) + ']'.repeat(5_000));
    expect(createBatchReader(at).read(header(0), deflateSync(deep))).toEqual({
      ok: false,
      fault: 'too_deep',
    });
  });
});

describe('inflate', () => {
  it('stops a bomb near the limit, not at its end', () => {
    const bomb = deflateRawSync(Buffer.alloc(200 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    expect(inflate(bomb, none, 1024 * 1024)).toEqual({ ok: false, fault: 'too_large' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('takes exactly the limit', () => {
    const plain = new Uint8Array(100_000);
    expect(inflate(deflateSync(plain), none, 100_000)).toMatchObject({ ok: true });
    expect(inflate(deflateSync(plain), none, 99_999)).toEqual({ ok: false, fault: 'too_large' });
  });

  it.each([10, 300, 20_000, 400_000])('tells a stream of %i bytes that is cut anywhere', (size) => {
    const whole = deflateRawSync(randomBytes(size).toString('hex'));
    const cuts = [1, 2, 3, 7, 20].map((drop) => whole.length - drop).concat(Math.floor(whole.length / 2), 0);
    for (const length of cuts) expect(inflate(whole.subarray(0, length), none).ok).toBe(false);
  });

  it.each([1, 5, 9_000, 100_000])('tells %i bytes behind the end', (surplus) => {
    const whole = deflateRawSync('hello hello hello');
    expect(inflate(Buffer.concat([whole, Buffer.alloc(surplus, 7)]), none)).toEqual({
      ok: false,
      fault: 'trailing_bytes',
    });
  });

  it('tells garbage, and never throws', () => {
    for (let round = 0; round < 500; round += 1) {
      const result = inflate(randomBytes(1 + (round % 200)), none, 1024 * 1024);
      if (result.ok) expect(result.bytes.length).toBeLessThanOrEqual(1024 * 1024);
    }
    expect(inflate(Uint8Array.from([0x07]), none)).toEqual({ ok: false, fault: 'not_deflate' });
  });
});

describe('depth of JSON', () => {
  it('counts brackets outside strings only', () => {
    expect(isShallow(bytes('["[[[[[[", {"a\\"[[[[": 1}]'), 2)).toBe(true);
    expect(isShallow(bytes('[[[1]]]'), 2)).toBe(false);
    expect(isShallow(bytes('[[],[],[[]]]'), 3)).toBe(true);
  });
});
