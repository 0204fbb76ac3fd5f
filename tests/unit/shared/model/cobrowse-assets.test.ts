import { expect, it } from 'vitest';
import { assetRef, assetUrl } from '../../../../shared/model/cobrowse-assets.ts';

it('a ref goes into an address and comes back', () => {
  expect(assetRef(assetUrl(17))).toBe(17);
});

it.each([
  'https://a.example/',
  'rapport-asset:',
  'rapport-asset:-1',
  'rapport-asset:1x',
  'rapport-asset:99999999',
])('%s names none', (url) => expect(assetRef(url)).toBe(null));
