import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';

let server: Server;
let proxy: FaultProxy;
let accepted: Socket[];
const opened: Socket[] = [];

beforeEach(async () => {
  accepted = [];
  server = createServer((socket) => {
    accepted.push(socket);
    socket.on('error', () => {});
    socket.on('data', (data) => socket.write(data));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  proxy = await startFaultProxy({ port: (server.address() as AddressInfo).port });
});

afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy();
  await proxy.close();
  for (const socket of accepted) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

/** A connection through the proxy that remembers what came back and how it ended. */
async function open() {
  const socket = connect(proxy.port);
  opened.push(socket);
  let received = '';
  let end = 'open';
  socket.setEncoding('utf8').on('data', (text: string) => {
    received += text;
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    end = error.code ?? error.message;
  });
  socket.on('end', () => {
    end = 'ended';
  });
  await new Promise<void>((resolve) => {
    socket.once('connect', resolve).once('close', () => resolve());
  });
  return { socket, received: () => received, end: () => end };
}

/** By when it is back, whatever the network had to tell has been told. */
async function echoPastTheProxy() {
  const socket = connect((server.address() as AddressInfo).port);
  opened.push(socket);
  const echoed = new Promise((resolve) => socket.once('data', resolve));
  socket.write('echo');
  await echoed;
}

it('passes data both ways, in order, and the end of a connection after its data', async () => {
  const client = await open();
  const text = 'abcdefghij'.repeat(100_000);
  client.socket.write(text);
  await expect.poll(() => client.received().length).toBe(text.length);
  expect(client.received()).toBe(text);
  accepted[0]?.end('last words');
  await expect.poll(client.end).toBe('ended');
  expect(client.received()).toBe(`${text}last words`);
  client.socket.end();
  await expect.poll(proxy.connections).toBe(0);
});

it('delays each direction and keeps the order when the delay shrinks', async () => {
  const client = await open();
  proxy.set({ delayMs: 300 });
  const startedAtMs = performance.now();
  client.socket.write('slow ');
  await expect.poll(() => accepted.length).toBe(1);
  proxy.set({ delayMs: 0 });
  client.socket.write('fast');
  await expect.poll(client.received).toBe('slow fast');
  expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(298);
});

it('delivers what a closing connection sent before the delay was over', async () => {
  const client = await open();
  await expect.poll(() => accepted.length).toBe(1);
  proxy.set({ delayMs: 50 });
  accepted[0]?.end('farewell');
  await expect.poll(client.end).toBe('ended');
  expect(client.received()).toBe('farewell');
});

it('throttles to a number of bytes a second', async () => {
  const client = await open();
  proxy.set({ bytesPerSecond: 100_000 });
  const startedAtMs = performance.now();
  client.socket.write('x'.repeat(30_000));
  await expect.poll(() => client.received().length, { timeout: 5000 }).toBe(30_000);
  expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(290);
});

it('drops everything without telling either end, and cuts on healing what had lost data', async () => {
  const client = await open();
  await expect.poll(() => accepted.length).toBe(1);
  const closed = await open();
  await expect.poll(() => accepted.length).toBe(2);
  const idle = await open();
  await expect.poll(() => accepted.length).toBe(3);
  client.socket.write('before');
  await expect.poll(client.received).toBe('before');

  proxy.set({ dropped: true });
  client.socket.write('into the void');
  const late = await open();
  late.socket.write('nobody hears this');
  accepted[0]?.resetAndDestroy();
  accepted[1]?.end();
  for (let trip = 0; trip < 3; trip += 1) await echoPastTheProxy();
  expect([client, closed, idle, late].map(({ end }) => end())).toEqual(['open', 'open', 'open', 'open']);

  proxy.heal();
  await expect.poll(client.end).toBe('ECONNRESET');
  await expect.poll(closed.end).toBe('ECONNRESET');
  await expect.poll(late.end).toBe('ECONNRESET');
  expect(client.received()).toBe('before');
  idle.socket.write('still here');
  await expect.poll(idle.received).toBe('still here');
  expect(accepted).toHaveLength(6);
});

it('cuts open connections and lets new ones through', async () => {
  const client = await open();
  client.socket.write('a');
  await expect.poll(client.received).toBe('a');
  proxy.cut();
  await expect.poll(client.end).toBe('ECONNRESET');
  await expect.poll(() => accepted[0]?.destroyed).toBe(true);
  const next = await open();
  next.socket.write('b');
  await expect.poll(next.received).toBe('b');
});

it('refuses new connections until told otherwise', async () => {
  proxy.set({ refused: true });
  const client = await open();
  await expect.poll(client.end).toBe('ECONNRESET');
  expect(accepted).toHaveLength(0);
  proxy.set({ refused: false });
  const next = await open();
  next.socket.write('c');
  await expect.poll(next.received).toBe('c');
});

it('resets what is open when it closes, and closes twice without complaint', async () => {
  const client = await open();
  await expect.poll(() => accepted.length).toBe(1);
  await proxy.close();
  await proxy.close();
  await expect.poll(client.end).toBe('ECONNRESET');
});
