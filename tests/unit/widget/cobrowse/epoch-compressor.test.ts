import { inflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { deflateBatch } from '../../../../widget/cobrowse/batch-deflate.ts';
import { createEpochCompressor, dictionaryBytes } from '../../../../widget/cobrowse/epoch-compressor.ts';

it('each batch is read with the last 32 KB of the epoch before it', async () => {
  const compressor = createEpochCompressor(deflateBatch);
  compressor.startEpoch();
  const texts = ['["snapshot •"]', '["a"]', `["${'long '.repeat(20_000)}"]`, '["long after"]', '["end"]'];
  const batches = await Promise.all(texts.map((text) => compressor.add(text)));
  let before = Buffer.alloc(0);
  batches.forEach((batch, index) => {
    const dictionary = before.subarray(-dictionaryBytes);
    const text = inflateRawSync(batch, dictionary.length > 0 ? { dictionary } : {}).toString();
    expect(text).toBe(texts[index]);
    before = Buffer.concat([before, Buffer.from(text)]);
  });
});

it('a new epoch knows nothing of the one before', async () => {
  const compressor = createEpochCompressor(deflateBatch);
  await compressor.add('["one"]');
  compressor.startEpoch();
  expect(inflateRawSync(await compressor.add('["two"]')).toString()).toBe('["two"]');
});

it('a slow batch does not let the next one overtake it', async () => {
  const order: string[] = [];
  const waits: (() => void)[] = [];
  const compressor = createEpochCompressor(async (bytes) => {
    if (waits.length === 0) await new Promise<void>((go) => waits.push(go));
    return bytes;
  });
  const first = compressor.add('first').then(() => order.push('first'));
  const second = compressor.add('second').then(() => order.push('second'));
  await expect.poll(() => waits.length).toBe(1);
  waits[0]?.();
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
});

it('after close nothing comes out', async () => {
  const compressor = createEpochCompressor(deflateBatch);
  const late = compressor.add('["late"]');
  compressor.close();
  compressor.close();
  await expect(late).rejects.toThrow('closed');
});
