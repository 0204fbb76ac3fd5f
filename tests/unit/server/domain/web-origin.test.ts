import { expect, it } from 'vitest';
import { isListedOrigin, requestOrigin } from '../../../../server/domain/web-origin.ts';

it.each([
  ['https://shop.example', true],
  ['https://shop.example:443', true],
  ['http://shop.example', false],
  ['https://shop.example:8443', false],
  ['https://shop.example.evil.example', false],
  ['https://www.shop.example', false],
  ['null', false],
  ['', false],
])('a site that lists https://shop.example:443 lets in %s: %s', (origin, isListed) => {
  expect(isListedOrigin(['http://localhost:4001', 'https://shop.example:443'], origin)).toBe(isListed);
});

it('a page that asks its own server has that server’s origin, a program has none', () => {
  const own = 'https://chat.example';
  expect(requestOrigin({ origin: 'https://a.example', secFetchSite: 'cross-site' }, own)).toBe(
    'https://a.example',
  );
  expect(requestOrigin({ origin: undefined, secFetchSite: 'same-origin' }, own)).toBe(own);
  expect(requestOrigin({ origin: undefined, secFetchSite: undefined }, own)).toBeUndefined();
});
