import { describe, expect, it } from 'vitest';
import { linkedText, safeAddress } from '../../../../console/inbox/linked-text.ts';

const links = (text: string) =>
  linkedText(text)
    .filter(({ href }) => href !== undefined)
    .map((part) => [part.text, part.href]);

describe('links in messages', () => {
  it.each([
    ['see https://shop.example/a?b=1#c.', 'https://shop.example/a?b=1#c', 'https://shop.example/a?b=1#c'],
    [
      '(https://en.wikipedia.org/wiki/Sofa_(furniture))',
      'https://en.wikipedia.org/wiki/Sofa_(furniture)',
      'https://en.wikipedia.org/wiki/Sofa_(furniture)',
    ],
    ['www.shop.example, please', 'www.shop.example', 'https://www.shop.example/'],
    ['write to ada@shop.example!', 'ada@shop.example', 'mailto:ada@shop.example'],
    [
      'شوف https://shop.example/قائمة؟',
      'https://shop.example/قائمة؟',
      'https://shop.example/%D9%82%D8%A7%D8%A6%D9%85%D8%A9%D8%9F',
    ],
  ])('%s', (text, words, href) => expect(links(text)).toEqual([[words, href]]));

  it('loses no character', () => {
    const text = 'a https://x.example/, b ada@x.example.\n\nc www.x.example';
    expect(
      linkedText(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<b>',
    'file:///etc/passwd',
    'vbscript:x',
    ' javascript:alert(1)',
  ])('never links %s', (text) => {
    expect(links(text)).toEqual([]);
    expect(safeAddress(text)).toBeNull();
  });
});

it('ends quickly on text made to be slow', () => {
  const started = performance.now();
  linkedText(`${'a.'.repeat(40_000)}@`);
  linkedText(`https://${')'.repeat(7_990)}`);
  expect(performance.now() - started).toBeLessThan(500);
});
