import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { RapportError } from '../shared/errors.ts';
import { agentRequests, visitorRequests } from '../shared/protocol.ts';
import { type Chat, createChat } from './chat.ts';
import { type Config, publicOrigin, viewerOrigin } from './config.ts';
import { createAddressLimits } from './domain/address-limits.ts';
import { createAgentHandlers } from './domain/agent-handlers.ts';
import { createAgents } from './domain/agents.ts';
import type { AgentCaller, VisitorCaller } from './domain/caller.ts';
import { type Clock, systemClock } from './domain/clock.ts';
import { type Cobrowse, createCobrowse } from './domain/cobrowse.ts';
import { createCobrowseCodes } from './domain/cobrowse-codes.ts';
import { createCobrowseFacts } from './domain/cobrowse-facts.ts';
import { createFeedback } from './domain/feedback.ts';
import { createFiles } from './domain/files.ts';
import { createHeadsBeat } from './domain/heads-beat.ts';
import { createIdentity } from './domain/identity.ts';
import { createLiveVisitors, followVisitors, type LiveVisitors } from './domain/live-visitors.ts';
import { createMembership } from './domain/membership.ts';
import { createPasswords, type Passwords } from './domain/password.ts';
import { createPresence, type Presence } from './domain/presence.ts';
import { createRecordings } from './domain/recordings.ts';
import { createRequestGate } from './domain/request-gate.ts';
import { createShareLog } from './domain/share-log.ts';
import { createSignIn } from './domain/sign-in.ts';
import { createSiteDirectory } from './domain/site-directory.ts';
import { createSites } from './domain/sites.ts';
import { createTeam } from './domain/team.ts';
import { createVisitorDoor } from './domain/visitor-door.ts';
import { createVisitorHandlers } from './domain/visitor-handlers.ts';
import { createVisitors } from './domain/visitors.ts';
import { createVisits } from './domain/visits.ts';
import { openDiskShelf } from './files/disk-shelf.ts';
import { clientAddress } from './http/client-address.ts';
import { createHttpListener } from './http/http-app.ts';
import { createFileSweep, type FileSweep } from './jobs/file-sweep.ts';
import { createRecordingSweep, type RecordingSweep } from './jobs/recording-sweep.ts';
import type { Log } from './log.ts';
import { createAgentGateway } from './realtime/agent-gateway.ts';
import { createLiveServer } from './realtime/live-server.ts';
import { createRelayGateway, type RelayGateway } from './realtime/relay-gateway.ts';
import { createSocketConnections } from './realtime/socket-connections.ts';
import { createSocketPublisher } from './realtime/socket-publisher.ts';
import { createVisitorGateway } from './realtime/visitor-gateway.ts';
import { createRecorder } from './recording/recorder.ts';
import { createRecordingShelf } from './recording/recording-shelf.ts';
import { joinTaps } from './relay/relay-tap.ts';
import type { Store } from './store/store.ts';

/** How long a stop waits for replies that are under way, then for connections to go. */
const drainMs = 2_000;
const partMs = 500;
/** The largest file over a slow line, about 700 kbit/s. Who falls silent is cut off long before. */
const maxUploadMs = 10 * 60_000;

export interface AppParts {
  config: Config;
  /** Stays open when the app closes: who opened it closes it. */
  store: Store;
  log: Log;
  /** Folder of the built browser programs. */
  distFolder: string;
  clock?: Clock;
  passwords?: Passwords;
}

export interface App {
  /** Accepts connections from then on. Rejects with Node's error when the port cannot be had. */
  listen(): Promise<{ port: number; origin: string }>;
  /** Answers what is under way, tells the others to come back, and lets go of everything. May be called twice. */
  close(): Promise<void>;
}

