import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A server in a process of its own, so that its CPU time and its memory are its own. */
export interface Program {
  port: number;
  /** User and system time since the process began, in seconds. */
  cpuSeconds(): Promise<number>;
  /** Resident memory after a garbage collection. */
  rssMb(): Promise<number>;
  close(): void;
}

/** What both programs answer over their process channel. */
const answers = `
process.on('message', (wish) => {
  if (wish === 'cpu') {
    const { user, system } = process.cpuUsage();
    process.send((user + system) / 1e6);
  } else {
    for (let turn = 0; turn < 4; turn += 1) global.gc();
    setImmediate(() => { global.gc(); process.send(process.memoryUsage.rss() / 2 ** 20); });
  }
});
const listen = (http) => http.listen(0, '127.0.0.1', () => process.send(http.address().port));
`;

/** The relay as it is built into the server, with a door that lets everybody in. */
const relayProgram = `
import { createServer } from 'node:http';
import { runnerImport } from 'vite';
const { module } = await runnerImport('tests/bench/relay/host.ts', { configFile: false, logLevel: 'error' });
const http = createServer();
module.relayOn(http);
listen(http);
`;

/** The yardstick: a WebSocket server that passes each frame on as it came, and nothing else. */
const bareProgram = `
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
const http = createServer();
const watchers = new Map();
new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket, request) => {
  const [, role, name] = request.url.split('/');
  const mine = watchers.get(name) ?? new Set();
  watchers.set(name, mine);
  if (role === 'watch') mine.add(socket);
  else socket.on('message', (bytes) => { for (const watcher of mine) watcher.send(bytes, { binary: true }); });
});
listen(http);
`;

export const startRelay = (): Promise<Program> => start(relayProgram);
export const startBareRelay = (): Promise<Program> => start(bareProgram);

async function start(program: string): Promise<Program> {
  const child = fork('-', [], {
    execArgv: ['--expose-gc', '--input-type=module', '--eval', `${answers}${program}`],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [port] = (await heard(child)) as [number];
  const ask = async (wish: 'cpu' | 'rss'): Promise<number> => {
    const answer = heard(child);
    child.send(wish);
    return (await answer)[0] as number;
  };
  return {
    port,
    cpuSeconds: () => ask('cpu'),
    rssMb: () => ask('rss'),
    close: () => void child.kill(),
  };
}

async function heard(child: ChildProcess): Promise<unknown[]> {
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`a server of the bench has ended with code ${code}`);
  });
  exited.catch(() => undefined);
  return Promise.race([once(child, 'message'), exited]);
}
