import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import * as relayParser from '../../../../shared/relay-parser.ts';

// The real library on the other side; `ws` stands for the browser's WebSocket.

type Lean = typeof import('../../../../widget/lean/socket.ts');
type LeanSocket = ReturnType<Lean['io']>;
const ending: Array<() => unknown> = [];
let windowEvents = new EventTarget();

/** A browser's does not mind when nobody listens to its errors. */
class BrowserWebSocket extends NodeWebSocket {
  constructor(address: string) {
    super(address);
    this.on('error', () => {});
  }
}

beforeEach(() => {
  windowEvents = new EventTarget();
  vi.resetModules();
  vi.stubGlobal('WebSocket', BrowserWebSocket);
  vi.stubGlobal('addEventListener', windowEvents.addEventListener.bind(windowEvents));
  vi.stubGlobal('removeEventListener', windowEvents.removeEventListener.bind(windowEvents));
});

afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
  vi.unstubAllGlobals();
});

async function startServer(options: ConstructorParameters<typeof Server>[1] = {}, port = 0) {
  const http = createServer();
  const io = new Server(http, { path: '/live', ...options });
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  ending.push(() => io.close());
  const visitors = io.of('/visitor');
  return { io, visitors, port: (http.address() as AddressInfo).port };
}

async function connect(port: number, options: Parameters<Lean['io']>[1] = {}) {
  const { io } = await import('../../../../widget/lean/socket.ts');
  const heard: unknown[][] = [];
  const socket: LeanSocket = io(`http://127.0.0.1:${port}/visitor`, {
    path: '/live',
    reconnectionDelay: 10,
    reconnectionDelayMax: 20,
    ...options,
  });
  ending.push(() => socket.disconnect());
  for (const name of ['connect', 'disconnect', 'connect_error', 'fact']) {
    socket.on(name, (...args) => heard.push([name, ...args]));
  }
  const names = () => heard.map(([name]) => name);
  return { socket, heard, names };
}

it('connects with its auth, asks, is answered and hears facts', async () => {
  const { visitors, port } = await startServer();
  visitors.on('connection', (socket) => {
    socket.on('echo', (payload, reply) => reply({ payload, auth: socket.handshake.auth }));
    socket.emit('fact', { n: 1 });
  });
  const { socket, heard, names } = await connect(port, { auth: (send) => send({ token: 'vt_1' }) });
  await expect.poll(names).toContain('fact');
  const reply = await new Promise((resolve) => socket.emit('echo', { a: 'ü😀' }, resolve));
  expect(reply).toEqual({ payload: { a: 'ü😀' }, auth: { token: 'vt_1' } });
  expect(heard).toContainEqual(['fact', { n: 1 }]);
});

it('carries bytes in one frame with the relay’s parser', async () => {
  const { visitors, port } = await startServer({ parser: relayParser });
  visitors.on('connection', (socket) => {
    socket.on('batch:sent', (header, bytes: Uint8Array) => socket.emit('fact', header, bytes));
  });
  const { socket, heard, names } = await connect(port, { parser: relayParser, query: { cobrowse: 'cbs_1' } });
  await expect.poll(names).toEqual(['connect']);
  socket.emit('batch:sent', { batch: 1 }, new Uint8Array([1, 2, 3]));
  await expect.poll(names).toContain('fact');
  const [, header, bytes] = heard.at(-1) ?? [];
  expect(header).toEqual({ batch: 1 });
  expect([...(bytes as Uint8Array)]).toEqual([1, 2, 3]);
});

it('comes back after the server has gone and come again', async () => {
  const first = await startServer();
  const { socket, names } = await connect(first.port);
  await expect.poll(names).toEqual(['connect']);
  await first.io.close();
  await expect.poll(names).toContain('connect_error');
  expect(socket.active).toBe(true);
  await startServer({}, first.port);
  await expect.poll(() => socket.connected).toBe(true);
});

it('stays away when the server refuses it, and says why', async () => {
  const { visitors, port } = await startServer();
  const data = { ok: false, error: 'unknown_site' };
  visitors.use((_socket, next) => next(Object.assign(new Error('unknown_site'), { data })));
  const { socket, heard, names } = await connect(port);
  await expect.poll(names).toEqual(['connect_error']);
  expect(heard[0]?.[1]).toMatchObject({ message: 'unknown_site', data });
  expect(socket.active).toBe(false);
});

it('stays away when the server shows it out', async () => {
  const { visitors, port } = await startServer();
  visitors.on('connection', (socket) => socket.disconnect());
  const { socket, heard, names } = await connect(port);
  await expect.poll(names).toContain('disconnect');
  expect(heard.at(-1)?.slice(0, 2)).toEqual(['disconnect', 'io server disconnect']);
  expect(socket.active).toBe(false);
});

it('notices a server that has gone silent', async () => {
  const { visitors, port } = await startServer({ pingInterval: 30, pingTimeout: 30 });
  visitors.on('connection', ({ conn }) => {
    // Half-open: the connection stands, nothing comes through it, and the server does not close it either.
    conn.transport.send = () => {};
    conn.close = () => conn;
    conn.transport.close = () => {};
  });
  const { heard, names } = await connect(port);
  await expect.poll(names).toContain('disconnect');
  expect(heard.find(([name]) => name === 'disconnect')?.[1]).toBe('ping timeout');
});

it('answers pings for as long as it is there', async () => {
  const { visitors, port } = await startServer({ pingInterval: 20, pingTimeout: 40 });
  let pongs = 0;
  visitors.on('connection', (socket) => socket.conn.on('packet', ({ type }) => type === 'pong' && pongs++));
  const { socket } = await connect(port);
  await expect.poll(() => pongs).toBeGreaterThan(5);
  expect(socket.connected).toBe(true);
});

it('lets go at once when the browser says that it is offline, and returns with it', async () => {
  const { port } = await startServer();
  const { socket, names } = await connect(port, { reconnectionDelay: 60_000, reconnectionDelayMax: 60_000 });
  await expect.poll(names).toEqual(['connect']);
  windowEvents.dispatchEvent(new Event('offline'));
  expect(names()).toEqual(['connect', 'disconnect']);
  windowEvents.dispatchEvent(new Event('online'));
  await expect.poll(() => socket.connected).toBe(true);
});

it('takes the full library and long-polling where no WebSocket gets through', async () => {
  const { visitors, port } = await startServer();
  const transports: string[] = [];
  visitors.on('connection', (socket) => {
    transports.push(socket.conn.transport.name);
    socket.on('echo', (payload, reply) => reply(payload));
    socket.emit('fact', 1);
  });
  class Blocked extends BrowserWebSocket {
    constructor() {
      super('ws://127.0.0.1:1/');
    }
  }
  vi.stubGlobal('WebSocket', Blocked);
  const { socket, names } = await connect(port);
  await expect.poll(names).toContain('fact');
  expect(transports).toEqual(['polling']);
  expect(socket.connected).toBe(true);
  expect(await new Promise((resolve) => socket.emit('echo', 'hi', resolve))).toBe('hi');
});
