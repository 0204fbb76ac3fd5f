import { createServer } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { readBatch, StreamDecoder, writeBatch } from '../../../../server/realtime/stream-frames.ts';
import type { BatchPart } from '../../../../shared/protocol.ts';
import { Encoder } from '../../../../shared/relay-parser.ts';

const header: BatchPart = { tab: 'tab-0001', epoch: 7, batch: 3, part: 0, parts: 1 };
const bytes = Uint8Array.from([1, 2, 3, 255]);
const frameOf = (data: unknown, nsp = '/visitor') =>
  new Encoder().encode({ type: 2, nsp, data })[0] as Uint8Array;
const batchOf = (changes: object) => frameOf(['batch:sent', { ...header, ...changes }, bytes]);

describe('the short way', () => {
  it('reads what the widget writes', () => {
    fc.assert(
      fc.property(
        fc.record({
          tab: fc.stringMatching(/^[A-Za-z0-9_-]{8,40}$/),
          epoch: fc.nat({ max: 999_999_999 }),
          batch: fc.nat({ max: 999_999_999 }),
          part: fc.nat({ max: 100 }),
          parts: fc.nat({ max: 100 }),
        }),
        fc.uint8Array({ maxLength: 300 }),
        (wanted, payload) => {
          const { tab, epoch, batch, part, parts } = wanted;
          const sent = { tab, epoch, batch, part, parts };
          expect(readBatch(frameOf(['batch:sent', sent, payload]))).toEqual({ header: sent, bytes: payload });
        },
      ),
    );
  });

  it.each([
    ['a tab with a sign that JSON escapes', batchOf({ tab: 'tab-"0001' })],
    ['a tab that is too short', batchOf({ tab: 'tab' })],
    ['a number below zero', batchOf({ batch: -1 })],
    ['a fraction', batchOf({ batch: 1.5 })],
    ['a number of ten digits', batchOf({ epoch: 2_147_483_647 })],
    ['a text for a number', batchOf({ part: '0' })],
    ['one entry more', batchOf({ more: 1 })],
    ['another event', frameOf(['asset:sent', header, bytes])],
    ['another namespace', frameOf(['batch:sent', header, bytes], '/agent')],
    ['no bytes', frameOf(['batch:sent', header])],
    ['a header that ends after the frame', batchOf({}).subarray(0, 40)],
    ['nothing', new Uint8Array()],
  ])('does not take %s', (_, frame) => {
    expect(readBatch(frame)).toBeNull();
  });

  it.each([4, 70, 200, 70_000])('writes what the parser writes, in one frame (%i bytes)', async (length) => {
    const payload = Uint8Array.from({ length }, (_, at) => at);
    const http = createServer();
    const server = new WebSocketServer({ server: http });
    let plain: Uint8Array | undefined;
    server.on('connection', (socket) => {
      writeBatch(
        {
          write(frame, options) {
            const [whole] = (options as { wsPreEncodedFrame: [Uint8Array] }).wsPreEncodedFrame;
            plain = frame;
            // As Engine.IO does it.
            (socket as unknown as { _socket: { write(data?: Uint8Array): void } })._socket.write(whole);
          },
        },
        header,
        payload,
      );
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const { port } = http.address() as { port: number };
    const line = new WebSocket(`ws://127.0.0.1:${port}`);
    try {
      const got = await new Promise<Buffer>((resolve, reject) =>
        line.once('message', resolve).once('error', reject),
      );
      const wanted = frameOf(['batch:sent', header, payload], '/agent');
      expect(Buffer.compare(got, wanted)).toBe(0);
      expect(plain && Buffer.compare(plain, wanted)).toBe(0);
    } finally {
      line.terminate();
      server.close();
      await new Promise((resolve) => http.close(resolve));
    }
  });
});

describe('order', () => {
  const start = frameOf(['epoch:started', { tab: 'tab-0001', epoch: 7, reason: 'started' }]);
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it('a batch does not overtake what Socket.IO still holds, and takes the short way after it', async () => {
    const decoder = new StreamDecoder();
    const heard: string[] = [];
    decoder.on('decoded', ({ data }) => heard.push(`long ${(data as unknown[])[0]}`));
    decoder.takeBatches(({ batch }) => heard.push(`short ${batch}`));
    decoder.add(start);
    decoder.add(batchOf({ batch: 0 }));
    expect(heard).toEqual(['long epoch:started', 'long batch:sent']);
    await turn();
    decoder.add(batchOf({ batch: 1 }));
    expect(heard.at(-1)).toBe('short 1');
  });

  it('nothing takes the short way before somebody is there for it, or after the end', async () => {
    const decoder = new StreamDecoder();
    const heard: string[] = [];
    decoder.on('decoded', () => heard.push('long'));
    decoder.add(batchOf({}));
    await turn();
    decoder.takeBatches(() => heard.push('short'));
    decoder.destroy();
    decoder.add(batchOf({}));
    expect(heard).toEqual(['long']);
  });
});
