import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as relayParser from '../../../shared/relay-parser.ts';

/** The parser between the real server and the real client, over both transports. */

let httpServer: HttpServer;
let server: Server;
let address: string;
const clients: Socket[] = [];

beforeEach(async () => {
  httpServer = createServer();
  server = new Server(httpServer, { path: '/relay', parser: relayParser, serveClient: false });
  for (const namespace of ['/visitor', '/agent']) server.of(namespace);
  await new Promise<void>((done) => httpServer.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await server.close();
});

function connect(options: { transports?: string[]; auth?: object; namespace?: string } = {}): Socket {
  const client = io(`${address}${options.namespace ?? '/visitor'}`, {
    path: '/relay',
    parser: relayParser,
    transports: options.transports ?? ['websocket'],
    auth: options.auth ?? {},
    query: { cobrowse: 'cbs_1' },
    forceNew: true,
    reconnection: false,
  });
  clients.push(client);
  return client;
}

const next = <T extends unknown[]>(socket: Socket, name: string) =>
  new Promise<T>((done) => socket.once(name, (...args) => done(args as unknown as T)));

it.each([['websocket'], ['polling']])(
  'carries a fact with its bytes both ways over %s',
  async (transport) => {
    const received: unknown[] = [];
    server.of('/visitor').on('connection', (socket) => {
      socket.on('batch:sent', (header: object, bytes: Uint8Array) => {
        received.push({ query: socket.handshake.query.cobrowse, auth: socket.handshake.auth, header });
        socket.emit('batch:sent', { echo: true }, new Uint8Array(bytes));
      });
    });
    const client = connect({ transports: [transport], auth: { token: 'vt_1' } });
    await next(client, 'connect');
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index & 255);
    const echo = next<[object, Uint8Array]>(client, 'batch:sent');
    client.emit('batch:sent', { epoch: 7, note: 'ä•' }, bytes);
    const [header, back] = await echo;
    expect(header).toEqual({ echo: true });
    expect(Buffer.compare(Buffer.from(back), Buffer.from(bytes))).toBe(0);
    expect(received).toEqual([{ query: 'cbs_1', auth: { token: 'vt_1' }, header: { epoch: 7, note: 'ä•' } }]);
  },
);

it('a packet with bytes is one WebSocket frame', async () => {
  let frames = 0;
  const arrived = new Promise<void>((done) => {
    server.of('/visitor').on('connection', (socket) => {
      socket.conn.on('packet', ({ type }) => {
        if (type === 'message') frames += 1;
      });
      socket.on('batch:sent', () => done());
    });
  });
  const client = connect();
  await next(client, 'connect');
  client.emit('batch:sent', { part: 0 }, new Uint8Array(1_000));
  await arrived;
  expect(frames).toBe(1);
});

it('acknowledges', async () => {
  server.of('/visitor').on('connection', (socket) => {
    socket.on('ask', (question: string, reply: (answer: string) => void) => reply(`${question}!`));
  });
  const client = connect();
  await next(client, 'connect');
  expect(await client.emitWithAck('ask', 'yes')).toBe('yes!');
});

it('a refusal at the door reaches the client with its words', async () => {
  server.of('/visitor').use((_, done) => done(new Error('forbidden')));
  const client = connect();
  const [error] = await next<[Error]>(client, 'connect_error');
  expect(error.message).toBe('forbidden');
});

it('a broadcast goes to each namespace of its own', async () => {
  const [visitor, agent] = [connect(), connect({ namespace: '/agent' })];
  await Promise.all([next(visitor, 'connect'), next(agent, 'connect')]);
  const heard = next<[object, Uint8Array]>(agent, 'batch:sent');
  visitor.on('batch:sent', () => expect.unreachable('another namespace'));
  server.of('/agent').emit('batch:sent', { epoch: 1 }, Uint8Array.of(1, 2, 3));
  const [header, bytes] = await heard;
  expect([header, [...bytes]]).toEqual([{ epoch: 1 }, [1, 2, 3]]);
});

const frame = (first: number, header: string, length = header.length) =>
  Uint8Array.from([first, length >> 8, length & 255, ...new TextEncoder().encode(header)]);

it.each([
  ['text', '2["x"]'],
  ['nothing', new Uint8Array()],
  ['an unknown type', frame(9, '["/visitor",null,["x"]]')],
  ['a header longer than the frame', frame(2, '["/visitor",null,["x"]]', 900)],
  ['a header that is no JSON', frame(2, '["/visitor"')],
  ['a header that is no list', frame(2, '{"nsp":"/"}')],
  ['an event without a name', frame(2, '["/visitor",null,[7]]')],
  ['bytes without an event', frame(0x82, '["/visitor",null,{}]')],
  ['a connect that is no object', frame(0, '["/visitor",null,7]')],
])('refuses %s', (_, chunk) => {
  const decoder = new relayParser.Decoder();
  decoder.on('decoded', () => expect.unreachable('it was malformed'));
  expect(() => decoder.add(chunk)).toThrow();
});

it('refuses a header over its bound', () => {
  const long = `["/visitor",null,["x","${'a'.repeat(5_000)}"]]`;
  expect(() => new relayParser.Decoder().add(frame(2, long))).toThrow();
});

it('a malformed frame ends the connection and nothing else', async () => {
  const [good, bad] = [connect(), connect()];
  await Promise.all([next(good, 'connect'), next(bad, 'connect')]);
  const gone = next(bad, 'disconnect');
  bad.io.engine.write(Uint8Array.of(1, 2, 3));
  await gone;
  expect(good.connected).toBe(true);
});
