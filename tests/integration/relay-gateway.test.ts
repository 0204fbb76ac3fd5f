import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createRelayGateway, type RelayGateway } from '../../server/realtime/relay-gateway.ts';
import { joinTaps } from '../../server/relay/relay-tap.ts';
import { RapportError } from '../../shared/errors.ts';
import { maxPartBytes, maxRelayFrameBytes, maxTabsPerSession, maxUrlChars } from '../../shared/limits.ts';
import * as relayParser from '../../shared/relay-parser.ts';
import { clientId, startLiveRapport, visit } from './live-rapport.ts';

const session = `cbs_${'s'.repeat(22)}`;
const token = `vt_${'v'.repeat(43)}`;
const anna = { id: 'agt_anna', name: 'Anna', color: '#0072b2', avatar: null };
const shop = 'http://shop.test';

let httpServer: HttpServer;
let gateway: RelayGateway;
let address: string;
let presence: string[];
let originAsks: number;
/** Origins are looked up until then. */
let originAnswers: Promise<void>;
/** Runs while a visitor is at the door. */
let atDoor: () => void;
/** Connections from the outside, open or to be opened. */
const lines: WebSocket[] = [];
let logged: string[];
const sockets: Socket[] = [];

beforeEach(async () => {
  presence = [];
  originAsks = 0;
  originAnswers = Promise.resolve();
  atDoor = () => {};
  logged = [];
  httpServer = createServer();
  gateway = createRelayGateway({
    httpServer,
    isOriginAllowed: async (origin) => {
      originAsks += 1;
      await originAnswers;
      return origin === undefined || origin === shop;
    },
    authorizeVisitor: async (sessionId, auth) => {
      if (sessionId !== session || auth.token !== token) throw new RapportError('not_found');
      atDoor();
      return { siteId: 'sit_shop', origin: shop };
    },
    authorizeAgent: async (_sessionId, auth) => {
      const { accessToken } = auth;
      if (!accessToken.startsWith('anna')) throw new RapportError('unauthenticated');
      return { agent: anna, agentSessionId: `ags_${accessToken}` };
    },
    addressOf: (request) => request.socket.remoteAddress ?? '',
    maxSocketsPerAddress: 20,
    onVisitorPresence: (id, online) => presence.push(`${id === session} ${online}`),
    tap: () => joinTaps(),
    log: pino({ level: 'warn' }, { write: (line: string) => logged.push(line) }),
  });
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  for (const line of lines.splice(0)) line.terminate();
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
const openViewer = async (accessToken = 'anna') => {
  const socket = connect('/agent', { accessToken });
  const got: unknown[][] = [];
  socket.onAny((...args: unknown[]) => got.push(args));
  await once(socket, 'connect');
  return { socket, got, batches: () => got.filter(([name]) => name === 'batch:sent') };
};
const header = (batch: number) => ({ tab: 'tab-0001', epoch: 1, batch, part: 0, parts: 1 });
const startEpoch = (socket: Socket) =>
  socket.emit('epoch:started', { tab: 'tab-0001', epoch: 1, reason: 'started' });

/** A bare WebSocket to the relay, or to another path: what a stranger's program may send. */
const openLine = async (path = '/relay') => {
  const url = `${address.replace('http', 'ws')}${path}/?EIO=4&transport=websocket&cobrowse=${session}`;
  const line = new WebSocket(url, { headers: { origin: shop } });
  lines.push(line);
  const closed = new Promise<void>((resolve) => line.once('close', () => resolve()));
  await new Promise((resolve, reject) => line.once('message', resolve).once('error', reject));
  return { line, closed };
};
const frame = (type: number, header: unknown) => {
  const text = Buffer.from(JSON.stringify(header));
  return Buffer.concat([Buffer.from([type, text.length >> 8, text.length & 255]), text]);
};
const greeting = frame(0, ['/visitor', null, { site: 'pk_shop', token, tab: 'tab-0001' }]);

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

  it.each([
    ['an event of two frames, without a list', frame(5, ['/visitor', null, { a: 1 }])],
    ['an acknowledgement of two frames', frame(6, ['/visitor', 1, {}])],
    ['an event that ends a connection', frame(2, ['/visitor', null, ['disconnect', 'x']])],
    ['an event that adds a listener', frame(2, ['/visitor', null, ['newListener', 'x']])],
    ['an event without a list', frame(2, ['/visitor', null, {}])],
    ['an acknowledgement without a list', frame(3, ['/visitor', 1, 7])],
    ['a question', frame(2, ['/visitor', 4, ['tab:closed', { tab: 'tab-0001' }]])],
    ['the default namespace', frame(2, ['/', null, ['x']])],
  ])('ends the connection of a stranger who sends %s, and serves on', async (_what, bad) => {
    const { line, closed } = await openLine();
    const greeted = new Promise((resolve) => line.once('message', resolve));
    line.send(greeting);
    await greeted;
    line.send(bad);
    await closed;
    await openTab('tab-0002');
  });

  it('a question with bytes before its reply is no way around the bounds', async () => {
    const page = await openTab();
    const isCut = once(page, 'disconnect');
    page.emit('batch:sent', header(0), new Uint8Array(8), new Uint8Array(8));
    await isCut;
    expect(logged.join()).toContain('malformed');
  });

  it('the default namespace is no place to stay', { timeout: 10_000 }, async () => {
    const { line, closed } = await openLine();
    const told = new Promise<Buffer>((resolve) => line.once('message', resolve));
    line.send(frame(0, ['/', null, {}]));
    expect(String(await told)).toContain('not_found');
    await closed;
  });

  it('an address opens so many connections and no more; a closed one makes room', async () => {
    let answer = () => {};
    originAnswers = new Promise((resolve) => {
      answer = resolve;
    });
    const open = Promise.allSettled(Array.from({ length: 30 }, () => openLine()));
    await expect.poll(() => originAsks).toBe(30);
    answer();
    await open;
    await expect.poll(() => lines.filter(({ readyState }) => readyState === WebSocket.OPEN)).toHaveLength(20);
    await expect(openLine()).rejects.toThrow();
    const stays = lines.find(({ readyState }) => readyState === WebSocket.OPEN);
    stays?.close();
    await expect
      .poll(() =>
        openLine().then(
          () => 'open',
          () => 'refused',
        ),
      )
      .toBe('open');
    expect(logged.join()).toContain('too many connections');
  });

  it('a request of long-polling with tens of thousands of packets ends its connection', async () => {
    const url = `${address}/relay/?EIO=4&transport=polling&cobrowse=${session}`;
    const opened = await (await fetch(url, { headers: { origin: shop } })).text();
    const { sid } = JSON.parse(opened.slice(1));
    const body = Array.from({ length: 60_000 }, () => '3').join('\u001e');
    await fetch(`${url}&sid=${sid}`, { method: 'POST', headers: { origin: shop }, body });
    expect(logged.join()).toContain('too many packets');
    expect((await fetch(`${url}&sid=${sid}`, { headers: { origin: shop } })).status).toBe(400);
  });

  it('hears only so many greetings on one connection', async () => {
    let looks = 0;
    atDoor = () => {
      looks += 1;
      throw new RapportError('wrong_phase');
    };
    const { line } = await openLine();
    const told: string[] = [];
    line.on('message', (data) => told.push(String(data)));
    for (let count = 0; count < 40; count += 1) line.send(greeting);
    await expect.poll(() => told.length).toBe(40);
    expect(looks).toBe(8);
  });

  it.each(['websocket', 'polling'])('takes a part of the largest size (%s)', async (transport) => {
    const page = await openTab('tab-0001', transport);
    startEpoch(page);
    page.emit('batch:sent', header(0), new Uint8Array(maxPartBytes));
    const viewer = await openViewer();
    await expect.poll(() => viewer.batches().length).toBe(1);
  });

  it('tells a page of all assets it holds, however many', async () => {
    const page = await openTab();
    const ids = Array.from({ length: 590 }, (_, index) => index.toString(16).padStart(64, '0'));
    const viewer = await openViewer();
    for (const id of ids) {
      page.emit('asset:sent', { id, mime: 'image/png', part: 0, parts: 1 }, new Uint8Array(1));
    }
    await expect.poll(() => viewer.got.filter(([name]) => name === 'asset:sent').length).toBe(590);
    const held: string[] = [];
    const more: boolean[] = [];
    const other = connect('/visitor', { site: 'pk_shop', token, tab: 'tab-0002' });
    other.on('assets:held', (piece: { ids: string[]; more: boolean }) => {
      held.push(...piece.ids);
      more.push(piece.more);
    });
    await expect.poll(() => more).toEqual([true, false]);
    expect(held).toEqual(ids);
    expect(other.connected).toBe(true);
  });

  it('shows twelve tabs with the longest addresses and titles', async () => {
    const viewer = await openViewer();
    for (let count = 0; count < maxTabsPerSession; count += 1) {
      const tab = `tab-${String(count).padStart(4, '0')}`;
      const page = connect('/visitor', { site: 'pk_shop', token, tab }, { transport: 'websocket' });
      await once(page, 'connect');
      const url = `https://shop.test/${'a'.repeat(maxUrlChars - 18)}`;
      const state = { tab, page: { url, title: '界'.repeat(300) }, focused: false, hidden: true };
      page.emit('tab:changed', { ...state, widthPx: 800, heightPx: 600 });
    }
    const tabsOf = () => {
      const last = viewer.got.filter(([name]) => name === 'tabs:changed').at(-1)?.[1];
      return (last as { tabs: unknown[] } | undefined)?.tabs.length;
    };
    await expect.poll(tabsOf).toBe(maxTabsPerSession);
    expect(viewer.socket.connected).toBe(true);
  });

  it('signing out closes that sign-in’s view; a new password closes all the others', async () => {
    const [first, second, third] = [
      await openViewer('anna-1'),
      await openViewer('anna-2'),
      await openViewer('anna-3'),
    ];
    const firstGone = once(first.socket, 'disconnect');
    gateway.endAgentSession('ags_anna-1');
    await firstGone;
    const secondGone = once(second.socket, 'disconnect');
    gateway.endAgentSessions('agt_anna', 'ags_anna-3');
    await secondGone;
    expect(third.socket.connected).toBe(true);
  });

  it('a page whose origin is no longer listed is cut, and only that', async () => {
    const page = await openTab();
    gateway.checkOrigins('sit_other', () => false);
    gateway.checkOrigins('sit_shop', (origin) => origin === shop);
    const viewer = await openViewer();
    expect(page.connected).toBe(true);
    const gone = once(page, 'disconnect');
    gateway.checkOrigins('sit_shop', () => false);
    await gone;
    expect(viewer.socket.connected).toBe(true);
  });

  it('a session that ends while a tab is at the door does not begin again', async () => {
    atDoor = () => gateway.endSession(session);
    const page = connect('/visitor', { site: 'pk_shop', token, tab: 'tab-0001' });
    await once(page, 'disconnect');
    expect(presence).toEqual([]);
  });

  it('an agent’s wishes for the epoch wait their turn, and the last one is granted', async () => {
    const page = await openTab();
    startEpoch(page);
    page.emit('batch:sent', header(0), new Uint8Array(3));
    const viewer = await openViewer();
    await expect.poll(() => viewer.batches().length).toBe(1);
    const asked = once(page, 'epoch:wanted');
    for (let count = 0; count < 50; count += 1) viewer.socket.emit('epoch:wanted', { tab: 'tab-0001' });
    viewer.socket.emit('epoch:wanted', { tab: 'tab-0001', damaged: true });
    const order: string[] = [];
    for (const name of ['pointer:moved', 'epoch:wanted']) page.on(name, () => order.push(name));
    viewer.socket.emit('pointer:moved', { pointer: null });
    expect(await asked).toEqual([{ tab: 'tab-0001', reason: 'gap' }]);
    expect(order).toEqual(['pointer:moved', 'epoch:wanted']);
  });

  it('closes without a goodbye, so that both ends come back, and tells of nobody’s absence', async () => {
    const page = await openTab();
    const viewer = await openViewer();
    const reasons = [once(page, 'disconnect'), once(viewer.socket, 'disconnect')];
    await gateway.close();
    for (const reason of await Promise.all(reasons)) expect(reason[0]).toBe('transport close');
    expect(presence).toEqual(['true true']);
  });
});

