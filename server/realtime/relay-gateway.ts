import type { Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { type DefaultEventsMap, type Namespace, Server, type Socket } from 'socket.io';
import * as v from 'valibot';
import { RapportError } from '../../shared/errors.ts';
import {
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
  type EventsOfTuples,
  type FactTable,
  relayPath,
  type relayToAgent,
  type relayToVisitor,
  visitorRelayAuth,
  visitorRelayFacts,
} from '../../shared/protocol.ts';
import * as relayParser from '../../shared/relay-parser.ts';
import { RelaySession, type TabLink, type ViewerLink } from '../relay/relay-session.ts';
import { boundFragments } from './fragment-bounds.ts';

export interface RelayGatewayParts {
  httpServer: HttpServer;
  isOriginAllowed(origin: string | undefined): Promise<boolean>;
  /** Throws `RapportError` unless the session is this visitor's and its page may be shared now. */
  authorizeVisitor(
    sessionId: string,
    auth: v.InferOutput<typeof visitorRelayAuth>,
    origin: string | undefined,
  ): Promise<{ visitorId: string }>;
  /** Throws `RapportError` unless the agent may watch this session. */
  authorizeAgent(sessionId: string, auth: v.InferOutput<typeof agentRelayAuth>): Promise<AgentCard>;
  /** The first tab of a session connected, or the last one is gone. */
  onVisitorPresence(sessionId: string, online: boolean): void;
  log: Logger;
}

export interface RelayGateway {
  /** Cuts both ends and forgets what is kept of the session. */
  endSession(sessionId: string): void;
  close(): Promise<void>;
}

interface TabData {
  sessionId: string;
  tab: string;
}
interface ViewerData {
  sessionId: string;
  agent: AgentCard;
}
type TabEvents = EventsOfTuples<typeof visitorRelayFacts>;
type ToTabEvents = EventsOfTuples<typeof relayToVisitor>;
type ViewerEvents = EventsOfTuples<typeof agentRelayFacts>;
type ToViewerEvents = EventsOfTuples<typeof relayToAgent>;
type TabSocket = Socket<TabEvents, ToTabEvents, DefaultEventsMap, TabData>;
type ViewerSocket = Socket<ViewerEvents, ToViewerEvents, DefaultEventsMap, ViewerData>;

const sessionIdSchema = idSchema('cobrowse');

/**
 * Sockets of the co-browse stream: who may connect, sizes, rates. The passing on itself is `relay/relay-session.ts`.
 */
export function createRelayGateway(parts: RelayGatewayParts): RelayGateway {
  const { log } = parts;
  const sessions = new Map<string, RelaySession>();
  const graces = new Set<NodeJS.Timeout>();
  let isClosed = false;

  const io = new Server(parts.httpServer, {
    path: relayPath,
    parser: relayParser,
    serveClient: false,
    maxHttpBufferSize: maxRelayFrameBytes,
    connectTimeout: 5_000,
    pingInterval: 5_000,
    pingTimeout: 5_000,
    perMessageDeflate: false,
    cors: { origin: true, credentials: false },
    allowRequest: (request, decide) => {
      parts.isOriginAllowed(request.headers.origin).then(
        (isAllowed) => decide(isAllowed ? null : 'origin_not_allowed', isAllowed),
        () => decide('unavailable', false),
      );
    },
  });
  const unbound = boundFragments(parts.httpServer, io);
  const tabs: Namespace<TabEvents, ToTabEvents, DefaultEventsMap, TabData> = io.of('/visitor');
  const viewers: Namespace<ViewerEvents, ToViewerEvents, DefaultEventsMap, ViewerData> = io.of('/agent');

  const sessionOf = (sessionId: string): RelaySession => {
    const known = sessions.get(sessionId);
    if (known) return known;
    const session = new RelaySession({
      maxEpochBytes,
      maxPartsPerBatch,
      maxAssetBytes,
      maxOneAssetBytes,
      maxBehindBytes: maxViewerQueueBytes,
      maxTabs: maxTabsPerSession,
    });
    sessions.set(sessionId, session);
    return session;
  };

  /** Runs `authorize` at the door; what it refuses reaches the client as `connect_error` with the code as message. */
  const door =
    <S extends { handshake: Socket['handshake'] }>(
      authorize: (socket: S, sessionId: string) => Promise<void>,
    ) =>
    (socket: S, next: (error?: Error) => void) => {
      const id = v.safeParse(sessionIdSchema, socket.handshake.query.cobrowse);
      const admit = id.success ? authorize(socket, id.output) : Promise.reject(new RapportError('malformed'));
      admit.then(
        () => next(),
        (error: unknown) => {
          const code = error instanceof RapportError ? error.code : 'internal';
          if (code === 'internal') log.error({ err: error }, 'relay door failed');
          next(new Error(code));
        },
      );
    };

  /** Cuts a sender whose facts are not in the table, or come too fast; valid ones go on to their handler. */
  const guard = (socket: TabSocket | ViewerSocket, table: FactTable) => {
    const frames = new TokenBucket(
      { ratePerSecond: relayFramesPerSecond, burst: relayBurstFrames },
      Date.now(),
    );
    const bytes = new TokenBucket({ ratePerSecond: relayBytesPerSecond, burst: relayBurstBytes }, Date.now());
    socket.use(([name, ...args], next) => {
      const nowMs = Date.now();
      const last = args.at(-1);
      const size = last instanceof Uint8Array ? last.length : 0;
      const schema = Object.hasOwn(table, name) ? table[name] : undefined;
      const fault = !schema
        ? 'unknown_event'
        : size > maxPartBytes
          ? 'too_large'
          : frames.take(nowMs) > 0 || bytes.take(nowMs, size) > 0
            ? 'rate_limited'
            : v.is(schema, args)
              ? null
              : 'malformed';
      if (fault === null) return next();
      log.warn(
        { event: String(name).slice(0, 40), fault, session: socket.data.sessionId },
        'relay sender cut',
      );
      socket.disconnect(true);
    });
  };

  tabs.use(
    door<TabSocket>(async (socket, sessionId) => {
      const auth = v.safeParse(visitorRelayAuth, socket.handshake.auth);
      if (!auth.success) throw new RapportError('malformed');
      await parts.authorizeVisitor(sessionId, auth.output, socket.handshake.headers.origin);
      socket.data = { sessionId, tab: auth.output.tab };
    }),
  );

  tabs.on('connection', (socket) => {
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
    socket.emit('assets:held', { ids: session.heldAssetIds() });
    if (!wasOnline) parts.onVisitorPresence(sessionId, true);

    guard(socket, visitorRelayFacts);
    socket.on('epoch:started', (epoch) => session.startEpoch(tab, epoch));
    socket.on('batch:sent', (header, bytes) => session.addBatch(tab, header, bytes));
    socket.on('asset:sent', (header, bytes) => session.addAsset(tab, header, bytes));
    socket.on('tab:changed', (state) => session.changeTab(tab, { ...state, tab }));
    let saidGoodbye = false;
    socket.on('tab:closed', () => {
      saidGoodbye = true;
    });
    socket.on('disconnect', () => {
      const grace = setTimeout(() => {
        graces.delete(grace);
        if (saidGoodbye) session.closeTab(tab, link);
        else session.leaveTab(tab, link);
        if (sessions.get(sessionId) === session && !session.isVisitorOnline) {
          parts.onVisitorPresence(sessionId, false);
        }
      }, tabGraceMs);
      graces.add(grace);
    });
  });

  viewers.use(
    door<ViewerSocket>(async (socket, sessionId) => {
      const auth = v.safeParse(agentRelayAuth, socket.handshake.auth);
      if (!auth.success) throw new RapportError('malformed');
      socket.data = { sessionId, agent: await parts.authorizeAgent(sessionId, auth.output) };
    }),
  );

  viewers.on('connection', (socket) => {
    const { sessionId, agent } = socket.data;
    const session = sessionOf(sessionId);
    // Engine.IO flushes its buffer when what it sent before has left for the network: a packet that is created and
    // not flushed at once says that the agent's side is slow.
    let isWaiting = false;
    socket.conn.on('packetCreate', () => {
      isWaiting = true;
    });
    socket.conn.on('flush', () => {
      isWaiting = false;
    });
    const link: ViewerLink = {
      agent,
      isWritable: () => socket.connected && !isWaiting,
      sendEpoch: (epoch) => socket.emit('epoch:started', epoch),
      sendBatch: (header, bytes) => socket.emit('batch:sent', header, bytes),
      sendAsset: (header, bytes) => socket.emit('asset:sent', header, bytes),
      sendTabs: (facts) => socket.emit('tabs:changed', facts),
      sendViewers: (cards) => socket.emit('viewers:changed', { viewers: cards }),
    };
    const viewer = session.joinViewer(link);
    // Emitted inside a flush: pumping right there would write into the buffer that is being emptied.
    socket.conn.on('drain', () => setImmediate(() => session.pump(viewer)));

    guard(socket, agentRelayFacts);
    socket.on('pointer:moved', ({ pointer }) => session.movePointer(viewer, pointer));
    socket.on('tab:wanted', ({ tab }) => session.chooseTab(viewer, tab));
    socket.on('epoch:wanted', ({ tab, damaged }) => session.restartEpoch(viewer, tab, damaged ?? false));
    socket.on('disconnect', () => session.leaveViewer(viewer));
  });

  return {
    endSession(sessionId) {
      sessions.delete(sessionId);
      for (const socket of tabs.sockets.values())
        if (socket.data.sessionId === sessionId) socket.disconnect(true);
      for (const socket of viewers.sockets.values())
        if (socket.data.sessionId === sessionId) socket.disconnect(true);
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      for (const grace of graces) clearTimeout(grace);
      sessions.clear();
      // Not io.close(): that would close the HTTP server, which is not ours.
      io.disconnectSockets(true);
      tabs.disconnectSockets(true);
      viewers.disconnectSockets(true);
      unbound();
      io.engine.close();
    },
  };
}
