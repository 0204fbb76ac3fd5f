import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { afterEach, expect, it } from 'vitest';
import { type Connection, createConnection } from '../../../console/connection.ts';

const stops: Array<() => unknown> = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A real Socket.IO server that admits one token. */
async function liveServer() {
  const http = createServer();
  const io = new Server(http, { path: '/live' });
  const server = { goodToken: 'good', sockets: [] as Socket[], tokens: [] as unknown[], asked: 0 };
  const agents = io.of('/agent');
  agents.use((socket, next) => {
    const { accessToken } = socket.handshake.auth;
    server.tokens.push(accessToken);
    next(accessToken === server.goodToken ? undefined : new Error('unauthenticated'));
  });
  agents.on('connection', (socket) => {
    server.sockets.push(socket);
    socket.on('session:open', (_payload, reply) => {
      server.asked += 1;
      reply({ ok: true, epoch: 'ep_1', socket: server.sockets.length });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  stops.push(() => io.close());
  const { port } = http.address() as AddressInfo;
  return { server, origin: `http://127.0.0.1:${port}` };
}

function agentAt(
  origin: string,
  tokens: string[] = ['good'],
): { connection: Connection; network: EventTarget } {
  const network = new EventTarget();
  const session = {
    accessToken: () => Promise.resolve(tokens[0] ?? ''),
    dropToken: () => void tokens.shift(),
  };
  const connection = createConnection({ origin, session, network });
  stops.push(() => connection.close());
  return { connection, network };
}

it('asks and is answered, and hears facts', async () => {
  const { server, origin } = await liveServer();
  const { connection } = agentAt(origin);
  expect(await connection.request('session:open', {})).toMatchObject({ ok: true, epoch: 'ep_1' });
  expect(connection.link.value).toBe('online');
  const heard: unknown[] = [];
  const stop = connection.onFact('heads:beat', (fact) => heard.push(fact));
  server.sockets[0]?.emit('heads:beat', { epoch: 'ep_1', heads: [] });
  await expect.poll(() => heard).toEqual([{ epoch: 'ep_1', heads: [] }]);
  stop();
});

it('comes back after a cut with the token of that moment, and says so to its listeners', async () => {
  const { server, origin } = await liveServer();
  const tokens = ['good'];
  const { connection } = agentAt(origin, tokens);
  let connects = 0;
  connection.onConnect(() => connects++);
  await expect.poll(() => connects).toBe(1);
  tokens[0] = 'fresh';
  server.goodToken = 'fresh';
  server.sockets[0]?.conn.close();
  await expect.poll(() => connection.link.value).toBe('offline');
  await expect.poll(() => connects, { timeout: 5_000 }).toBe(2);
  expect(server.tokens).toEqual(['good', 'fresh']);
});

it('a refused token is renewed', async () => {
  const { server, origin } = await liveServer();
  const { connection } = agentAt(origin, ['stale', 'good']);
  await expect.poll(() => connection.link.value, { timeout: 5_000 }).toBe('online');
  expect(server.tokens).toEqual(['stale', 'good']);
});

it('comes back when the server itself ends the line', async () => {
  const { server, origin } = await liveServer();
  const { connection } = agentAt(origin);
  await expect.poll(() => connection.link.value).toBe('online');
  server.sockets[0]?.disconnect(true);
  await expect.poll(() => server.sockets.length, { timeout: 5_000 }).toBe(2);
  await expect.poll(() => connection.link.value).toBe('online');
});

it('a request on a dead line waits for the next one and is sent once', async () => {
  const { server, origin } = await liveServer();
  const { connection, network } = agentAt(origin);
  await connection.request('session:open', {});
  server.sockets[0]?.conn.close();
  await expect.poll(() => connection.link.value).toBe('offline');
  const reply = connection.request('session:open', {});
  network.dispatchEvent(new Event('online'));
  expect(await reply).toMatchObject({ ok: true, socket: 2 });
  await connection.request('session:open', {});
  expect(server.asked).toBe(3);
});

it('a request that a lost line leaves without an answer is over with the line', async () => {
  const { server, origin } = await liveServer();
  const { connection, network } = agentAt(origin);
  await connection.request('session:open', {});
  const links: string[] = [];
  // This server never answers it.
  const asked = connection.request('agent:setAvailability', { availability: 'away' }).then((reply) => {
    links.push(connection.link.value);
    return reply;
  });
  server.sockets[0]?.conn.close();
  expect(await asked).toEqual({ ok: false, error: 'unavailable' });
  network.dispatchEvent(new Event('online'));
  await expect.poll(() => connection.link.value).toBe('online');
  // Before the next line: what is asked again then must not wait for the old answer.
  expect(links).toEqual(['offline']);
});

it('closes for good', async () => {
  const { server, origin } = await liveServer();
  const { connection, network } = agentAt(origin);
  await expect.poll(() => connection.link.value).toBe('online');
  connection.close();
  connection.close();
  await expect.poll(() => server.sockets[0]?.connected).toBe(false);
  network.dispatchEvent(new Event('online'));
  connection.retry();
  expect(connection.link.value).toBe('offline');
  expect(await connection.request('session:open', {})).toEqual({ ok: false, error: 'unavailable' });
  // By the time a later one is through, a forbidden try of the first would have been counted.
  await agentAt(origin).connection.request('session:open', {});
  expect(server.sockets).toHaveLength(2);
});
