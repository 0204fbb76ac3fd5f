import type { Server as HttpServer } from 'node:http';
import { type DefaultEventsMap, type Namespace, Server, type Socket } from 'socket.io';
import * as v from 'valibot';
import { RapportError } from '../../shared/errors.ts';
import {
  cobrowseResumeMs,
  maxAssetBytes,
  maxEpochBytes,
  maxOneAssetBytes,
  maxPartBytes,
  maxPartsPerBatch,
  maxRelayFrameBytes,
  maxTabsPerSession,
  maxViewerQueueBytes,
  relayBurstBytes,
  relayBurstFrames,
  relayBytesPerSecond,
  relayFramesPerSecond,
  tabGraceMs,
} from '../../shared/limits.ts';
import type { AgentCard } from '../../shared/model/agent.ts';
import { idSchema } from '../../shared/model/ids.ts';
import { TokenBucket } from '../../shared/model/token-bucket.ts';
import {
  agentRelayAuth,
  agentRelayFacts,
  type BatchPart,
  type EventsOfTuples,
  type FactTable,
  relayPath,
  type relayToAgent,
  type relayToVisitor,
  visitorRelayAuth,
  visitorRelayFacts,
} from '../../shared/protocol.ts';
import * as relayParser from '../../shared/relay-parser.ts';
import { isFault } from '../log.ts';
import { RelaySession, type TabLink, type ViewerLink } from '../relay/relay-session.ts';
import type { RelayTap } from '../relay/relay-tap.ts';
import { createAssistLines } from './assist-lines.ts';
import { type ConnectionBoundsParts, connectTimeoutMs, createConnectionBounds } from './connection-bounds.ts';
import { boundFragments } from './fragment-bounds.ts';
import { StreamDecoder, streamDecoderOf, writeBatch } from './stream-frames.ts';

export interface RelayGatewayParts extends Omit<ConnectionBoundsParts, 'packets'> {
  httpServer: HttpServer;
  /** Throws `RapportError` unless the session is this visitor's and its page may be shared now. */
  authorizeVisitor(
    sessionId: string,
    auth: v.InferOutput<typeof visitorRelayAuth>,
    origin: string | undefined,
  ): Promise<Pick<TabData, 'siteId' | 'origin'>>;
  /** Throws `RapportError` unless the agent may watch this session. */
  authorizeAgent(
    sessionId: string,
    auth: v.InferOutput<typeof agentRelayAuth>,
  ): Promise<Pick<ViewerData, 'agent' | 'agentSessionId'>>;
  /** The first tab of a session connected, or the last one is gone. */
  onVisitorPresence(sessionId: string, online: boolean): void;
  /** Who else follows the stream of a session that begins here. */
  tap(sessionId: string): RelayTap;
}

export interface RelayGateway {
  /** Cuts both ends and forgets what is kept of the session. */
  endSession(sessionId: string): void;
  /** The sign-in has ended: its views close. */
  endAgentSession(agentSessionId: string): void;
  /** Closes all views of an agent but those of one sign-in. */
  endAgentSessions(agentId: string, exceptAgentSessionId: string): void;
  /** Tells the shared pages of a site that its privacy settings are others now. */
  changePrivacy(siteId: string): void;
  /** Cuts the tabs whose page's origin the site no longer lists. */
  checkOrigins(siteId: string, isListed: (origin: string) => boolean): void;
  close(): Promise<void>;
}

interface TabData {
  role: 'visitor';
  sessionId: string;
  tab: string;
  siteId: string;
  /** Origin of the site's page; null for Rapport's own pages and for programs. */
  origin: string | null;
}
interface ViewerData {
  role: 'agent';
  sessionId: string;
  agent: AgentCard;
  /** The sign-in. */
  agentSessionId: string;
}
type IsCut = (data: TabData | ViewerData) => boolean;
type TabEvents = EventsOfTuples<typeof visitorRelayFacts>;
type ToTabEvents = EventsOfTuples<typeof relayToVisitor>;
type ViewerEvents = EventsOfTuples<typeof agentRelayFacts>;
type ToViewerEvents = EventsOfTuples<typeof relayToAgent>;
type TabSocket = Socket<TabEvents, ToTabEvents, DefaultEventsMap, TabData>;
type ViewerSocket = Socket<ViewerEvents, ToViewerEvents, DefaultEventsMap, ViewerData>;

const sessionIdSchema = idSchema('cobrowse');

