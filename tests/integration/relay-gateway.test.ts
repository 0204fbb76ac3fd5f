import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRelayGateway, type RelayGateway } from '../../server/realtime/relay-gateway.ts';
import { RapportError } from '../../shared/errors.ts';
import { maxRelayFrameBytes } from '../../shared/limits.ts';
import * as relayParser from '../../shared/relay-parser.ts';

const session = `cbs_${'s'.repeat(22)}`;
const token = `vt_${'v'.repeat(43)}`;
const anna = { id: 'agt_anna', name: 'Anna', color: '#0072b2' };
const shop = 'http://shop.test';

let httpServer: HttpServer;
let gateway: RelayGateway;
let address: string;
let presence: string[];
let logged: string[];
const sockets: Socket[] = [];

beforeEach(async () => {
  presence = [];
  logged = [];
  httpServer = createServer();
  gateway = createRelayGateway({
    httpServer,
    isOriginAllowed: async (origin) => origin === undefined || origin === shop,
    authorizeVisitor: async (sessionId, auth) => {
      if (sessionId !== session || auth.token !== token) throw new RapportError('not_found');
      return { visitorId: 'vis_1' };
    },
    authorizeAgent: async (_sessionId, auth) => {
      if (auth.accessToken !== 'anna') throw new RapportError('unauthenticated');
      return anna;
    },
    onVisitorPresence: (id, online) => presence.push(`${id === session} ${online}`),
    log: pino({ level: 'warn' }, { write: (line: string) => logged.push(line) }),
  });
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await gateway.close();
  await gateway.close();
  await new Promise((resolve) => httpServer.close(resolve));
});

function connect(
  namespace: string,
  auth: object,
  more: { id?: string; origin?: string; transport?: string } = {},
) {
  const socket = io(`${address}${namespace}`, {
    path: '/relay',
    parser: relayParser,
    transports: [more.transport ?? 'websocket'],
    query: { cobrowse: more.id ?? session },
    auth,
    reconnection: false,
    forceNew: true,
    extraHeaders: { origin: more.origin ?? shop },
  });
  sockets.push(socket);
  return socket;
}
const once = (socket: Socket, name: string) =>
  new Promise<unknown[]>((resolve) => socket.once(name, (...args: unknown[]) => resolve(args)));
const openTab = async (tab = 'tab-0001', transport = 'websocket') => {
  const socket = connect('/visitor', { site: 'pk_shop', token, tab }, { transport });
  await once(socket, 'connect');
  return socket;
};
const openViewer = async () => {
  const socket = connect('/agent', { accessToken: 'anna' });
  const got: unknown[][] = [];
  socket.onAny((...args: unknown[]) => got.push(args));
  await once(socket, 'connect');
  return { socket, got, batches: () => got.filter(([name]) => name === 'batch:sent') };
};
const header = (batch: number) => ({ tab: 'tab-0001', epoch: 1, batch, part: 0, parts: 1 });
const startEpoch = (socket: Socket) =>
  socket.emit('epoch:started', { tab: 'tab-0001', epoch: 1, reason: 'started' });