/** Puts the server together: the only place that knows all parts. */
export async function createApp(parts: AppParts): Promise<App> {
  const { config, store, log, clock = systemClock, passwords = createPasswords() } = parts;
  const [epoch, secret, codeSecret, shelf, avatars] = await Promise.all([
    store.epoch(),
    store.secret({ name: 'access-token' }),
    store.secret({ name: 'cobrowse-codes' }),
    openDiskShelf(join(config.dataFolder, 'files')),
    openDiskShelf(join(config.dataFolder, 'avatars')),
  ]);

  let port = config.port;
  const ownOrigin = () => publicOrigin(config, port);
  const ownViewerOrigin = () => viewerOrigin(config, port);
  const onFailure = (task: string) => (error: unknown) => log.error({ error, task }, 'task failed');

  // Socket.IO passes on what is not its own to the listeners that stand before it: this one has to be there first.
  const httpServer = createServer(
    { requestTimeout: maxUploadMs, headersTimeout: 10_000 },
    (request, response) => listener(request, response),
  );
  const connections = new Set<Socket>();
  httpServer.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });

  const directory = createSiteDirectory({ store, clock });
  const isOriginAllowed = async (origin: string | undefined) =>
    origin === undefined || origin === ownOrigin() || (await directory.isOriginListed(origin));

  const addressLimits = createAddressLimits();
  const addressOf = (request: IncomingMessage) => clientAddress(request, config.trustedProxies);

  const atDoor = {
    httpServer,
    isOriginAllowed,
    addressOf,
    maxSocketsPerAddress: config.maxSocketsPerAddress,
    log,
  };
  const live = createLiveServer(atDoor);
  const publisher = followVisitors(createSocketPublisher(live), (visitor) => liveVisitors.renew(visitor));
  const readVisitor = (visitor: { siteId: string; visitorId: string }) =>
    store.visitorById(visitor).catch((error: unknown) => {
      onFailure('presence')(error);
      return null;
    });
  const presence: Presence = createPresence({
    publisher,
    clock,
    readVisitor,
    onAgentsChange: (siteId) => chat.routing.review(siteId),
  });
  const membership = createMembership({ store });
  const liveVisitors: LiveVisitors = createLiveVisitors({
    directory,
    membership,
    publisher,
    readVisitor,
    clock,
    onFailure: onFailure('live visitors'),
  });
  const sockets = createSocketConnections({
    ...live,
    presence,
    liveVisitors,
    relay: {
      endAgentSession: (sessionId) => relay.endAgentSession(sessionId),
      endAgentSessions: (agentId, exceptSessionId) => relay.endAgentSessions(agentId, exceptSessionId),
      checkOrigins: (siteId, isListed) => relay.checkOrigins(siteId, isListed),
    },
  });

  const chat: Chat = createChat({
    store,
    epoch,
    publisher,
    connections: sockets,
    presence,
    membership,
    directory,
    liveVisitors,
    clock,
    onFailure,
    onTakenBack: () => fileSweep.soon(),
    onClosed(conversation, by) {
      cobrowse.endWith(conversation, by === 'visitor' ? 'visitor' : 'agent').catch(onFailure('cobrowse'));
    },
  });
  const visits = createVisits({
    store,
    epoch,
    publisher,
    presence,
    directory,
    usualReplyMs: chat.replyTime.usualMs,
    queuePlaces: async (siteId, conversationIds) => chat.routing.placesOf(siteId, conversationIds),
    clock,
  });
  const cobrowseFacts = createCobrowseFacts({ store, clock, onFailure: onFailure('cobrowse facts') });
  const recordingFolder = join(config.dataFolder, 'recordings');
  const serverKey = config.recordingKey;
  const recorder = serverKey
    ? createRecorder({
        folder: recordingFolder,
        serverKey,
        clock,
        onProgress: (progress) => store.advanceRecording(progress),
        onFailure: onFailure('recording'),
      })
    : null;
  const recordings = createRecordings({
    store,
    recorder,
    shelf: serverKey
      ? createRecordingShelf({
          folder: recordingFolder,
          serverKey,
          onDamage: (error, sessionId) => log.error({ error, sessionId }, 'recording is damaged'),
        })
      : null,
    conversations: chat.log,
    membership,
    presence,
    clock,
    viewerOrigin: ownViewerOrigin,
    onDeleted: (sessionId) => cobrowse.forgetRecording(sessionId),
  });
  const cobrowse: Cobrowse = createCobrowse({
    facts: cobrowseFacts,
    recordings,
    store,
    conversations: chat.log,
    membership,
    presence,
    directory,
    publisher,
    clock,
    viewerOrigin: ownViewerOrigin,
    endStream: (sessionId) => relay.endSession(sessionId),
    onFailure: onFailure('cobrowse'),
  });
  const codes = createCobrowseCodes({
    store,
    conversations: chat.log,
    cobrowse,
    secret: codeSecret,
    clock,
  });
  const signIn = createSignIn({ store, secret, passwords, connections: sockets, clock });
  const sites = createSites({
    store,
    membership,
    directory,
    connections: sockets,
    publisher,
    recordings: recorder && {
      async keep(siteId, keepDays) {
        await store.keepRecordings({ siteId, keepMs: keepDays * 24 * 60 * 60_000 });
        recordingSweep.soon();
      },
    },
    onChange(site, before) {
      if (!isDeepStrictEqual(before.privacy, site.settings.privacy)) relay.changePrivacy(site.id);
      liveVisitors.changeSite(site);
      chat.routing.review(site.id);
      cobrowse.changeRules(site).catch(onFailure('cobrowse'));
    },
  });
  const team = createTeam({
    store,
    membership,
    passwords,
    presence,
    connections: sockets,
    onCapacityChange: chat.routing.review,
  });
  const feedback = createFeedback({ store, membership });
  const agents = createAgents({
    store,
    membership,
    presence,
    connections: sockets,
    isAvatar: async (id) => (await files.avatar(id)) !== null,
    epoch,
    clock,
  });
  const identity = createIdentity({ store, membership, connections: sockets, clock });
  const visitors = createVisitors({
    store,
    membership,
    directory,
    connections: sockets,
    presence,
    publisher,
    clock,
  });
  const files = createFiles({ store, shelf, avatars, membership, directory, clock });
  const visitorDoor = createVisitorDoor({ store, directory, identity, ownOrigin });

  const relay: RelayGateway = createRelayGateway({
    ...atDoor,
    async authorizeVisitor(sessionId, { site, token, identity: signed }, origin) {
      const caller = await visitorDoor.admit({ site, token, identity: signed, browser: '' }, origin);
      await cobrowse.admitVisitor(caller, sessionId);
      return {
        siteId: caller.siteId,
        origin: origin === undefined || origin === ownOrigin() ? null : origin,
      };
    },
    async authorizeAgent(sessionId, { accessToken }) {
      const caller = await signIn.authenticate(accessToken);
      return { agent: await cobrowse.admitAgent(caller, sessionId), agentSessionId: caller.sessionId };
    },
    onVisitorPresence: cobrowse.setStreaming,
    tap: (sessionId) => joinTaps(cobrowseFacts.tap(sessionId), recorder?.tap(sessionId) ?? {}),
  });

  const gateFacts = { nowMs: clock.nowMs, log };
  const visitorGate = createRequestGate<typeof visitorRequests, VisitorCaller>({
    ...gateFacts,
    role: 'visitor',
    table: visitorRequests,
    handlers: createVisitorHandlers({
      ...chat,
      visits,
      visitors,
      liveVisitors,
      cobrowse,
      codes,
      shareLog: createShareLog({ store }),
    }),
  });
  const agentGate = createRequestGate<typeof agentRequests, AgentCaller>({
    ...gateFacts,
    role: 'agent',
    table: agentRequests,
    handlers: createAgentHandlers({
      ...chat,
      agents,
      liveVisitors,
      cobrowse,
      recordings,
      codes,
      feedback,
      sites,
      team,
      signIn,
      visitors,
      identity,
    }),
  });

  createVisitorGateway({
    visitors: live.visitors,
    visitorDoor,
    gate: visitorGate,
    presence,
    liveVisitors,
    addressLimits,
    addressOf,
    ownOrigin,
    clock,
    log,
  });
  createAgentGateway({
    agents: live.agents,
    signIn,
    membership,
    gate: agentGate,
    presence,
    viewing: chat.viewing,
    availabilityOf: agents.availabilityOf,
    ownOrigin,
    clock,
    log,
  });

  let closing: Promise<void> | null = null;
  const listener = createHttpListener({
    distFolder: parts.distFolder,
    async checkHealth() {
      if (closing) throw new RapportError('unavailable');
      await store.ping();
    },
    ownOrigin,
    viewerOrigin: ownViewerOrigin,
    isViewerHostSeparate: config.viewerOrigin !== null,
    trustedProxies: config.trustedProxies,
    addressLimits,
    directory,
    visitorDoor,
    visitorGate,
    agentGate,
    signIn,
    files,
    recordings,
    clock,
    log,
  });

  await cobrowse.resume();
  const recordingSweep: RecordingSweep = createRecordingSweep({
    store,
    recordings,
    clock,
    onFailure: onFailure('recording sweep'),
  });
  const fileSweep: FileSweep = createFileSweep({
    store,
    shelf,
    avatars,
    clock,
    onFailure: onFailure('file sweep'),
  });
  const headsBeat = createHeadsBeat({
    store,
    epoch,
    presence,
    directory,
    publisher,
    clock,
    onFailure: onFailure('heads beat'),
  });

  const close = async () => {
    const closed = new Promise<void>((resolve) => httpServer.close(() => resolve()));
    httpServer.closeIdleConnections();
    await atMost(drainMs, Promise.all([visitorGate.drain(), agentGate.drain()]));
    headsBeat.close();
    chat.close();
    liveVisitors.close();
    await fileSweep.close();
    await recordingSweep.close();
    live.close();
    await relay.close();
    await recorder?.close();
    presence.close();
    cobrowse.close();
    await atMost(partMs, closed);
    for (const socket of connections) socket.destroy();
  };

  return {
    async listen() {
      await new Promise<void>((resolve, reject) => {
        httpServer.once('error', reject);
        httpServer.listen({ port: config.port, ...(config.host ? { host: config.host } : {}) }, () => {
          httpServer.off('error', reject);
          resolve();
        });
      });
      port = (httpServer.address() as AddressInfo).port;
      return { port, origin: ownOrigin() };
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** Waits for `work`, but not longer than `ms`. */
async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}
