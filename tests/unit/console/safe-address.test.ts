import { expect, it } from 'vitest';
import { safeAddress } from '../../../console/safe-address.ts';

it('opens pages and letters', () => {
  expect(safeAddress('https://shop.example/a b?c=1#d')).toBe('https://shop.example/a%20b?c=1#d');
  expect(safeAddress('mailto:ada@shop.example')).toBe('mailto:ada@shop.example');
});

it.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,<b>',
  'file:///etc/passwd',
  'shop',
  '',
])('never opens %s', (text) => expect(safeAddress(text)).toBeNull());
