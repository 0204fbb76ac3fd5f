import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { clientAddress } from '../../../../server/http/client-address.ts';

function request(forwarded?: string): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  if (forwarded !== undefined) message.headers['x-forwarded-for'] = forwarded;
  return message;
}

it.each([
  ['without a proxy the header is the client’s word', '198.51.100.1', 0, 'unknown'],
  ['behind one proxy its entry counts', 'forged, 198.51.100.1', 1, '198.51.100.1'],
  ['behind two proxies the first of theirs', 'forged, 198.51.100.1, 10.0.0.1', 2, '198.51.100.1'],
  ['with fewer entries than proxies the outermost', '198.51.100.1', 2, '198.51.100.1'],
  ['without a header the connection', undefined, 1, 'unknown'],
])('%s', (_, forwarded, proxies, address) => {
  expect(clientAddress(request(forwarded), proxies)).toBe(address);
});

it.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['1::3:4:5:6:7:8', '1:0:3:4::/64'],
  ['[2001:db8:1:2::9]:4711', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::ffff:198.51.100.1', '198.51.100.1'],
  ['198.51.100.1:4711', '198.51.100.1'],
])('%s is counted as %s', (told, network) => {
  expect(clientAddress(request(told), 1)).toBe(network);
});
