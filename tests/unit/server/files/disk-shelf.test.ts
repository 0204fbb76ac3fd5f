import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDiskShelf } from '../../../../server/files/disk-shelf.ts';
import type { FileShelf } from '../../../../server/files/file-shelf.ts';

const id = 'fil_AbCdEfGhIjKlMnOpQrStUv';

let folder: string;
let shelf: FileShelf;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-shelf-'));
  shelf = await openDiskShelf(folder, { minFreeBytes: 0 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function* chunks(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}
const text = async (range?: { from: number; to: number }) => {
  const stream = await shelf.read(id, range);
  return stream && new Response(stream).text();
};
const names = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());

it('a file is there when it is kept, whole or in part, until it is removed', async () => {
  const incoming = await shelf.receive(chunks('hello ', 'world'), 11);
  expect(incoming.sizeBytes).toBe(11);
  expect(await text()).toBeNull();

  await incoming.keep(id);
  await incoming.discard();
  expect(await text()).toBe('hello world');
  expect(await text({ from: 4, to: 6 })).toBe('o w');

  await shelf.remove(id);
  await shelf.remove(id);
  expect(await text()).toBeNull();
  expect(names()).toEqual([]);
});

it.each([
  ['too large', () => chunks('hello ', 'world'), 'too_large'],
  ['empty', () => chunks(), 'empty_file'],
  [
    'cut off',
    async function* () {
      yield Buffer.from('hello');
      throw new Error('connection lost');
    },
    undefined,
  ],
])('of an upload that is %s nothing is left', async (_, bytes, code) => {
  const error: unknown = await shelf.receive(bytes(), 10).catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(Error);
  expect((error as { code?: string }).code).toBe(code);
  expect(names()).toEqual([]);
});

it('too much is not read to its end', async () => {
  let sent = 0;
  const endless = (async function* () {
    for (;;) {
      sent += 1;
      yield Buffer.alloc(1_000);
    }
  })();
  await expect(shelf.receive(endless, 10_000)).rejects.toMatchObject({ code: 'too_large' });
  expect(sent).toBe(11);
});

it('a disk that is nearly full takes nothing, and the reason stands behind the refusal', async () => {
  const full = await openDiskShelf(folder, { minFreeBytes: Number.MAX_SAFE_INTEGER });
  await expect(full.receive(chunks('hello'), 10)).rejects.toMatchObject({
    code: 'unavailable',
    cause: { code: 'ENOSPC' },
  });
});

it('what a crash has left behind goes at the next start, what is on its way stays', async () => {
  const incoming = join(folder, 'incoming');
  writeFileSync(join(incoming, 'old'), 'half');
  utimesSync(join(incoming, 'old'), 0, 0);
  writeFileSync(join(incoming, 'new'), 'half');
  await openDiskShelf(folder);
  expect(readdirSync(incoming)).toEqual(['new']);
});

it.each(['../../etc/passwd', 'fil_../../../../etc/passwd__', 'fil_', ''])('%j is no id', async (bad) => {
  await expect(shelf.read(bad)).rejects.toMatchObject({ code: 'not_found' });
  await expect(shelf.remove(bad)).rejects.toMatchObject({ code: 'not_found' });
});

it('tells what has lain on it for long, and nothing that is on its way', async () => {
  const keep = async (name: string) => {
    const incoming = await shelf.receive(chunks('hello'), 10);
    await incoming.keep(name);
  };
  const late = 'fil_abcdefghijklmnopqrstuv';
  await keep(id);
  await keep(late);
  await shelf.receive(chunks('on its way'), 10);
  utimesSync(join(folder, 'ab', id), 10, 10);
  expect(await shelf.keptBefore(10_000)).toEqual([]);
  expect(await shelf.keptBefore(10_001)).toEqual([id]);
  expect((await shelf.keptBefore(Date.now() + 60_000)).sort()).toEqual([id, late].sort());
});
