import { fork } from 'node:child_process';
import { once } from 'node:events';
import { io, type Socket } from 'socket.io-client';

/** The yardstick: a Socket.IO server in a process of its own that sends back what it gets, and nothing else. */
const echoProgram = `
import { createServer } from 'node:http';
import { Server } from 'socket.io';
const http = createServer();
new Server(http, { transports: ['websocket'] }).on('connection', (socket) => {
  socket.on('echo', (text, reply) => reply(text));
});
http.listen(0, '127.0.0.1', () => process.send(http.address().port));
`;

export interface BareEcho {
  /** Milliseconds from sending a text to having it back. */
  roundTripMs(text: string): Promise<number>;
  close(): void;
}

export async function startBareEcho(): Promise<BareEcho> {
  const child = fork('-', [], {
    execArgv: ['--input-type=module', '--eval', echoProgram],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [port] = (await once(child, 'message')) as [number];
  const socket: Socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], reconnection: false });
  await once(socket as unknown as NodeJS.EventEmitter, 'connect');
  return {
    async roundTripMs(text) {
      const startMs = performance.now();
      await socket.emitWithAck('echo', text);
      return performance.now() - startMs;
    },
    close() {
      socket.close();
      child.kill();
    },
  };
}
