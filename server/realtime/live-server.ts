import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { type DefaultEventsMap, type Namespace, Server } from 'socket.io';
import { maxChatFrameBytes } from '../../shared/limits.ts';
import {
  type AgentFacts,
  type AgentRequests,
  type EventsOfFacts,
  type EventsOfRequests,
  livePath,
  type VisitorFacts,
  type VisitorRequests,
} from '../../shared/protocol.ts';
import type { AgentCaller, VisitorCaller } from '../domain/caller.ts';
import type { Log } from '../log.ts';
import * as chatParser from './chat-parser.ts';
import { boundFragments } from './fragment-bounds.ts';

/** How long a connection may stay without saying who it is. */
const connectTimeoutMs = 5_000;

export interface VisitorData {
  caller: VisitorCaller;
  /** Origin of the site's page; null for Rapport's own pages and for programs. */
  origin: string | null;
}
export interface AgentData {
  caller: AgentCaller;
  siteIds: string[];
}
export type VisitorNamespace = Namespace<
  EventsOfRequests<VisitorRequests>,
  EventsOfFacts<VisitorFacts>,
  DefaultEventsMap,
  VisitorData
>;
export type AgentNamespace = Namespace<
  EventsOfRequests<AgentRequests>,
  EventsOfFacts<AgentFacts>,
  DefaultEventsMap,
  AgentData
>;

export interface LiveServer {
  visitors: VisitorNamespace;
  agents: AgentNamespace;
  close(): void;
}

/** The chat connections' server: what is refused before anybody has said a word. */
export function createLiveServer(parts: {
  httpServer: HttpServer;
  /** Whether a page of this origin may connect at all; who it is, is checked at the namespace's door. */
  isOriginAllowed(origin: string | undefined): Promise<boolean>;
  addressOf(request: IncomingMessage): string;
  maxSocketsPerAddress: number;
  log: Log;
}): LiveServer {
  const { httpServer, log } = parts;
  const openByAddress = new Map<string, number>();

  const io = new Server(httpServer, {
    path: livePath,
    parser: chatParser,
    serveClient: false,
    connectTimeout: connectTimeoutMs,
    maxHttpBufferSize: maxChatFrameBytes,
    perMessageDeflate: false,
    httpCompression: false,
    // Pages of any site may ask; `allowRequest` decides. No cookie takes part, so nothing is lent to the page.
    cors: { origin: true, credentials: false },
    allowRequest(request, decide) {
      const address = parts.addressOf(request);
      if ((openByAddress.get(address) ?? 0) >= parts.maxSocketsPerAddress) {
        log.warn({ address, code: 'rate_limited' }, 'too many connections from one address');
        return decide('rate_limited', false);
      }
      parts.isOriginAllowed(request.headers.origin).then(
        (isAllowed) => {
          if (!isAllowed)
            log.info({ origin: request.headers.origin, code: 'origin_not_allowed' }, 'connection refused');
          decide(isAllowed ? null : 'origin_not_allowed', isAllowed);
        },
        (error: unknown) => {
          log.error({ error }, 'origin check failed');
          decide('unavailable', false);
        },
      );
    },
  });

  io.engine.on(
    'connection',
    (connection: { request: IncomingMessage; once(event: 'close', run: () => void): void }) => {
      const address = parts.addressOf(connection.request);
      openByAddress.set(address, (openByAddress.get(address) ?? 0) + 1);
      connection.once('close', () => {
        const left = (openByAddress.get(address) ?? 1) - 1;
        if (left > 0) openByAddress.set(address, left);
        else openByAddress.delete(address);
      });
    },
  );

  const unbound = boundFragments(httpServer, io);

  return {
    visitors: io.of('/visitor'),
    agents: io.of('/agent'),
    close() {
      unbound();
      // Not a `disconnect` packet, after which clients would stay away: the transport closes, and they come back.
      io.engine.close();
    },
  };
}
