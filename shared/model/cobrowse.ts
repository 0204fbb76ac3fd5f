import { cobrowseOfferMs, cobrowseRequestMs, cobrowseResumeMs } from '../limits.ts';
import type { AgentCard } from './agent.ts';
import type { CobrowseRule } from './site.ts';

/** Why a co-browse session is over. */
export type CobrowseEndReason =
  | 'declined'
  | 'visitor_stopped'
  | 'agent_stopped'
  | 'request_expired'
  | 'visitor_gone'
  | 'withdrawn';

/**
 * The visitor's answer. To look, to help along and to record are three questions: control and recording are allowed only
 * where the visitor has ticked them, and what is missing is a no. In a state `allowsRecording` says that the session is
 * recorded: it goes when the visitor, or the site, does not want it.
 */
export interface CobrowseConsent {
  allowsControl?: boolean;
  allowsRecording?: boolean;
}

/** The visitor has paused: in all tabs nothing is sent until the visitor goes on. */
export interface CobrowsePause {
  isPaused?: boolean;
}

/** Life of a co-browse session; each phase holds only the facts it has. Times in ms since 1970, server's clock. */
export type CobrowseState =
  /** An agent asked; the visitor has not answered. Nothing is recorded. */
  | { phase: 'requested'; agent: AgentCard; expiresAtMs: number }
  /** The visitor consented and waits for an agent to look. Nothing is recorded. */
  | ({ phase: 'offered'; expiresAtMs: number } & CobrowseConsent)
  /** The visitor's page is shared. */
  | ({ phase: 'active'; startedAtMs: number } & CobrowseConsent & CobrowsePause)
  /** The visitor's connection is lost; it may come back until `resumeUntilMs`. */
  | ({ phase: 'waiting'; startedAtMs: number; resumeUntilMs: number } & CobrowseConsent & CobrowsePause)
  | { phase: 'ended'; reason: CobrowseEndReason; startedAtMs: number | null; endedAtMs: number };

export type CobrowseEvent =
  | ({ type: 'accepted' } & CobrowseConsent)
  | { type: 'declined' }
  | { type: 'joined' }
  | { type: 'paused' | 'resumed' }
  | { type: 'visitor_lost' }
  | { type: 'visitor_back' }
  | { type: 'stopped'; by: 'visitor' | 'agent' }
  /** The visitor goes on sharing, and no more of it is recorded. */
  | { type: 'recording_stopped' }
  /** Time has passed: ends what has expired, else changes nothing. */
  | { type: 'tick' };

export interface CobrowseSession {
  id: string;
  siteId: string;
  conversationId: string;
  visitorId: string;
  state: CobrowseState;
  /** Where the site does not want its pages shared, as it stands now; told to the visitor only. */
  rules?: CobrowseRule[];
}

export function requestedByAgent(agent: AgentCard, nowMs: number): CobrowseState {
  return { phase: 'requested', agent, expiresAtMs: nowMs + cobrowseRequestMs };
}

export function offeredByVisitor(nowMs: number, consent: CobrowseConsent = {}): CobrowseState {
  return { phase: 'offered', expiresAtMs: nowMs + cobrowseOfferMs, ...consentOf(consent) };
}

/** What agents see of the session is recorded, too. */
export function isRecorded({ state }: Pick<CobrowseSession, 'state'>): boolean {
  return isSharing(state) && 'allowsRecording' in state && state.allowsRecording === true;
}

/** Only what was allowed is written down. */
function consentOf({ allowsControl, allowsRecording }: CobrowseConsent): CobrowseConsent {
  return {
    ...(allowsControl ? { allowsControl } : {}),
    ...(allowsRecording ? { allowsRecording } : {}),
  };
}

/** The same state when nothing changes. */
function pausedOrNot<S extends CobrowsePause>(state: S, wish: 'paused' | 'resumed'): S {
  if ((wish === 'paused') === (state.isPaused === true)) return state;
  if (wish === 'paused') return { ...state, isPaused: true };
  const { isPaused: _, ...going } = state;
  return going as S;
}

/** The visitor's page may be recorded only in these phases. */
export function isSharing(state: CobrowseState): boolean {
  return state.phase === 'active' || state.phase === 'waiting';
}

function withoutRecording(state: CobrowseState): CobrowseState {
  if (!('allowsRecording' in state)) return state;
  const { allowsRecording: _, ...rest } = state;
  return rest;
}

/** The next state, or null when the event cannot happen in this phase. `tick` always can. */
export function nextCobrowseState(
  state: CobrowseState,
  event: CobrowseEvent,
  nowMs: number,
): CobrowseState | null {
  const end = (reason: CobrowseEndReason): CobrowseState => ({
    phase: 'ended',
    reason,
    startedAtMs: 'startedAtMs' in state ? state.startedAtMs : null,
    endedAtMs: nowMs,
  });
  if (event.type === 'recording_stopped') return state.phase === 'ended' ? null : withoutRecording(state);
  switch (state.phase) {
    case 'requested':
      if (event.type === 'accepted') return { phase: 'active', startedAtMs: nowMs, ...consentOf(event) };
      if (event.type === 'declined') return end('declined');
      if (event.type === 'stopped') return end(event.by === 'agent' ? 'withdrawn' : 'declined');
      if (event.type === 'tick') return nowMs >= state.expiresAtMs ? end('request_expired') : state;
      return null;
    case 'offered':
      if (event.type === 'joined') return { phase: 'active', startedAtMs: nowMs, ...consentOf(state) };
      if (event.type === 'stopped') return end(event.by === 'visitor' ? 'withdrawn' : 'agent_stopped');
      if (event.type === 'tick') return nowMs >= state.expiresAtMs ? end('request_expired') : state;
      return null;
    case 'active':
      if (event.type === 'joined' || event.type === 'visitor_back' || event.type === 'tick') return state;
      if (event.type === 'paused' || event.type === 'resumed') return pausedOrNot(state, event.type);
      if (event.type === 'visitor_lost') {
        return { ...state, phase: 'waiting', resumeUntilMs: nowMs + cobrowseResumeMs };
      }
      if (event.type === 'stopped') return end(event.by === 'visitor' ? 'visitor_stopped' : 'agent_stopped');
      return null;
    case 'waiting':
      if (event.type === 'joined' || event.type === 'visitor_lost') return state;
      if (event.type === 'paused' || event.type === 'resumed') return pausedOrNot(state, event.type);
      if (event.type === 'visitor_back') {
        const { resumeUntilMs: _, ...rest } = state;
        return { ...rest, phase: 'active' };
      }
      if (event.type === 'stopped') return end(event.by === 'visitor' ? 'visitor_stopped' : 'agent_stopped');
      if (event.type === 'tick') return nowMs >= state.resumeUntilMs ? end('visitor_gone') : state;
      return null;
    case 'ended':
      return event.type === 'tick' ? state : null;
  }
}
