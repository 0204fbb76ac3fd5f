import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkFile } from '../../../../server/files/file-check.ts';
import { type FileKind, fileKinds } from '../../../../shared/model/chat-file.ts';
import * as sample from '../../../support/sample-files.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-check-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const check = (bytes: Uint8Array, name: string, kinds: readonly FileKind[] = fileKinds) => {
  const path = join(folder, 'incoming');
  writeFileSync(path, bytes);
  return checkFile(path, name, kinds);
};
const text = (content: string) => Buffer.from(content);
const utf16 = (content: string) => Buffer.from(`\ufeff${content}`, 'utf16le');
const docx = zipSync({
  '[Content_Types].xml': text(
    '<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  ),
  'word/document.xml': text('<w:document/>'),
});
const zip = zipSync({ 'readme.txt': text('hi') });
const cfb = (stream: string) =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(1_016),
    Buffer.from(`${stream}\0`, 'utf16le'),
    Buffer.alloc(512),
  ]);

describe('what is taken', () => {
  it.each([
    ['a picture with its size', sample.png(40, 30), 'shot.PNG', 'image/png', { widthPx: 40, heightPx: 30 }],
    ['a photo', sample.jpeg(40, 30), 'photo.jpeg', 'image/jpeg', { widthPx: 40, heightPx: 30 }],
    ['a photo on its side', sample.jpeg(40, 30, 6), 'photo.jpg', 'image/jpeg', { widthPx: 30, heightPx: 40 }],
    ['a PDF', sample.pdf, 'invoice.pdf', 'application/pdf', {}],
    ['plain text', text('Grüße, 世界\n'), 'notes.txt', 'text/plain', {}],
    ['text in UTF-16', utf16('Grüße'), 'notes.csv', 'text/plain', {}],
    ['a log with colours', text('\u001b[31mred\u001b[0m <html> later on'), 'server.log', 'text/plain', {}],
    [
      'a Word file',
      docx,
      'letter.docx',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      {},
    ],
    ['an old Word file', cfb('WordDocument'), 'letter.doc', 'application/x-cfb', {}],
    ['an archive', zip, 'files.zip', 'application/zip', {}],
    ['speech', sample.wav, 'voice.wav', 'audio/wav', {}],
  ])('%s', async (_, bytes, name, mime, size) => {
    expect(await check(bytes, name)).toEqual({ name, mime, widthPx: null, heightPx: null, ...size });
  });

  it('a name without an ending gets the usual one', async () => {
    expect(await check(sample.png(4, 3), 'image')).toMatchObject({ name: 'image.png' });
    expect(await check(sample.pdf, 'a'.repeat(120))).toMatchObject({ name: `${'a'.repeat(116)}.pdf` });
  });
});

describe('what is refused', () => {
  it.each<[what: string, bytes: Uint8Array, name: string, kinds?: FileKind[]]>([
    ['a program of Windows called a PDF', sample.windowsProgram, 'invoice.pdf'],
    ['a program of Windows under its own name', sample.windowsProgram, 'setup.exe'],
    ['a program of Linux called a picture', sample.linuxProgram, 'photo.png'],
    ['a program of macOS called a text', sample.macProgram, 'notes.txt'],
    ['a shell script called a text', text('#!/bin/sh\nrm -rf /\n'), 'notes.txt'],
    ['a batch file called a text', text('@echo off\r\ndel *.*'), 'notes.txt'],
    ['a page called a text', text('<!DOCTYPE html><script>alert(1)</script>'), 'notes.txt'],
    ['a page behind spaces and a comment', text('\ufeff \n<!-- x --><html>'), 'notes.txt'],
    ['a page in UTF-16', utf16('<html><script>alert(1)</script>'), 'notes.txt'],
    ['a page under its own name', text('<p>hello'), 'page.html'],
    ['a picture that can run scripts', text('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'logo.svg'],
    ['the same called a picture', text('<svg onload="alert(1)"/>'), 'logo.png'],
    ['the same behind an XML head', text('<?xml version="1.0"?><svg/>'), 'logo.txt'],
    ['script under its own name', text('alert(1)'), 'code.js'],
    ['an archive called a Word file', zip, 'letter.docx'],
    ['a Word file called an archive', docx, 'letter.zip'],
    ['an installer called a Word file', cfb('\u4840SummaryInformation'), 'letter.doc'],
    ['a picture called a PDF', sample.png(4, 3), 'invoice.pdf'],
    ['a picture whose head is broken', sample.png(4, 3).subarray(0, 18), 'shot.png'],
    ['a picture of no width', sample.png(0, 3), 'shot.png'],
    ['a picture that fills the memory of who opens it', sample.png(60_000, 60_000), 'shot.png'],
    ['bytes that are nothing', Buffer.from([0, 1, 2, 3, 254, 255]), 'data.txt'],
    ['text with a zero byte', text('hello\0world'), 'notes.txt'],
    ['text that is cut inside a letter', text('Grüße').subarray(0, 3), 'notes.txt'],
    ['a kind that the site does not take', sample.pdf, 'invoice.pdf', ['image', 'text']],
    ['everything, where the site takes nothing', text('hello'), 'notes.txt', []],
  ])('%s', async (_, bytes, name, kinds) => {
    await expect(check(bytes, name, kinds)).rejects.toMatchObject({ code: 'unsupported_file' });
  });
});
