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

const eventName = /^(?!(connect|connect_error|disconnect|disconnecting|newListener|removeListener)$)/;
const rest = (data: unknown) => (Array.isArray(data) ? data.slice(1) : []);

/** Numbers from 0 to 1, the same at every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

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
  ['a connect that is a list', frame(0, '["/visitor",null,[]]')],
  ['a disconnect with data', frame(1, '["/visitor",null,["x"]]')],
  ['an acknowledgement of nothing', frame(3, '["/visitor",null,["x"]]')],
  ['an acknowledgement without a list', frame(3, '["/visitor",1,{}]')],
  ['an error that is no object', frame(4, '["/visitor",null,"x"]')],
  ['an event of two frames', frame(5, '["/visitor",null,["x"]]')],
  ['an acknowledgement of two frames', frame(6, '["/visitor",1,["x"]]')],
  ['the name of an event of Socket.IO’s own', frame(2, '["/visitor",null,["disconnecting"]]')],
  ['an event that is an error', frame(2, '["/visitor",null,["connect_error",{}]]')],
  ['an event that adds a listener', frame(2, '["/visitor",null,["newListener"]]')],
  ['an event in the place of its name', frame(2, '["/visitor",null,[["x"]]]')],
  ['a namespace that is a path', frame(2, '["/visitor/../agent",null,["x"]]')],
  ['a namespace that is none', frame(2, '["",null,["x"]]')],
  ['an id below zero', frame(2, '["/visitor",-1,["x"]]')],
  ['an id that is an object', frame(2, '["/visitor",{},["x"]]')],
  ['bytes that it does not announce', Uint8Array.of(...frame(2, '["/visitor",null,["x"]]'), 7)],
  ['a header that is no text', Uint8Array.of(...frame(2, '["/visitor",null,["', 20), 0xff, 0x22)],
])('refuses %s', (_, chunk) => {
  const decoder = new relayParser.Decoder();
  decoder.on('decoded', () => expect.unreachable('it was malformed'));
  expect(() => decoder.add(chunk)).toThrow();
});

it('refuses a header over its bound: a long one of the server is read, one of a client is not', () => {
  const long = frame(2, `["/visitor",null,["x","${'a'.repeat(5_000)}"]]`);
  const heard: unknown[] = [];
  const decoder = new relayParser.Decoder();
  decoder.on('decoded', ({ data }) => heard.push(data));
  decoder.add(long);
  expect(heard).toEqual([['x', 'a'.repeat(5_000)]]);
  expect(() => new relayParser.ClientFrameDecoder().add(long)).toThrow();
});

it('encodes no header that is longer than its frame can say', () => {
  const packet = { type: 2, nsp: '/visitor', data: ['x', 'a'.repeat(65_536)] };
  expect(() => new relayParser.Encoder().encode(packet)).toThrow();
});

it('whatever arrives is refused or is a packet that Socket.IO can take', () => {
  const random = seeded(20_260_401);
  const below = (count: number) => Math.floor(random() * count);
  const values = [
    ...['null', '7', '-1', '1e9', 'true', '"x"', '""', '[]', '{}', '[7]', '["x"]', '["x",1]', '{"a":[]}'],
    ...[
      '["connect"]',
      '["disconnect"]',
      '["removeListener",1]',
      '"/visitor"',
      '"/"',
      '{"length":1}',
      '[[[]]]',
    ],
  ];
  const value = () => values[below(values.length)] ?? '';
  const id = () => (below(2) ? 'null' : value());
  const makers = [
    () => Uint8Array.from({ length: below(40) }, () => below(256)),
    () => frame(below(256), `["/visitor",${id()},${value()}]`),
    () => frame(below(8), `["/visitor",${id()},${value()}]`),
    () => frame(below(8), `[${value()},${value()},${value()}]`),
    () => frame(below(8), `["/visitor",null,${value()}]`, below(60)),
    () => {
      const good = frame(0x80 * below(2) + below(7), `["/visitor",${id()},["x",${value()}]]`);
      good[below(good.length)] = below(256);
      return good;
    },
  ];
  let packets = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const chunk = makers[below(makers.length)]?.() ?? new Uint8Array();
    const decoder = new relayParser.ClientFrameDecoder();
    const heard: Array<{ type: number; nsp: string; data?: unknown; id?: number | undefined }> = [];
    decoder.on('decoded', (packet) => heard.push(packet));
    try {
      decoder.add(chunk);
    } catch {
      if (heard.length > 0) expect.unreachable('heard, then refused');
      continue;
    }
    for (const { type, nsp, data, id } of heard) {
      packets += 1;
      expect(nsp).toMatch(/^\/[a-z]*$/);
      if (id !== undefined) expect(id).toBeGreaterThanOrEqual(0);
      const isObject = data instanceof Object && !Array.isArray(data);
      if (type === 0) expect(data === undefined || isObject).toBe(true);
      else if (type === 1) expect(data).toBeUndefined();
      else if (type === 2) expect(data).toEqual([expect.stringMatching(eventName), ...rest(data)]);
      else if (type === 3) expect([Array.isArray(data), typeof id]).toEqual([true, 'number']);
      else expect([type, isObject]).toEqual([4, true]);
    }
  }
  expect(packets).toBeGreaterThan(100);
});

it('a malformed frame ends the connection and nothing else', async () => {
  const [good, bad] = [connect(), connect()];
  await Promise.all([next(good, 'connect'), next(bad, 'connect')]);
  const gone = next(bad, 'disconnect');
  bad.io.engine.write(Uint8Array.of(1, 2, 3));
  await gone;
  expect(good.connected).toBe(true);
});
