import type { IncomingMessage } from 'node:http';

/**
 * Network address of who asks. Each trusted proxy appends the address it sees to `X-Forwarded-For`; what stands further
 * left was written by the client and proves nothing.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const own = request.socket.remoteAddress ?? 'unknown';
  if (trustedProxies === 0) return own;
  const header = request.headers['x-forwarded-for'];
  const listed = (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return listed.at(-trustedProxies) ?? listed[0] ?? own;
}
