import { expect, it } from 'vitest';
import { isPopoutCall, popoutAddress, readPopoutAddress } from '../../../../widget/popout/handshake.ts';

it('names the page’s origin in the address, where no server sees it', () => {
  const address = popoutAddress('https://help.example', 'pk_demo', 'http://localhost:4001');
  expect(address).toBe('https://help.example/popout/pk_demo#http://localhost:4001');
  expect(readPopoutAddress(address)).toEqual({ siteKey: 'pk_demo', pageOrigin: 'http://localhost:4001' });
});

it.each([
  'https://help.example/popout/pk_demo',
  'https://help.example/popout/pk_demo#',
  'https://help.example/popout/pk_demo#*',
  'https://help.example/popout/pk_demo#null',
  'https://help.example/popout/pk_demo#https://shop.example/path',
  'https://help.example/popout/pk_demo#https://a:b@shop.example',
  'https://help.example/popout/pk_demo#javascript:alert(1)',
  'https://help.example/popout/#https://shop.example',
  'https://help.example/console/#https://shop.example',
])('finds no page to talk to in %s', (address) => {
  expect(readPopoutAddress(address)).toBeNull();
});

it('takes a call for this site only', () => {
  const call = { type: 'rapport:popout', siteKey: 'pk_demo', wants: 'visitor' };
  expect(isPopoutCall(call, 'pk_demo')).toBe(true);
  expect(isPopoutCall(call, 'pk_other')).toBe(false);
  expect(isPopoutCall(null, 'pk_demo')).toBe(false);
  expect(isPopoutCall('rapport:popout', 'pk_demo')).toBe(false);
});