it('an agent who signs out sees no more of the visitor’s page', async () => {
  const rapport = await startLiveRapport();
  try {
    const { email } = await rapport.addAgent(rapport.site, 'Ada', 'owner');
    const agent = await rapport.agent(email);
    const visitor = await rapport.visitor();
    const offer = { clientId: clientId(), visit };
    const { conversation } = await visitor.get('conversation:start', { ...offer, text: 'Help' });
    const { session: asked } = await agent.get('cobrowse:request', { conversationId: conversation.id });
    await visitor.get('cobrowse:answer', { sessionId: asked.id, accept: true });
    const view = io(`${rapport.origin}/agent`, {
      path: '/relay',
      parser: relayParser,
      transports: ['websocket'],
      query: { cobrowse: asked.id },
      auth: { accessToken: agent.accessToken },
      reconnection: false,
      forceNew: true,
    });
    sockets.push(view);
    await once(view, 'connect');
    const gone = once(view, 'disconnect');
    const ownOrigin = rapport.origin.replace('127.0.0.1', 'localhost');
    const signedOut = await fetch(`${rapport.origin}/api/session`, {
      method: 'DELETE',
      headers: { cookie: agent.cookie.split(';')[0] ?? '', origin: ownOrigin },
    });
    expect(signedOut.status).toBe(200);
    await gone;
  } finally {
    await rapport.close();
  }
});