/** The allowance for facts, and room for the greeting and heartbeats. */
const packets = { ratePerSecond: relayFramesPerSecond + 20, burst: relayBurstFrames + 50 };
/** Long-polling carries bytes as base64, and the bound is one for both transports. */
const maxHttpBufferSize = Math.ceil(maxRelayFrameBytes / 3) * 4 + 4;
/** Of `assets:held`, whose ids have 67 bytes each in a header of at most 64 KB. */
const maxHeldIdsPerFact = 500;
/** Connections of agents to one session. All their cards, with names of the longest kind, fit in one header. */
const maxViewersPerSession = 60;
/** Epochs that one agent may ask for: a view that cannot show one tries again at growing pauses. */
const epochWishes = { ratePerSecond: 0.5, burst: 3 };

/**
 * Sockets of the co-browse stream: who may connect, sizes, rates. The passing on itself is `relay/relay-session.ts`.
 */
export function createRelayGateway(parts: RelayGatewayParts): RelayGateway {
  const { log } = parts;
  const sessions = new Map<string, RelaySession>();
  const assist = createAssistLines();
  const graces = new Set<NodeJS.Timeout>();
  /** Sessions with nobody in them, until they are forgotten. */
  const emptied = new Map<string, NodeJS.Timeout>();
  /** Who is at the door, and what has been cut since: an ending must not miss those who are about to come in. */
  const entering = new Map<TabSocket | ViewerSocket, IsCut[]>();
  const bounds = createConnectionBounds({ ...parts, packets });
  let isClosed = false;

  const io = new Server(parts.httpServer, {
    path: relayPath,
    parser: { Encoder: relayParser.Encoder, Decoder: StreamDecoder },
    serveClient: false,
    maxHttpBufferSize,
    connectTimeout: connectTimeoutMs,
    pingInterval: 5_000,
    pingTimeout: 5_000,
    perMessageDeflate: false,
    cors: { origin: true, credentials: false },
    allowRequest: bounds.allowRequest,
  });
  const unbound = boundFragments(parts.httpServer, io);
  const tabs: Namespace<TabEvents, ToTabEvents, DefaultEventsMap, TabData> = io.of('/visitor');
  const viewers: Namespace<ViewerEvents, ToViewerEvents, DefaultEventsMap, ViewerData> = io.of('/agent');
  bounds.bound(io, [tabs, viewers]);

  const sessionOf = (sessionId: string): RelaySession => {
    clearTimeout(emptied.get(sessionId));
    emptied.delete(sessionId);
    const known = sessions.get(sessionId);
    if (known) return known;
    const session = new RelaySession(
      {
        maxEpochBytes,
        maxPartsPerBatch,
        maxAssetBytes,
        maxOneAssetBytes,
        maxBehindBytes: maxViewerQueueBytes,
        maxTabs: maxTabsPerSession,
      },
      parts.tap(sessionId),
    );
    sessions.set(sessionId, session);
    return session;
  };

  /** A session ends by itself when its visitor stays away; what is kept of one that has nobody left goes by then. */
  const forgetWhenEmpty = (sessionId: string): void => {
    const session = sessions.get(sessionId);
    if (isClosed || !session?.isEmpty || emptied.has(sessionId)) return;
    const forget = setTimeout(() => {
      emptied.delete(sessionId);
      if (!session.isEmpty || sessions.get(sessionId) !== session) return;
      sessions.delete(sessionId);
      assist.endSession(sessionId);
    }, cobrowseResumeMs);
    emptied.set(sessionId, forget);
  };

  const cut = (isCut: IsCut): void => {
    for (const cuts of entering.values()) cuts.push(isCut);
    for (const socket of [...tabs.sockets.values(), ...viewers.sockets.values()])
      if (isCut(socket.data)) socket.disconnect(true);
  };

  /** Runs `authorize` at the door; what it refuses reaches the client as `connect_error` with the code as message. */
  const door =
    <S extends TabSocket | ViewerSocket>(authorize: (socket: S, sessionId: string) => Promise<void>) =>
    (socket: S, next: (error?: Error) => void) => {
      entering.set(socket, []);
      const id = v.safeParse(sessionIdSchema, socket.handshake.query.cobrowse);
      const admit = id.success ? authorize(socket, id.output) : Promise.reject(new RapportError('malformed'));
      admit.then(
        () => {
          next();
          // By then it is in, or its connection was lost.
          setImmediate(() => entering.delete(socket));
        },
        (error: unknown) => {
          entering.delete(socket);
          const code = error instanceof RapportError ? error.code : 'internal';
          if (isFault(error)) log.error({ error, code }, 'relay door failed');
          next(new Error(code));
        },
      );
    };

  /** False, and the connection is closed, when an ending has hit it on its way in. */
  const isStillIn = (socket: TabSocket | ViewerSocket): boolean => {
    const cuts = entering.get(socket) ?? [];
    entering.delete(socket);
    if (!isClosed && !cuts.some((isCut) => isCut(socket.data))) return true;
    socket.disconnect(true);
    return false;
  };

  /**
   * Cuts a sender whose facts are not in the table, or come too fast; valid ones go on to their handler. Returns the check
   * for one that is known to be valid and goes no further.
   */
  const guard = (socket: TabSocket | ViewerSocket, table: FactTable) => {
    const frames = new TokenBucket(
      { ratePerSecond: relayFramesPerSecond, burst: relayBurstFrames },
      Date.now(),
    );
    const bytes = new TokenBucket({ ratePerSecond: relayBytesPerSecond, burst: relayBurstBytes }, Date.now());
    const faultOf = (size: number) => {
      const nowMs = Date.now();
      if (size > maxPartBytes) return 'too_large';
      return frames.take(nowMs) > 0 || bytes.take(nowMs, size) > 0 ? 'rate_limited' : null;
    };
    const isFine = (name: unknown, fault: string | null) => {
      if (fault === null) return true;
      log.warn(
        { event: String(name).slice(0, 40), fault, session: socket.data.sessionId },
        'relay sender cut',
      );
      socket.disconnect(true);
      return false;
    };
    socket.use(([name, ...args], next) => {
      const size = args.reduce((sum, arg) => sum + (arg instanceof Uint8Array ? arg.length : 0), 0);
      const schema = Object.hasOwn(table, name) ? table[name] : undefined;
      const fault = schema ? (faultOf(size) ?? (v.is(schema, args) ? null : 'malformed')) : 'unknown_event';
      if (isFine(name, fault)) next();
    });
    return (name: string, size: number) => socket.connected && isFine(name, faultOf(size));
  };

  tabs.use(
    door<TabSocket>(async (socket, sessionId) => {
      const auth = v.safeParse(visitorRelayAuth, socket.handshake.auth);
      if (!auth.success) throw new RapportError('malformed');
      const { origin } = socket.handshake.headers;
      const visitor = await parts.authorizeVisitor(sessionId, auth.output, origin);
      socket.data = { role: 'visitor', sessionId, tab: auth.output.tab, ...visitor };
    }),
  );

  tabs.on('connection', (socket) => {
    if (!isStillIn(socket)) return;
    const { sessionId, tab } = socket.data;
    const session = sessionOf(sessionId);
    const link: TabLink = {
      wantEpoch: (reason) => socket.emit('epoch:wanted', { tab, reason }),
      showPointer: (agent, pointer) => socket.volatile.emit('pointer:moved', { agent, pointer }),
      showViewers: (cards) => socket.emit('viewers:changed', { viewers: cards }),
    };
    const wasOnline = session.isVisitorOnline;
    if (!session.joinTab(tab, link)) {
      socket.disconnect(true);
      return;
    }
    const ids = session.heldAssetIds();
    do {
      const piece = ids.splice(0, maxHeldIdsPerFact);
      socket.emit('assets:held', { ids: piece, more: ids.length > 0 });
    } while (ids.length > 0);
    if (!wasOnline) parts.onVisitorPresence(sessionId, true);

    let askedAtMs = 0;
    socket.conn.on('packetCreate', ({ type }: { type: string }) => {
      if (type === 'ping') askedAtMs = performance.now();
    });
    socket.conn.on('heartbeat', () => {
      const roundTripMs = Math.round(performance.now() - askedAtMs);
      session.measureLine(tab, link, roundTripMs);
      socket.emit('line:measured', { roundTripMs });
    });

    const mayPass = guard(socket, visitorRelayFacts);
    // A half-open connection may still deliver what it had sent before the tab came back on another one.
    socket.use((_fact, next) => {
      if (session.isLinked(tab, link)) next();
    });
    socket.on('epoch:started', (epoch) => session.startEpoch(tab, epoch));
    const addBatch = (header: BatchPart, bytes: Uint8Array) => session.addBatch(tab, header, bytes);
    socket.on('batch:sent', addBatch);
    streamDecoderOf(socket).takeBatches((header, bytes) => {
      if (mayPass('batch:sent', bytes.length) && session.isLinked(tab, link)) addBatch(header, bytes);
    });
    socket.on('asset:sent', (header, bytes) => session.addAsset(tab, header, bytes));
    socket.on('tab:changed', (state) => session.changeTab(tab, { ...state, tab }));
    assist.openTab(sessionId, tab, socket);
    let saidGoodbye = false;
    socket.on('tab:closed', () => {
      saidGoodbye = true;
    });
    socket.on('disconnect', () => {
      if (isClosed) return;
      const grace = setTimeout(() => {
        graces.delete(grace);
        if (saidGoodbye) session.closeTab(tab, link);
        else session.leaveTab(tab, link);
        if (sessions.get(sessionId) === session && !session.isVisitorOnline) {
          parts.onVisitorPresence(sessionId, false);
          forgetWhenEmpty(sessionId);
        }
      }, tabGraceMs);
      graces.add(grace);
    });
  });

  viewers.use(
    door<ViewerSocket>(async (socket, sessionId) => {
      const auth = v.safeParse(agentRelayAuth, socket.handshake.auth);
      if (!auth.success) throw new RapportError('malformed');
      const watcher = await parts.authorizeAgent(sessionId, auth.output);
      socket.data = { role: 'agent', sessionId, ...watcher };
    }),
  );

  viewers.on('connection', (socket) => {
    if (!isStillIn(socket)) return;
    const { sessionId, agent } = socket.data;
    const session = sessionOf(sessionId);
    if (session.viewerCount >= maxViewersPerSession) {
      log.warn({ session: sessionId }, 'too many agents look at one session');
      socket.disconnect(true);
      return;
    }
    // Engine.IO flushes its buffer when what it sent before has left for the network: a packet that is created and
    // not flushed at once says that the agent's side is slow.
    let isWaiting = false;
    /** Something was held back, and has to be sent when there is room. */
    let hasWaited = false;
    socket.conn.on('packetCreate', () => {
      isWaiting = true;
    });
    socket.conn.on('flush', () => {
      isWaiting = false;
    });
    const link: ViewerLink = {
      agent,
      isWritable() {
        const isWritable = socket.connected && !isWaiting;
        hasWaited ||= !isWritable;
        return isWritable;
      },
      sendEpoch: (epoch) => socket.emit('epoch:started', epoch),
      sendBatch: (header, bytes) => writeBatch(socket.conn, header, bytes),
      sendAsset: (header, bytes) => socket.emit('asset:sent', header, bytes),
      sendTabs: (facts) => socket.emit('tabs:changed', facts),
      sendViewers: (cards) => socket.emit('viewers:changed', { viewers: cards }),
    };
    const viewer = session.joinViewer(link);
    // Emitted inside a flush: pumping right there would write into the buffer that is being emptied.
    socket.conn.on('drain', () => {
      if (!hasWaited) return;
      hasWaited = false;
      setImmediate(() => session.pump(viewer));
    });

    guard(socket, agentRelayFacts);
    socket.on('pointer:moved', ({ pointer }) => session.movePointer(viewer, pointer));
    socket.on('tab:wanted', ({ tab }) => session.chooseTab(viewer, tab));
    assist.openViewer(sessionId, agent, socket);
    const wishes = new TokenBucket(epochWishes, Date.now());
    let wish: NodeJS.Timeout | undefined;
    socket.on('epoch:wanted', ({ tab, damaged = false }) => {
      // Only the last wish counts. One that comes too fast waits: a view that is not answered would stand still.
      clearTimeout(wish);
      const waitMs = wishes.take(Date.now());
      if (waitMs === 0) return session.restartEpoch(viewer, tab, damaged, Date.now());
      wish = setTimeout(() => {
        wishes.take(Date.now());
        session.restartEpoch(viewer, tab, damaged, Date.now());
      }, waitMs);
    });
    socket.on('disconnect', () => {
      clearTimeout(wish);
      session.leaveViewer(viewer);
      forgetWhenEmpty(sessionId);
    });
  });

  return {
    endSession(sessionId) {
      assist.endSession(sessionId);
      sessions.delete(sessionId);
      clearTimeout(emptied.get(sessionId));
      emptied.delete(sessionId);
      cut((data) => data.sessionId === sessionId);
    },
    endAgentSession(agentSessionId) {
      cut((data) => data.role === 'agent' && data.agentSessionId === agentSessionId);
    },
    endAgentSessions(agentId, exceptAgentSessionId) {
      cut(
        (data) =>
          data.role === 'agent' && data.agent.id === agentId && data.agentSessionId !== exceptAgentSessionId,
      );
    },
    changePrivacy(siteId) {
      for (const socket of tabs.sockets.values()) {
        if (socket.data.siteId === siteId) socket.emit('privacy:changed');
      }
    },
    checkOrigins(siteId, isListed) {
      cut(
        (data) =>
          data.role === 'visitor' && data.siteId === siteId && data.origin !== null && !isListed(data.origin),
      );
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      for (const timer of [...graces, ...emptied.values()]) clearTimeout(timer);
      graces.clear();
      emptied.clear();
      unbound();
      // Not io.close(): that would close the HTTP server, which is not ours. No `disconnect` packets: see live-server.ts.
      io.engine.close();
      assist.close();
      sessions.clear();
      entering.clear();
    },
  };
}