describe('relay over real sockets', () => {
  it.each(['websocket', 'polling'])(
    'CB1: passes batches byte for byte, to late agents too (%s)',
    async (transport) => {
      const page = await openTab('tab-0001', transport);
      const contents = Array.from({ length: 5 }, (_, index) =>
        Uint8Array.from({ length: 2_048 }, (_, at) => at + index),
      );
      startEpoch(page);
      page.emit('batch:sent', header(0), contents[0]);
      page.emit('batch:sent', header(1), contents[1]);
      const early = await openViewer();
      await expect.poll(() => early.batches().length).toBe(2);
      for (const batch of [2, 3, 4]) page.emit('batch:sent', header(batch), contents[batch]);
      const late = await openViewer();
      for (const viewer of [early, late]) {
        await expect.poll(() => viewer.batches().length).toBe(5);
        viewer.batches().forEach(([, fact, bytes], index) => {
          expect(fact).toEqual(header(index));
          expect(Buffer.compare(bytes as Buffer, contents[index] ?? new Uint8Array())).toBe(0);
        });
      }
      expect(presence).toEqual(['true true']);
    },
  );

  it.each([
    [
      'a foreign token',
      '/visitor',
      { site: 'pk_shop', token: `vt_${'x'.repeat(43)}`, tab: 'tab-0001' },
      {},
      'not_found',
    ],
    [
      'another session',
      '/visitor',
      { site: 'pk_shop', token, tab: 'tab-0001' },
      { id: `cbs_${'t'.repeat(22)}` },
      'not_found',
    ],
    [
      'no session',
      '/visitor',
      { site: 'pk_shop', token, tab: 'tab-0001' },
      { id: 'constructor' },
      'malformed',
    ],
    ['no tab', '/visitor', { site: 'pk_shop', token }, {}, 'malformed'],
    ['a wrong access token', '/agent', { accessToken: 'ben' }, {}, 'unauthenticated'],
    ['a nested auth', '/agent', { accessToken: { a: 1 } }, {}, 'malformed'],
  ])('refuses %s', async (_what, namespace, auth, more, code) => {
    const [error] = await once(connect(namespace, auth, more), 'connect_error');
    expect((error as Error).message).toBe(code);
  });

  it('refuses an origin that no site lists', async () => {
    const socket = connect(
      '/visitor',
      { site: 'pk_shop', token, tab: 'tab-0001' },
      { origin: 'http://evil.test' },
    );
    await once(socket, 'connect_error');
    expect(socket.connected).toBe(false);
  });

  it.each([
    ['an unknown event', ['constructor', {}]],
    ['a malformed header', ['batch:sent', { ...header(0), batch: -1 }, new Uint8Array(1)]],
    ['bytes that are none', ['batch:sent', header(0), 'text']],
    [
      'a prototype key',
      ['epoch:started', JSON.parse('{"__proto__":1,"tab":"tab-0001","epoch":1,"reason":"started"}')],
    ],
    ['a part over its bound', ['batch:sent', header(0), new Uint8Array(maxRelayFrameBytes - 200)]],
    ['a frame over its bound', ['batch:sent', header(0), new Uint8Array(maxRelayFrameBytes + 10)]],
  ] as Array<[string, [string, ...unknown[]]]>)(
    'cuts a sender of %s, and serves on',
    async (_what, [name, ...args]) => {
      const bad = await openTab('tab-0001');
      const isCut = once(bad, 'disconnect');
      bad.emit(name, ...args);
      await isCut;
      const page = await openTab('tab-0001');
      startEpoch(page);
      page.emit('batch:sent', header(0), new Uint8Array(3));
      const viewer = await openViewer();
      await expect.poll(() => viewer.batches().length).toBe(1);
      expect(logged.join()).not.toContain(token);
    },
  );

  it('cuts a flood of frames', async () => {
    const page = await openTab();
    const isCut = once(page, 'disconnect');
    for (let count = 0; count < 700; count += 1) startEpoch(page);
    await isCut;
    expect(logged.join()).toContain('rate_limited');
  });

  it('garbage on the wire ends that connection and nothing else', async () => {
    const page = await openTab();
    const isCut = once(page, 'disconnect');
    page.io.engine.write(new Uint8Array([2, 255, 255, 1, 2, 3]).buffer);
    await isCut;
    await openTab();
  });

  it('a message in thousands of pieces ends its connection', async () => {
    const page = await openTab();
    const isCut = once(page, 'disconnect');
    const engine = page.io.engine as unknown as {
      transport: { ws: { send(data: Uint8Array, options: { fin: boolean; binary: boolean }): void } };
    };
    for (let count = 0; count < 200; count += 1) {
      engine.transport.ws.send(new Uint8Array(1), { fin: false, binary: true });
    }
    await isCut;
  });

  it('CB4: an agent whose connection stands still costs the other agent nothing and is skipped', async () => {
    const page = await openTab();
    const wishes: unknown[] = [];
    page.on('epoch:wanted', (wish: unknown) => wishes.push(wish));
    startEpoch(page);
    page.emit('batch:sent', header(0), new Uint8Array(10));
    const stalled = await openViewer();
    const quick = await openViewer();
    await expect.poll(() => stalled.batches().length).toBe(1);
    // The WebSocket's own TCP connection stops reading: the kernel's buffers fill, then the server's writes wait.
    const engine = stalled.socket.io.engine as unknown as {
      transport: { ws: { _socket: { pause(): void; resume(): void } } };
    };
    const wire = engine.transport.ws._socket;
    wire.pause();
    const blob = crypto.getRandomValues(new Uint8Array(60_000));
    let batch = 1;
    await expect
      .poll(
        () => {
          for (let count = 0; count < 4 && batch < 125; count += 1, batch += 1) {
            page.emit('batch:sent', header(batch), blob);
          }
          return wishes.length + (batch >= 125 ? 100 : 0);
        },
        { interval: 60, timeout: 15_000 },
      )
      .toBeGreaterThan(0);
    await expect.poll(() => quick.batches().length).toBe(batch);
    expect(wishes).toEqual([{ tab: 'tab-0001', reason: 'overflow' }]);
    wire.resume();
  });

  it('tells the visitor who watches, passes the pointer, and cuts both ends when the session is over', async () => {
    const page = await openTab();
    const watching: unknown[] = [];
    page.on('viewers:changed', ({ viewers }) => watching.push(viewers));
    const pointers = once(page, 'pointer:moved');
    const viewer = await openViewer();
    await expect.poll(() => watching.at(-1)).toEqual([anna]);
    const pointer = { tab: 'tab-0001', epoch: 1, node: 4, x: 0.25, y: 0.75 };
    viewer.socket.emit('pointer:moved', { pointer });
    expect(await pointers).toEqual([{ agent: anna, pointer }]);
    const ends = [once(page, 'disconnect'), once(viewer.socket, 'disconnect')];
    gateway.endSession(session);
    await Promise.all(ends);
  });
});
