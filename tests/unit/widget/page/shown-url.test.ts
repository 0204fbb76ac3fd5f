import { expect, it } from 'vitest';
import { shownUrl } from '../../../../widget/page/shown-url.ts';

it.each([
  ['https://shop.example/sofa?token=secret&page=2#reset=abc', 'https://shop.example/sofa?token=&page='],
  ['https://user:pass@shop.example/a', 'https://shop.example/a'],
  ['https://shop.example/?jane@mail.example', 'https://shop.example/'],
  ['http://localhost:4001/x', 'http://localhost:4001/x'],
  ['https://shop.example/reset/9f86d081884c7d659a2feaa0c55ad015', 'https://shop.example/reset/***'],
  ['https://shop.example/u/jane%40mail.example/edit', 'https://shop.example/u/***/edit'],
  ['https://shop.example/pay/4111111111111111', 'https://shop.example/pay/***'],
  ['https://shop.example/?jane%40mail.example=1&4111111111111111=&page=2', 'https://shop.example/?page='],
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

it('hides what is private in listed parameters, too', () => {
  expect(shownUrl('https://a.example/?q=jane@mail.example&page=2', ['q', 'page'])).toBe(
    'https://a.example/?q=***&page=2',
  );
});

it('cuts what is longer than the wire takes', () => {
  expect(shownUrl(`https://a.example/${'x'.repeat(5_000)}`, [])).toHaveLength(2_048);
});
