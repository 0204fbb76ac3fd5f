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
