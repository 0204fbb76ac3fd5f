import { expect, it } from 'vitest';
import { shownUrl } from '../../../../widget/page/shown-url.ts';

it.each([
  ['https://shop.example/sofa?token=secret&page=2#reset=abc', 'https://shop.example/sofa?token=&page='],
  ['https://user:pass@shop.example/a', 'https://shop.example/a'],
  ['https://shop.example/?jane@mail.example', 'https://shop.example/'],
  ['http://localhost:4001/x', 'http://localhost:4001/x'],
  ['file:///home/jane/page.html', ''],
  ['javascript:alert(1)', ''],
  ['', ''],
])('%s is shown as %s', (href, shown) => {
  expect(shownUrl(href, [])).toBe(shown);
});

it('shows the values of listed parameters, however they are written', () => {
  expect(shownUrl('https://a.example/?utm%5Fsource=x&id=7&utm_source=y', ['utm_source'])).toBe(
    'https://a.example/?utm%5Fsource=x&id=&utm_source=y',
  );
});

it('cuts what is longer than the wire takes', () => {
  expect(shownUrl(`https://a.example/${'x'.repeat(5_000)}`, [])).toHaveLength(2_048);
});
