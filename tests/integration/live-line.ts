import { io, type Socket } from 'socket.io-client';
import type { Refusal } from '../../shared/errors.ts';
import {
  type AgentFacts,
  type AgentRequests,
  type EventsOfFacts,
  type FactTable,
  livePath,
  type PayloadOf,
  type Reply,
  type ReplyOf,
  type RequestTable,
  type VisitorFacts,
  type VisitorRequests,
} from '../../shared/protocol.ts';

/** One connection to the chat server, as a test speaks and listens over it. */
export interface Line<R extends RequestTable, F extends FactTable> {
  /** The reply, refusals included. */
  ask<E extends keyof R & string>(event: E, payload: PayloadOf<R, E>): Promise<Reply<ReplyOf<R, E>>>;
  /** The reply; a refusal fails the test. */
  get<E extends keyof R & string>(event: E, payload: PayloadOf<R, E>): Promise<{ ok: true } & ReplyOf<R, E>>;
  /** Whatever the server answers to whatever is sent. */
  sendAnything(...args: unknown[]): Promise<unknown>;
  /** Everything heard of a kind, oldest first. */
  heard<K extends keyof F & string>(fact: K): Array<Parameters<EventsOfFacts<F>[K]>[0]>;
  socket: Socket;
  isConnected(): boolean;
  close(): void;
}
export type VisitorLine = Line<VisitorRequests, VisitorFacts>;
export type AgentLine = Line<AgentRequests, AgentFacts>;

export function isRefusal(reply: unknown): reply is Refusal {
  return typeof reply === 'object' && reply !== null && 'ok' in reply && reply.ok === false;
}

/** Connects, or rejects with the error that the server gave. */
export async function openLine<R extends RequestTable, F extends FactTable>(options: {
  origin: string;
  namespace: '/visitor' | '/agent';
  auth: Record<string, unknown>;
  headers?: Record<string, string>;
  transport?: 'websocket' | 'polling';
}): Promise<Line<R, F>> {
  const socket: Socket = io(options.origin + options.namespace, {
    path: livePath,
    forceNew: true,
    reconnection: false,
    transports: [options.transport ?? 'websocket'],
    auth: options.auth,
    extraHeaders: options.headers ?? {},
  });
  const heard = new Map<string, unknown[]>();
  socket.onAny((fact: string, ...args: unknown[]) => {
    heard.set(fact, [...(heard.get(fact) ?? []), args[0]]);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error) => {
      socket.close();
      reject(error);
    });
  });
  const sendAnything = (...args: unknown[]) => {
    const [event, ...rest] = args;
    return new Promise<unknown>((resolve, reject) => {
      if (!socket.connected) return reject(new Error('not connected'));
      socket.once('disconnect', (reason) => reject(new Error(`disconnected: ${reason}`)));
      socket.emit(event as string, ...rest, resolve);
    });
  };
  return {
    socket,
    sendAnything,
    async ask(event, payload) {
      return (await sendAnything(event, payload)) as Reply<ReplyOf<R, typeof event>>;
    },
    async get(event, payload) {
      const reply = (await sendAnything(event, payload)) as Reply<ReplyOf<R, typeof event>>;
      if (isRefusal(reply)) throw new Error(`${event} was refused: ${JSON.stringify(reply)}`);
      return reply as { ok: true } & ReplyOf<R, typeof event>;
    },
    heard: (fact) => (heard.get(fact) ?? []) as Array<Parameters<EventsOfFacts<F>[typeof fact]>[0]>,
    isConnected: () => socket.connected,
    close: () => socket.close(),
  };
}
