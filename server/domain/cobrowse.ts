import { errorTable, RapportError } from '../../shared/errors.ts';
import type { AgentCard } from '../../shared/model/agent.ts';
import {
  type CobrowseConsent,
  type CobrowseEvent,
  type CobrowseSession,
  isRecorded,
  isSharing,
  nextCobrowseState,
  offeredByVisitor,
  requestedByAgent,
} from '../../shared/model/cobrowse.ts';
import { cobrowseRuleAt } from '../../shared/model/cobrowse-rules.ts';
import type { Site } from '../../shared/model/site.ts';
import type { AgentRequests, PayloadOf, ReplyOf, VisitorRequests } from '../../shared/protocol.ts';
import type { NewEntry, Store, StoredSender } from '../store/store.ts';
import { agentCard } from './agent-card.ts';
import { type AgentCaller, isOwnRecord, type VisitorCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { CobrowseFacts } from './cobrowse-facts.ts';
import type { ConversationLog } from './conversation-log.ts';
import { derivedId, randomId } from './identifier.ts';
import { createLanes } from './lanes.ts';
import type { Membership } from './membership.ts';
import type { Presence } from './presence.ts';
import type { Publisher } from './publisher.ts';
import type { Recordings } from './recordings.ts';
import type { SiteDirectory } from './site-directory.ts';

/** A page that consented and never connects its stream is treated as lost after this. */
const firstConnectionMs = 15_000;
/** A transition that nobody waits for is tried again after this when the store could not be had. */
const failedRetryMs = 5_000;
/** Transitions that collide are tried again on what the other one left; more rounds than ends can collide. */
const maxRounds = 8;

type CobrowsePayload = Extract<NewEntry, { kind: 'cobrowse' }>['payload'];

export interface CobrowseParts {
  store: Pick<
    Store,
    'cobrowse' | 'createCobrowse' | 'openCobrowse' | 'openCobrowses' | 'setCobrowseState' | 'visitorById'
  >;
  conversations: Pick<ConversationLog, 'append' | 'require' | 'start'>;
  membership: Pick<Membership, 'requireMember'>;
  presence: Pick<Presence, 'seen'>;
  directory: Pick<SiteDirectory, 'byId'>;
  publisher: Publisher;
  facts: Pick<CobrowseFacts, 'summary'>;
  recordings: Pick<Recordings, 'begin' | 'finish' | 'mayRecord' | 'tellStopped'>;
  clock: Clock;
  /** Origin of the isolated viewer; null when there is none: then nobody is asked to share. */
  viewerOrigin(): string | null;
  /** Cuts the stream of a session that is over. */
  endStream(sessionId: string): void;
  /** A transition that no caller waits for has failed. */
  onFailure(error: unknown): void;
}

export type Cobrowse = ReturnType<typeof createCobrowse>;

/** Co-browse sessions: who may ask, share, look and stop, and what time ends. The stream itself is the relay's. */
export function createCobrowse(parts: CobrowseParts) {
  const { store, conversations, publisher, clock } = parts;
  const timers = new Map<string, () => void>();
  /** By session: one transition after the other, each from what the one before has written. */
  const lanes = createLanes();
  /** Whether the visitor's page is there, as the relay told last. A loss is forgotten once it is written. */
  const streaming = new Map<string, boolean>();
  let isClosed = false;

  const visitorSender = (session: CobrowseSession): StoredSender => ({
    role: 'visitor',
    id: session.visitorId,
  });
  const agentSender = (caller: AgentCaller): StoredSender => ({ role: 'agent', id: caller.agent.id });

  const tell = (session: CobrowseSession) => {
    publisher.toVisitor(session.visitorId, 'cobrowse:changed', { session });
    publisher.toSite(session.siteId, 'cobrowse:changed', { session });
  };

  /** Each step of a session stands once in the conversation's log. */
  const stepOf = (session: CobrowseSession, sender: StoredSender, payload: CobrowsePayload) => ({
    conversationId: session.conversationId,
    kind: 'cobrowse' as const,
    clientId: `${session.id}-${payload.event}`,
    sender,
    payload,
    atMs: clock.nowMs(),
  });
  const note = (session: CobrowseSession, sender: StoredSender, payload: CobrowsePayload) =>
    conversations.append(stepOf(session, sender, payload));

  /** How it ended, and, of a session that was live, what there is to remember of it. */
  const noteEnd = async (session: CobrowseSession, sender: StoredSender) => {
    const { id: sessionId, state } = session;
    if (state.phase !== 'ended') return;
    const durationMs = state.startedAtMs === null ? 0 : state.endedAtMs - state.startedAtMs;
    const isRecorded = await parts.recordings.finish(sessionId);
    const summary = await parts.facts.summary(session, isRecorded);
    const ended = stepOf(session, sender, { event: 'ended', sessionId, reason: state.reason, durationMs });
    if (!summary) await conversations.append(ended);
    else {
      const step = stepOf(session, { role: 'system' }, { event: 'summary', sessionId, summary });
      await conversations.append(ended, step);
    }
  };

  const runLater = (sessionId: string, ms: number, event: CobrowseEvent) => {
    timers.get(sessionId)?.();
    timers.set(
      sessionId,
      clock.after(Math.max(0, ms), () => {
        timers.delete(sessionId);
        void moveUnattended(sessionId, event);
      }),
    );
  };

  /** What time will do next to a session. */
  const watch = (session: CobrowseSession) => {
    timers.get(session.id)?.();
    timers.delete(session.id);
    if (isClosed) return;
    const { state } = session;
    if (state.phase === 'requested' || state.phase === 'offered') {
      runLater(session.id, state.expiresAtMs - clock.nowMs(), { type: 'tick' });
    } else if (state.phase === 'waiting') {
      runLater(session.id, state.resumeUntilMs - clock.nowMs(), { type: 'tick' });
    } else if (state.phase === 'active' && streaming.get(session.id) !== true) {
      runLater(session.id, firstConnectionMs, { type: 'visitor_lost' });
    }
  };

  /** One transition; what another server did in between is taken into account. `wrong_phase` if it cannot be. */
  const transit = async (
    sessionId: string,
    event: CobrowseEvent,
    sender: StoredSender,
  ): Promise<CobrowseSession> => {
    for (let round = 0; round < maxRounds; round++) {
      const session = await store.cobrowse({ sessionId });
      if (!session) throw new RapportError('not_found');
      const state = nextCobrowseState(session.state, event, clock.nowMs());
      if (state === null) throw new RapportError('wrong_phase');
      if (state === session.state) return session;
      try {
        await store.setCobrowseState({ sessionId, from: session.state.phase, state });
      } catch (error) {
        if (error instanceof RapportError && error.code === 'wrong_phase') continue;
        throw error;
      }
      const moved = { ...session, state };
      // Before anybody is told: the page connects its stream when it hears of it.
      if (isRecorded(moved) && session.state.phase !== 'active') await parts.recordings.begin(moved);
      watch(moved);
      if (state.phase === 'ended') {
        streaming.delete(sessionId);
        parts.endStream(sessionId);
      }
      tell(moved);
      if (event.type === 'accepted') await note(moved, sender, { event: 'accepted', sessionId });
      if (event.type === 'joined') await note(moved, sender, { event: 'started', sessionId });
      if (state.phase === 'ended') await noteEnd(moved, sender);
      return moved;
    }
    throw new RapportError('unavailable');
  };

  /** Moves a session, after the transitions that were asked for before. `wrong_phase` if it cannot be. */
  const move = (sessionId: string, event: CobrowseEvent, sender: StoredSender): Promise<CobrowseSession> =>
    lanes.run(sessionId, async () => {
      const moved = await transit(sessionId, event, sender);
      // The page may have come or gone meanwhile, before this could be written.
      const hasStream = streaming.get(sessionId);
      const missed =
        (hasStream === true && moved.state.phase === 'waiting') ||
        (hasStream === false && moved.state.phase === 'active');
      if (missed) void moveUnattended(sessionId, streamEvent(sessionId));
      else if (hasStream === false) streaming.delete(sessionId);
      return moved;
    });

  /** Nobody waits for the outcome. A session that is over by now stays as it is. */
  const moveUnattended = async (sessionId: string, event: CobrowseEvent): Promise<void> => {
    try {
      const session = await move(sessionId, event, { role: 'system' });
      // A timer may fire a little early: then nothing moved, and the rest of the wait is still to come.
      if (event.type === 'tick' && session.state.phase !== 'ended') watch(session);
    } catch (error) {
      if (error instanceof RapportError && error.code === 'wrong_phase') {
        streaming.delete(sessionId);
        return;
      }
      if (isClosed) return;
      parts.onFailure(error);
      const isPassing = error instanceof RapportError && errorTable[error.code].retryable;
      if (isPassing) runLater(sessionId, failedRetryMs, event);
    }
  };

  const streamEvent = (sessionId: string): CobrowseEvent => ({
    type: streaming.get(sessionId) ? 'visitor_back' : 'visitor_lost',
  });

  /** The visitor's session that is not over, time included. */
  const openSession = async (visitorId: string): Promise<CobrowseSession | null> => {
    const session = await store.openCobrowse({ visitorId });
    if (!session) return null;
    const now = await move(session.id, { type: 'tick' }, { role: 'system' });
    return now.state.phase === 'ended' ? null : now;
  };

  const ofVisitor = async (caller: VisitorCaller, sessionId: string): Promise<CobrowseSession> => {
    const session = await store.cobrowse({ sessionId });
    if (!session || !isOwnRecord(caller, session)) throw new RapportError('not_found');
    return session;
  };

  const ofAgent = async (caller: AgentCaller, sessionId: string): Promise<CobrowseSession> => {
    const session = await store.cobrowse({ sessionId });
    if (!session) throw new RapportError('not_found');
    await parts.membership.requireMember(caller, session.siteId);
    return session;
  };

  /** A yes to recording counts only where the site asks for it and the server can. */
  const honoured = async (siteId: string, consent: CobrowseConsent): Promise<CobrowseConsent> => {
    const { allowsRecording, ...rest } = consent;
    return allowsRecording && (await parts.recordings.mayRecord(siteId)) ? consent : rest;
  };

  /** Where the site's rules say never, nobody is asked and nobody offers. */
  const requireSharedPage = async (siteId: string, url: string): Promise<void> => {
    const site = await parts.directory.byId(siteId);
    if (site && cobrowseRuleAt(site.settings.cobrowse.rules, pathOf(url)) === 'never') {
      throw new RapportError('page_not_shared');
    }
  };

  const requireViewer = (): string => {
    const origin = parts.viewerOrigin();
    if (origin === null) throw new RapportError('viewer_not_configured');
    return origin;
  };

  /** Stopping what is over already is no error: the one who stops repeats it until it is heard. */
  const stop = async (session: CobrowseSession, by: 'visitor' | 'agent', sender: StoredSender) => ({
    session:
      session.state.phase === 'ended' ? session : await move(session.id, { type: 'stopped', by }, sender),
  });

  return {
    /** After a restart no page is connected: who comes back in time goes on, the others have left. */
    async resume(): Promise<void> {
      for (const session of await store.openCobrowses()) {
        if (isRecorded(session)) await parts.recordings.begin(session);
        if (session.state.phase === 'active') await moveUnattended(session.id, { type: 'visitor_lost' });
        else watch(session);
      }
    },

    /** The visitor's session that is not over. */
    openOf: openSession,

    /** Refuses where the site never shares, and where nobody could look. */
    requireShareable(siteId: string, url: string): Promise<void> {
      requireViewer();
      return requireSharedPage(siteId, url);
    },

    async request(
      caller: AgentCaller,
      { conversationId }: PayloadOf<AgentRequests, 'cobrowse:request'>,
    ): Promise<ReplyOf<AgentRequests, 'cobrowse:request'>> {
      const { siteId, visitorId } = await conversations.require(caller, conversationId);
      requireViewer();
      const visitor = await store.visitorById({ siteId, visitorId });
      if (!visitor) throw new RapportError('not_found');
      await requireSharedPage(siteId, visitor.page.url);
      const open = await openSession(visitorId);
      if (open) throw new RapportError('already_exists');
      const nowMs = clock.nowMs();
      const state = requestedByAgent(agentCard(caller.agent), nowMs);
      const session = { id: randomId('cobrowse'), siteId, conversationId, visitorId, state };
      await store.createCobrowse({ session, nowMs });
      watch(session);
      tell(session);
      await note(session, agentSender(caller), { event: 'requested', sessionId: session.id });
      return { session };
    },

    /** Asked by an agent at the same moment, an offer is the visitor's yes. */
    async offer(
      caller: VisitorCaller,
      { clientId, conversationId, visit, ...consent }: PayloadOf<VisitorRequests, 'cobrowse:offer'>,
    ): Promise<ReplyOf<VisitorRequests, 'cobrowse:offer'>> {
      requireViewer();
      await requireSharedPage(caller.siteId, visit.page.url);
      const conversation = conversationId
        ? await conversations.require(caller, conversationId)
        : (await conversations.start(caller, { clientId, text: null, visit })).conversation;
      const { siteId, visitorId } = conversation;
      // A repeated offer is the same session, also when that is over by now.
      const id = derivedId('cobrowse', visitorId, clientId);
      const nowMs = clock.nowMs();
      const session: CobrowseSession = {
        id,
        siteId,
        conversationId: conversation.id,
        visitorId,
        state: offeredByVisitor(nowMs, await honoured(siteId, consent)),
      };
      try {
        await openSession(visitorId);
        await store.createCobrowse({ session, nowMs });
      } catch (error) {
        if (!(error instanceof RapportError) || error.code !== 'already_exists') throw error;
        const open = (await store.cobrowse({ sessionId: id })) ?? (await openSession(visitorId));
        if (open?.state.phase !== 'requested') {
          if (open) return { session: open };
          throw new RapportError('unavailable');
        }
        return {
          session: await move(
            open.id,
            { type: 'accepted', ...(await honoured(siteId, consent)) },
            visitorSender(open),
          ),
        };
      }
      watch(session);
      tell(session);
      await note(session, visitorSender(session), { event: 'offered', sessionId: id });
      return { session };
    },

    async answer(
      caller: VisitorCaller,
      { sessionId, accept, ...consent }: PayloadOf<VisitorRequests, 'cobrowse:answer'>,
    ): Promise<ReplyOf<VisitorRequests, 'cobrowse:answer'>> {
      const session = await ofVisitor(caller, sessionId);
      const { state } = session;
      // The same answer again, because its reply was lost or another tab gave it.
      const isRepeat = accept ? isSharing(state) : state.phase === 'ended' && state.reason === 'declined';
      if (isRepeat) return { session };
      const event: CobrowseEvent = accept
        ? { type: 'accepted', ...(await honoured(session.siteId, consent)) }
        : { type: 'declined' };
      return { session: await move(sessionId, event, visitorSender(session)) };
    },

    async join(
      caller: AgentCaller,
      { sessionId }: PayloadOf<AgentRequests, 'cobrowse:join'>,
    ): Promise<ReplyOf<AgentRequests, 'cobrowse:join'>> {
      const { siteId, visitorId } = await ofAgent(caller, sessionId);
      const viewerOrigin = requireViewer();
      const session = await move(sessionId, { type: 'joined' }, agentSender(caller));
      const visitor = await store.visitorById({ siteId, visitorId });
      if (!visitor) throw new RapportError('not_found');
      return { session, visitor: parts.presence.seen(visitor), viewerOrigin };
    },

    async pause(
      caller: VisitorCaller,
      { sessionId, paused }: PayloadOf<VisitorRequests, 'cobrowse:pause'>,
    ): Promise<ReplyOf<VisitorRequests, 'cobrowse:pause'>> {
      const session = await ofVisitor(caller, sessionId);
      const event: CobrowseEvent = { type: paused ? 'paused' : 'resumed' };
      return { session: await move(sessionId, event, visitorSender(session)) };
    },

    async stopByVisitor(
      caller: VisitorCaller,
      { sessionId }: PayloadOf<VisitorRequests, 'cobrowse:stop'>,
    ): Promise<ReplyOf<VisitorRequests, 'cobrowse:stop'>> {
      const session = await ofVisitor(caller, sessionId);
      return stop(session, 'visitor', visitorSender(session));
    },

    async stopByAgent(
      caller: AgentCaller,
      { sessionId }: PayloadOf<AgentRequests, 'cobrowse:stop'>,
    ): Promise<ReplyOf<AgentRequests, 'cobrowse:stop'>> {
      return stop(await ofAgent(caller, sessionId), 'agent', agentSender(caller));
    },

    /** Told at once; a repeat, and a session that is not recorded, change nothing. */
    async stopRecording(
      caller: VisitorCaller,
      { sessionId }: PayloadOf<VisitorRequests, 'cobrowse:stopRecording'>,
    ): Promise<ReplyOf<VisitorRequests, 'cobrowse:stopRecording'>> {
      const session = await ofVisitor(caller, sessionId);
      if (!isRecorded(session)) return { session };
      const moved = await move(sessionId, { type: 'recording_stopped' }, visitorSender(session));
      if (await parts.recordings.finish(sessionId)) {
        await parts.recordings.tellStopped(moved, visitorSender(session));
      }
      return { session: moved };
    },

    /** There is no recording of this session any more, and there will be none. */
    forgetRecording(sessionId: string): void {
      void moveUnattended(sessionId, { type: 'recording_stopped' });
    },

    /** Whether this visitor's page may send its stream now; `wrong_phase` when not. */
    async admitVisitor(caller: VisitorCaller, sessionId: string): Promise<{ visitorId: string }> {
      const session = await ofVisitor(caller, sessionId);
      if (!isSharing(session.state)) throw new RapportError('wrong_phase');
      return { visitorId: session.visitorId };
    },

    /** Whether this agent may watch the stream now. */
    async admitAgent(caller: AgentCaller, sessionId: string): Promise<AgentCard> {
      requireViewer();
      const session = await ofAgent(caller, sessionId);
      if (!isSharing(session.state)) throw new RapportError('wrong_phase');
      return agentCard(caller.agent);
    },

    /** The relay tells: the first tab has connected, or none has been connected for its grace time. */
    setStreaming(sessionId: string, isStreaming: boolean): void {
      if (isClosed) return;
      streaming.set(sessionId, isStreaming);
      if (isStreaming) {
        // Not before the stream is known to be there: the timer of the phase `active` is for pages that never come.
        timers.get(sessionId)?.();
        timers.delete(sessionId);
      }
      void moveUnattended(sessionId, streamEvent(sessionId));
    },

    /** Pages that are open learn of other rules at once. */
    async changeRules({ id, settings }: Site): Promise<void> {
      for (const session of await store.openCobrowses()) {
        if (session.siteId !== id) continue;
        publisher.toVisitor(session.visitorId, 'cobrowse:changed', {
          session: { ...session, rules: settings.cobrowse.rules },
        });
      }
    },

    /** What was shared in a conversation ends with it. */
    async endWith(
      { id, visitorId }: { id: string; visitorId: string },
      by: 'visitor' | 'agent',
    ): Promise<void> {
      const session = await store.openCobrowse({ visitorId });
      if (session?.conversationId === id) await moveUnattended(session.id, { type: 'stopped', by });
    },

    close(): void {
      isClosed = true;
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}

/** Of an address as visitors' pages tell it. */
function pathOf(url: string): string {
  try {
    return new URL(url).pathname;
  } catch {
    return '';
  }
}
