import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { drainBody, uploadBody } from '../../../../server/http/upload-body.ts';

let server: Server;
/** What the server does with the request that comes next. */
let handle: (incoming: IncomingMessage) => Promise<string>;
beforeEach(async () => {
  server = createServer((incoming, response) => {
    handle(incoming).then(
      (answer) => response.end(answer),
      (error: { code?: string }) => response.destroy(new Error(error.code)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  vi.useRealTimers();
  server.closeAllConnections();
  server.close();
});

const post = (more: object = {}) =>
  request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', method: 'POST', ...more });

it('who is refused after the first bytes still hears the answer', async () => {
  handle = async (incoming) => {
    for await (const chunk of uploadBody(incoming)) {
      if (chunk.length > 0) break;
    }
    await drainBody(incoming, null);
    return incoming.complete ? 'too large' : 'still sending';
  };
  const answer = await new Promise<string>((resolve, reject) => {
    const sending = post();
    sending.on('error', reject);
    sending.on('response', (response) => response.setEncoding('utf8').on('data', resolve));
    sending.end(Buffer.alloc(8_000_000));
  });
  expect(answer).toBe('too large');
});

it('who falls silent in the middle is let go', async () => {
  let heard = 0;
  const failed = new Promise<unknown>((resolve) => {
    handle = async (incoming) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const reading = (async () => {
        for await (const chunk of uploadBody(incoming)) heard += chunk.length;
      })();
      reading.catch(resolve);
      await reading;
      return '';
    };
  });
  const sending = post({ headers: { 'content-length': '100' } });
  sending.on('error', () => {});
  sending.write('half');
  await expect
    .poll(() => {
      if (heard > 0) vi.advanceTimersByTime(30_000);
      return heard;
    })
    .toBe(4);
  expect(await failed).toMatchObject({ code: 'malformed' });
});
