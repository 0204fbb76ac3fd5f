import { type ReadonlySignal, signal } from '@preact/signals';
import { io, type Socket } from 'socket.io-client';
import { replyTimeoutMs } from '../shared/limits.ts';
import {
  type AgentRequests,
  livePath,
  type PayloadOf,
  type Reply,
  type ReplyOf,
} from '../shared/protocol.ts';
import type { AgentConnection } from './agent-connection.ts';

export type Link = 'connecting' | 'online' | 'offline';

export interface Connection extends AgentConnection {
  /** `connecting` at first, then `offline` whenever the line is down. */
  link: ReadonlySignal<Link>;
  /** Called after every connect, the first included; requests made in it are the first on the new line. */
  onConnect(listener: () => void): () => void;
  /** Tries at once instead of waiting for the next try. */
  retry(): void;
  close(): void;
}

export interface ConnectionParts {
  /** Origin of the server; empty for the page's own. */
  origin?: string;
  session: { accessToken(): Promise<string>; dropToken(): void };
  /** Tells `online` when the machine has a network again: the window. */
  network: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
}

/** The console's only line to the server's live part, and the only door to socket.io-client. */
export function createConnection({ origin = '', session, network }: ConnectionParts): Connection {
  const link = signal<Link>('connecting');
  const connectListeners = new Set<() => void>();
  /** Requests whose reply has not come: a line that is lost will not bring it. */
  const unanswered = new Set<() => void>();
  let closed = false;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  // What crosses it is typed by AgentConnection; socket.io's own maps do not carry generic event names.
  const socket: Socket = io(`${origin}/agent`, {
    path: livePath,
    autoConnect: false,
    transports: ['websocket', 'polling'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    // A function, so that each reconnect carries a token that is still good.
    auth: (answer) => {
      session.accessToken().then(
        (accessToken) => answer({ accessToken }),
        () => answer({ accessToken: '' }),
      );
    },
  });

  socket.on('connect', () => {
    link.value = 'online';
    for (const listener of connectListeners) listener();
  });
  socket.on('disconnect', (reason) => {
    link.value = 'offline';
    for (const fail of [...unanswered]) fail();
    // Only then socket.io does not come back by itself.
    if (reason === 'io server disconnect') tryLater();
  });
  socket.on('connect_error', () => {
    link.value = 'offline';
    // An inactive socket was refused by the server rather than not reached: the token may be stale.
    if (socket.active) return;
    session.dropToken();
    tryLater();
  });

  function tryLater() {
    clearTimeout(retryTimer);
    retryTimer = setTimeout(() => {
      if (!closed) socket.connect();
    }, 1_500);
  }
  function retry() {
    if (closed || socket.connected) return;
    clearTimeout(retryTimer);
    socket.disconnect().connect();
  }
  network.addEventListener('online', retry);

  const unavailable = { ok: false, error: 'unavailable' } as const;

  const connection: Connection = {
    link,
    request<E extends keyof AgentRequests>(event: E, payload: PayloadOf<AgentRequests, E>) {
      return new Promise<Reply<ReplyOf<AgentRequests, E>>>((resolve) => {
        const settle = (reply: Reply<ReplyOf<AgentRequests, E>>) => {
          clearTimeout(timer);
          unanswered.delete(fail);
          socket.off('connect', send);
          resolve(reply);
        };
        const fail = () => settle(unavailable);
        const send = () => {
          unanswered.add(fail);
          // Sent only on a live line: socket.io would keep it and send it twice after a reconnect.
          socket.emit(event, payload, settle);
        };
        const timer = setTimeout(fail, replyTimeoutMs);
        if (closed) settle(unavailable);
        else if (socket.connected) send();
        else socket.once('connect', send);
      });
    },
    onFact(fact, listener) {
      const event: string = fact;
      socket.on(event, listener);
      return () => socket.off(event, listener);
    },
    accessToken: () => session.accessToken(),
    onConnect(listener) {
      connectListeners.add(listener);
      return () => connectListeners.delete(listener);
    },
    retry,
    close() {
      closed = true;
      clearTimeout(retryTimer);
      network.removeEventListener('online', retry);
      connectListeners.clear();
      socket.disconnect();
    },
  };
  socket.connect();
  return connection;
}
