import { expect, it } from 'vitest';
import { contentMime } from '../../../../widget/cobrowse/asset-content.ts';

const bytes = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

it.each([
  ['image/png', '\x89PNG\r\n\x1a\nrest'],
  ['image/jpeg', '\xff\xd8\xff\xe0'],
  ['image/gif', 'GIF89a'],
  ['image/webp', 'RIFF\x10\x00\x00\x00WEBPVP8 '],
  ['image/avif', '\x00\x00\x00\x20ftypavif'],
  ['font/woff2', 'wOF2\x00\x01'],
  ['font/otf', 'OTTO\x00'],
  ['font/ttf', '\x00\x01\x00\x00\x00\x0f\x00\x80\x00\x03\x00\x70GDEF____________glyf'],
  ['image/svg+xml', '<?xml version="1.0"?>\n<!-- by hand -->\n<svg viewBox="0 0 1 1"/>'],
])('knows %s by its first bytes', (mime, text) => {
  expect(contentMime(bytes(text))).toBe(mime);
});

it.each(['', '<!doctype html><html>sign in', '{"error":1}', 'PK\x03\x04', '<html><svg></svg>'])(
  '%j is none',
  (text) => {
    expect(contentMime(bytes(text))).toBe(null);
  },
);
