import type { Server as HttpServer } from 'node:http';
import { type DefaultEventsMap, type Namespace, Server } from 'socket.io';
import { maxChatFrameBytes } from '../../shared/limits.ts';
import type { Availability } from '../../shared/model/agent.ts';
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
import * as chatParser from './chat-parser.ts';
import { type ConnectionBoundsParts, connectTimeoutMs, createConnectionBounds } from './connection-bounds.ts';
import { boundFragments } from './fragment-bounds.ts';

/** More than the requests that a caller may make before it counts as a flood: see `domain/request-limits.ts`. */
const packets = { ratePerSecond: 50, burst: 600 };

export interface VisitorData {
  caller: VisitorCaller;
  /** Origin of the site's page; null for Rapport's own pages and for programs. */
  origin: string | null;
}
export interface AgentData {
  caller: AgentCaller;
  siteIds: string[];
  /** As it was when the connection was made. */
  availability: Availability;
}
export type VisitorNamespace = Namespace<
  EventsOfRequests<VisitorRequests>,
  EventsOfFacts<VisitorFacts>,
  DefaultEventsMap,
  VisitorData
>;
export type VisitorSocket = VisitorNamespace extends { sockets: Map<string, infer S> } ? S : never;
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
export function createLiveServer(
  parts: Omit<ConnectionBoundsParts, 'packets'> & { httpServer: HttpServer },
): LiveServer {
  const { httpServer } = parts;
  const bounds = createConnectionBounds({ ...parts, packets });

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
    allowRequest: bounds.allowRequest,
  });
  const visitors: VisitorNamespace = io.of('/visitor');
  const agents: AgentNamespace = io.of('/agent');
  bounds.bound(io, [visitors, agents]);

  const unbound = boundFragments(httpServer, io);

  return {
    visitors,
    agents,
    close() {
      unbound();
      // Not a `disconnect` packet, after which clients would stay away: the transport closes, and they come back.
      io.engine.close();
    },
  };
}
