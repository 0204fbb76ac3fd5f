import type { IncomingMessage } from 'node:http';
import type { Namespace, Server } from 'socket.io';
import { type BucketLimits, TokenBucket } from '../../shared/model/token-bucket.ts';
import type { Log } from '../log.ts';

export interface ConnectionBoundsParts {
  /** Whether a page of this origin may connect at all; who it is, is checked at the namespace's door. */
  isOriginAllowed(origin: string | undefined): Promise<boolean>;
  addressOf(request: IncomingMessage): string;
  maxSocketsPerAddress: number;
  /** Packets of any kind that one connection may send, its greeting and its heartbeat included. */
  packets: BucketLimits;
  log: Log;
}

/** How long a connection may stay without saying who it is. */
export const connectTimeoutMs = 5_000;
/** Greetings heard on one connection: each one costs a look into the store. */
const maxGreetings = 8;

/** As much of an Engine.IO connection as is bounded here; its own types leave the request out. */
interface Connection {
  request: IncomingMessage;
  on(event: 'packet', run: () => void): void;
  once(event: 'close', run: () => void): void;
  close(discard?: boolean): void;
}

/**
 * What anybody may make a Socket.IO server do before it knows who is there: connections by address and origin, packets,
 * greetings. Nobody stays without a place in one of the `namespaces`.
 */
export function createConnectionBounds(parts: ConnectionBoundsParts) {
  const { log } = parts;
  const openByAddress = new Map<string, number>();
  const openFrom = (address: string) => openByAddress.get(address) ?? 0;
  const isFull = (address: string) => {
    if (openFrom(address) < parts.maxSocketsPerAddress) return false;
    log.warn({ address, code: 'rate_limited' }, 'too many connections from one address');
    return true;
  };

  const watch = (connection: Connection) => {
    const address = parts.addressOf(connection.request);
    // Asked again: those who came together were all let in by `allowRequest`.
    if (isFull(address)) return connection.close(true);
    openByAddress.set(address, openFrom(address) + 1);
    connection.once('close', () => {
      const left = openFrom(address) - 1;
      if (left > 0) openByAddress.set(address, left);
      else openByAddress.delete(address);
    });
    // One POST of long-polling may hold tens of thousands of packets: what comes after the cut is not looked at.
    const packets = new TokenBucket(parts.packets, Date.now());
    connection.on('packet', () => {
      if (packets.take(Date.now()) === 0) return;
      log.warn({ address, code: 'rate_limited' }, 'too many packets on one connection');
      connection.close(true);
    });
  };

  return {
    allowRequest(
      request: IncomingMessage,
      decide: (refusal: string | null | undefined, isAllowed: boolean) => void,
    ): void {
      if (isFull(parts.addressOf(request))) {
        decide('rate_limited', false);
        return;
      }
      const { origin } = request.headers;
      parts.isOriginAllowed(origin).then(
        (isAllowed) => {
          if (!isAllowed) log.info({ origin, code: 'origin_not_allowed' }, 'connection refused');
          decide(isAllowed ? null : 'origin_not_allowed', isAllowed);
        },
        (error: unknown) => {
          log.error({ error }, 'origin check failed');
          decide('unavailable', false);
        },
      );
    },

    /** Before any other middleware of the namespaces: what is refused here costs nothing. */
    bound(io: Server, namespaces: Array<Pick<Namespace, 'use' | 'on'>>): void {
      io.engine.on('connection', watch);
      // Socket.IO's default namespace lets everybody in, and whoever is in one is not cut by `connectTimeout`.
      io.use((_socket, next) => next(new Error('not_found')));
      const greetings = new WeakMap<object, number>();
      for (const namespace of namespaces) {
        namespace.use((socket, next) => {
          const count = (greetings.get(socket.conn) ?? 0) + 1;
          greetings.set(socket.conn, count);
          next(count > maxGreetings ? new Error('rate_limited') : undefined);
        });
        // Who has left has nothing more to say.
        namespace.on('connection', (socket) => socket.on('disconnect', () => socket.conn.close()));
      }
    },
  };
}
