import { describe, expect, it } from 'vitest';
import { originFromText } from '../../../../console/settings/origin-text.ts';

describe('an allowed address', () => {
  it.each([
    ['https://shop.example', 'https://shop.example'],
    [' HTTPS://Shop.Example/sofas?x=1#y ', 'https://shop.example'],
    ['shop.example', 'https://shop.example'],
    ['http://localhost:4001', 'http://localhost:4001'],
    ['https://shop.example:443/', 'https://shop.example'],
    ['https://user:secret@shop.example', 'https://shop.example'],
    ['https://möbel.example', 'https://xn--mbel-5qa.example'],
  ])('%s is read as %s', (text, origin) => expect(originFromText(text, [])).toEqual({ ok: true, origin }));

  it.each([
    '',
    '*',
    'https://*.shop.example',
    'ftp://shop.example',
    'javascript:alert(1)',
    'https://',
    'two words',
  ])('%s is refused with a hint', (text) =>
    expect(originFromText(text, [])).toEqual({ ok: false, error: expect.stringMatching(/\S{3}.*\.$/) }),
  );

  it('of another kind than the web is refused as such', () => {
    expect(originFromText('ftp://shop.example', [])).toEqual({
      ok: false,
      error: 'Only addresses with https:// or http:// can show the widget.',
    });
  });

  it('is listed once', () => {
    expect(originFromText('SHOP.example', ['https://shop.example'])).toEqual({
      ok: false,
      error: 'https://shop.example is in the list already.',
    });
  });
});
