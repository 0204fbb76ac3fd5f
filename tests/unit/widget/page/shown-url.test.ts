import { expect, it } from 'vitest';
import { exactJudge as exact } from '../../../../widget/page/exact-judge.ts';
import { shownUrl } from '../../../../widget/page/shown-url.ts';
import { strictJudge } from '../../../../widget/page/text-judge.ts';

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
  expect(shownUrl(href, [], exact)).toBe(shown);
});

it('shows the values of listed parameters, however they are written', () => {
  expect(shownUrl('https://a.example/?utm%5Fsource=x&id=7&utm_source=y', ['utm_source'], exact)).toBe(
    'https://a.example/?utm%5Fsource=x&id=&utm_source=y',
  );
});

it('hides what is private in listed parameters, too', () => {
  expect(shownUrl('https://a.example/?q=jane@mail.example&page=2', ['q', 'page'], exact)).toBe(
    'https://a.example/?q=***&page=2',
  );
});

it('cuts what is longer than the wire takes', () => {
  expect(shownUrl(`https://a.example/${'x'.repeat(5_000)}`, [], exact)).toHaveLength(2_048);
});

it('hides what may be private until the rules are here', () => {
  const shown = (href: string) => shownUrl(href, [], strictJudge);
  expect(shown('https://a.example/pay/4111111111111111')).toBe('https://a.example/pay/***');
  expect(shown('https://a.example/sheet/20240131120000')).toBe('https://a.example/sheet/***');
  expect(shownUrl('https://a.example/sheet/20240131120000', [], exact)).toBe(
    'https://a.example/sheet/20240131120000',
  );
  expect(shown('https://a.example/u/jane%2540mail.example')).toBe('https://a.example/u/***');
  expect(shown('https://a.example/oak-sofa/seat-12')).toBe('https://a.example/oak-sofa/seat-12');
});

it.each([
  'jane@mail.example',
  'jane%40mail.example',
  '4111111111111111',
  '9f86d081884c7d659a2feaa0c55ad015',
  'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
  'Zm9vYmFyMTIz-aB3xYz90Qw12',
  'eyJhbGciOi.eyJzdWIi',
  '+49 30 901820',
])('what the rules hide is hidden before they are here: %s', (piece) => {
  expect(exact.isPrivatePiece(piece)).toBe(true);
  expect(strictJudge.isPrivatePiece(piece)).toBe(true);
});
