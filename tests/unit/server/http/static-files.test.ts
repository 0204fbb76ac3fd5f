import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acceptedEncoding, createStaticFiles } from '../../../../server/http/static-files.ts';

const script = 'console.log("hello");\n'.repeat(100);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-files-'));
  mkdirSync(join(folder, 'dist/.vite'), { recursive: true });
  writeFileSync(join(folder, 'dist/widget.js'), script);
  writeFileSync(join(folder, 'dist/logo.png'), script);
  writeFileSync(join(folder, 'dist/.vite/manifest.json'), '{}');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'dist-secret.txt'), 'secret');
});
afterEach(() => rmSync(folder, { recursive: true }));
const open = () => createStaticFiles(join(folder, 'dist'));

it('a script comes in the best encoding that is accepted, each with a tag of its own', async () => {
  const files = open();
  const plain = await files.read('widget.js', undefined);
  const gzip = await files.read('widget.js', 'gzip, deflate');
  const brotli = await files.read('widget.js', 'gzip, deflate, br;q=1.0');
  expect(plain).toMatchObject({ mimeType: 'text/javascript; charset=utf-8', encoding: null });
  expect(gunzipSync(gzip?.body ?? '').toString()).toBe(script);
  expect(brotliDecompressSync(brotli?.body ?? '').toString()).toBe(script);
  expect(new Set([plain?.etag, gzip?.etag, brotli?.etag]).size).toBe(3);
  expect((await files.read('logo.png', 'br'))?.encoding).toBeNull();
});

it('a new build shows without a restart', async () => {
  const files = open();
  const before = await files.read('widget.js', undefined);
  writeFileSync(join(folder, 'dist/widget.js'), 'new');
  utimesSync(join(folder, 'dist/widget.js'), 1, 1);
  const after = await files.read('widget.js', undefined);
  expect(Buffer.from(after?.body ?? '').toString()).toBe('new');
  expect(after?.etag).not.toBe(before?.etag);
});

it.each([
  '../secret.txt',
  '..',
  '',
  '.',
  '../dist-secret.txt',
  '.vite/manifest.json',
  'none.js',
  'widget.js\0.png',
  '/etc/passwd',
])('%j is not served', async (path) => {
  expect(await open().read(path, undefined)).toBeNull();
});

it.each([
  ['br, gzip', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip'],
  ['identity', null],
  [undefined, null],
])('accepting %s means %s', (header, encoding) => {
  expect(acceptedEncoding(header)).toBe(encoding);
});
