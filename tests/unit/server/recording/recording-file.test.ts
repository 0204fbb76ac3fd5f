import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecordingDamaged } from '../../../../server/recording/recording-damaged.ts';
import { countChunks, openRecordingWriter, readChunk } from '../../../../server/recording/recording-file.ts';

const serverKey = randomBytes(32);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-recording-'));
});
afterEach(() => rm(folder, { recursive: true }));

const file = (name = 'a', key = serverKey) => ({
  path: join(folder, `${name}.rec`),
  serverKey: key,
  sessionId: `cbs_${name}`,
});
const words = (index: number) => `chunk ${index}, with a secret in it `.repeat(10 + index);

/** A finished recording of three chunks. Returns where each chunk's frame begins, and the end. */
async function record(name = 'a') {
  const writer = await openRecordingWriter(file(name));
  const places: number[] = [];
  for (const index of [0, 1, 2]) {
    places.push(writer.bytes);
    await writer.append(Buffer.from(words(index)), index === 2);
  }
  places.push(writer.bytes);
  await writer.close();
  return { places, bytes: await readFile(file(name).path) };
}
const chunkText = async (index: number, of = file()) => (await readChunk(of, index)).toString();
const damaged = expect.objectContaining({ name: 'RecordingDamaged' });

describe('a recording’s file', () => {
  it('gives back what was written, and shows nothing of it', async () => {
    const { bytes } = await record();
    expect(await Promise.all([0, 1, 2].map((index) => chunkText(index)))).toEqual([0, 1, 2].map(words));
    expect(await countChunks(file().path)).toEqual({ chunks: 3, isWhole: true });
    expect(bytes.includes('secret')).toBe(false);
    expect(bytes.includes('cbs_a')).toBe(false);
    await expect(readChunk(file(), 3)).rejects.toThrow(RecordingDamaged);
  });

  it('holds the same words as other bytes each time', async () => {
    const [one, other] = [await record('a'), await record('b')];
    expect(one.bytes.subarray(5, 37)).not.toEqual(other.bytes.subarray(5, 37));
    expect(one.bytes.subarray(one.places[0])).not.toEqual(other.bytes.subarray(other.places[0]));
  });

  it('opens with its own key and for its own session only', async () => {
    await record();
    await expect(readChunk(file('a', randomBytes(32)), 0)).rejects.toEqual(damaged);
    await expect(readChunk({ ...file(), sessionId: 'cbs_b' }, 0)).rejects.toEqual(damaged);
  });

  it('refuses a chunk of which any byte was changed', async () => {
    const { bytes, places } = await record();
    const [, from = 0, to = 0] = places;
    for (let at = from + 5; at < to; at += 7) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await writeFile(file().path, changed);
      await expect(readChunk(file(), 1)).rejects.toEqual(damaged);
    }
  });

  it('refuses chunks in another order, left out, or of another recording', async () => {
    const { bytes, places } = await record();
    const other = await record('b');
    const [a = 0, b = 0, c = 0, end = 0] = places;
    const [head, one, two, three] = [
      bytes.subarray(0, a),
      bytes.subarray(a, b),
      bytes.subarray(b, c),
      bytes.subarray(c, end),
    ];
    for (const pieces of [
      [head, two, one, three],
      [head, two, three],
      [head, other.bytes.subarray(...other.places.slice(0, 2)), two, three],
      [other.bytes.subarray(0, a), one, two, three],
    ]) {
      await writeFile(file().path, Buffer.concat(pieces));
      await expect(readChunk(file(), 0)).rejects.toEqual(damaged);
    }
  });

  it('tells that its end is missing, and cannot be given another one', async () => {
    const { bytes, places } = await record();
    const [, , c = 0] = places;
    await writeFile(file().path, bytes.subarray(0, c));
    expect(await countChunks(file().path)).toEqual({ chunks: 2, isWhole: false });
    const forged = Buffer.from(bytes.subarray(0, c));
    // Says of the second chunk that it is the last.
    forged.writeUInt8(1, (places[1] ?? 0) + 4);
    await writeFile(file().path, forged);
    expect(await countChunks(file().path)).toEqual({ chunks: 2, isWhole: true });
    await expect(readChunk(file(), 1)).rejects.toEqual(damaged);
  });

  it('loses to a crash only what was half-written, and goes on behind the rest', async () => {
    const writer = await openRecordingWriter(file());
    await writer.append(Buffer.from(words(0)), false);
    await writer.append(Buffer.from(words(1)), false);
    await writer.close();
    const bytes = await readFile(file().path);
    await writeFile(file().path, bytes.subarray(0, -9));
    expect(await countChunks(file().path)).toEqual({ chunks: 1, isWhole: false });
    expect(await chunkText(0)).toBe(words(0));

    const again = await openRecordingWriter(file());
    expect(again.chunks).toBe(1);
    await again.append(Buffer.from(words(5)), true);
    await again.close();
    expect(await chunkText(1)).toBe(words(5));
    expect(await countChunks(file().path)).toEqual({ chunks: 2, isWhole: true });
    await expect(openRecordingWriter(file())).rejects.toEqual(damaged);
  });

  it('is refused when it is something else, or not there', async () => {
    await writeFile(file().path, randomBytes(400));
    await expect(readChunk(file(), 0)).rejects.toEqual(damaged);
    await expect(countChunks(file('missing').path)).rejects.toEqual(damaged);
  });
});
