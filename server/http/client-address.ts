import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/**
 * Network address of who asks. Each trusted proxy appends the address it sees to `X-Forwarded-For`; what stands further
 * left was written by the client and proves nothing. An IPv6 address is told by its /64: everybody who has one has all
 * of them.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const own = networkOf(request.socket.remoteAddress ?? 'unknown');
  if (trustedProxies === 0) return own;
  const header = request.headers['x-forwarded-for'];
  const listed = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const told = listed.at(-trustedProxies) ?? listed[0];
  return told === undefined ? own : networkOf(told);
}

/** `203.0.113.7` as it is, also with a port or mapped into IPv6; `2001:db8:1:2::7` as `2001:db8:1:2::/64`. */
function networkOf(told: string): string {
  const [, bracketed] = /^\[(.+)\](?::\d+)?$/.exec(told) ?? [];
  const [, withPort] = /^(\d+(?:\.\d+){3}):\d+$/.exec(told) ?? [];
  const [address = told] = (bracketed ?? withPort ?? told).split('%');
  if (!isIPv6(address)) return address;
  const [, mapped] = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address) ?? [];
  if (mapped) return mapped;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    // An IPv4 ending stands for two groups.
    const after = tail === '' ? 0 : tail.split(':').length + (tail.includes('.') ? 1 : 0);
    while (groups.length + after < 8) groups.push('0');
  }
  if (groups.length < 4 && tail) groups.push(...tail.split(':'));
  const network = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}
