import { describe, expect, it } from 'vitest';
import { fileKinds } from '../../../../../shared/model/chat-file.ts';
import {
  isProgramOrPage,
  type PickedFile,
  refusalOf,
  withinLimit,
} from '../../../../../widget/chat/files/file-check.ts';
import { sizeWords } from '../../../../../widget/chat/files/file-words.ts';
import * as sample from '../../../../support/sample-files.ts';

const rules = { allowed: true, maxBytes: 1_000_000, kinds: [...fileKinds] };
const file = (name: string, type = '', size = 10) => ({ name, type, size });

describe('before a file is sent', () => {
  it.each([
    file('photo.png', 'image/png'),
    file('order.pdf', 'application/pdf'),
    file('table.csv', 'text/csv'),
    file('letter.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
    file('old.doc', 'application/msword'),
    file('pack.zip', 'application/x-zip-compressed'),
    file('phone.heic'),
    file('readme'),
  ])('$name may be tried', (one) => {
    expect(refusalOf(one, rules)).toBeNull();
  });

  it.each([
    file('page.html', 'text/html'),
    file('drawing.svg', 'image/svg+xml'),
    file('setup.exe', 'application/x-msdownload'),
    file('setup.exe'),
    file('run.sh', 'text/x-sh'),
    file('font.woff2', 'font/woff2'),
  ])('$name is refused at its place', (one) => {
    expect(refusalOf(one, rules)).toMatch(/^Files of this type cannot be sent here\./);
  });

  it.each([
    ['a program for Windows', sample.windowsProgram],
    ['a program for Linux', sample.linuxProgram],
    ['a program for macOS', sample.macProgram],
    ['a script', Buffer.from('#!/bin/sh\nrm -rf ~')],
    ['a page', Buffer.from('\n<!DOCTYPE html><script>1</script>')],
  ])('%s is told by its first bytes, whatever its name', (_, bytes) => {
    expect(isProgramOrPage(bytes)).toBe(true);
  });

  it.each([
    ['a picture', sample.png(4, 4)],
    ['a PDF', sample.pdf],
    ['a sound', sample.wav],
    ['a text', Buffer.from('Oak, 80 cm < 90 cm\n# Notes!')],
    ['nothing', Buffer.alloc(0)],
  ])('%s is neither program nor page', (_, bytes) => {
    expect(isProgramOrPage(bytes)).toBe(false);
  });

  it('what the site takes is said', () => {
    expect(refusalOf(file('a.pdf', 'application/pdf'), { ...rules, kinds: ['image', 'text'] })).toBe(
      'Files of this type cannot be sent here. Pictures and text files can be sent here.',
    );
  });

  it('an empty and a large file are refused', () => {
    expect(refusalOf(file('a.png', 'image/png', 0), rules)).toBe('The file is empty.');
    expect(refusalOf(file('a.png', 'image/png', 1_000_001), rules)).toBe('Larger than 1 MB.');
    expect(refusalOf(file('a.png', 'image/png', 1_000_000), rules)).toBeNull();
  });

  it('the sixth is one too many, refused ones do not count', () => {
    const picked = ['a', 'b', 'c', 'd', 'bad', 'e', 'f'].map(
      (key) => ({ file: { key }, refusal: key === 'bad' ? 'The file is empty.' : null }) as PickedFile,
    );
    expect(withinLimit(picked).map(({ refusal }) => refusal)).toEqual([
      null,
      null,
      null,
      null,
      'The file is empty.',
      null,
      'At most 5 files in one message.',
    ]);
  });
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [34_400, '34 kB'],
  [999_499, '999 kB'],
  [999_500, '1 MB'],
  [1_240_000, '1.2 MB'],
  [52_428_800, '52 MB'],
])('%i bytes are %s', (bytes, shown) => {
  expect(sizeWords(bytes)).toBe(shown);
});
