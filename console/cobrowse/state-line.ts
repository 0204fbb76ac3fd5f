import type { ErrorCode } from '../../shared/errors.ts';
import type { CobrowseEndReason, CobrowseState } from '../../shared/model/cobrowse.ts';
import type { PauseReason } from '../../shared/model/cobrowse-rules.ts';
import { type Fidelity, rateWords } from '../../shared/model/fidelity.ts';
import type { StreamFault } from '../viewer/port.ts';
import type { Picture } from './picture.ts';
import type { RelayLink } from './relay-connection.ts';

/** Everything that decides what the agent is told about the picture. */
export interface StateFacts {
  /** Null while the server has not answered our request to join. */
  session: CobrowseState | null;
  refusal: ErrorCode | null;
  viewer: 'starting' | 'ready' | 'unreachable';
  viewerOrigin: string | null;
  relay: RelayLink;
  /** Null until the relay has told. */
  visitorOnline: boolean | null;
  /** Nothing of the shown tab is sent now, and why. */
  paused: PauseReason | null;
  /** The shown tab is in the background of the visitor's browser. */
  tabHidden: boolean;
  picture: Picture;
  hasGivenUp: boolean;
  /** Server to screen; null until measured. */
  delayMs: number | null;
  /** Round trip of the visitor's line to the server; null until measured. */
  visitorLineMs: number | null;
  /** What arrives here. */
  bytesPerSecond: number;
  /** How much of the page the visitor's browser follows. */
  fidelity: Fidelity;
  nowMs: number;
}

export interface StateLine {
  tone: 'live' | 'busy' | 'waiting' | 'problem' | 'over';
  words: string;
  /** What it means and what to do, in one or two sentences; null where the words say it all. */
  detail: string | null;
  /** The page on the screen is no longer what the visitor sees. */
  isStale: boolean;
  /** What the agent can do about it. */
  remedy: 'retry' | 'reload' | 'leave' | null;
}

/** Said instead of a live line while the agent looks at a moment of the last minute. */
export const lookingBack: StateLine = {
  tone: 'waiting',
  words: 'Looking back',
  detail: 'This is a moment of the last minute. Live goes on meanwhile.',
  isStale: false,
  remedy: null,
};

/** A picture more than this behind is no longer "live". */
const behindMs = 1_000;

const endWords: Record<CobrowseEndReason, string> = {
  declined: 'Ended: the visitor declined',
  visitor_stopped: 'Ended: the visitor stopped sharing',
  agent_stopped: 'Ended: an agent stopped the session',
  request_expired: 'Ended: the visitor did not answer in time',
  visitor_gone: 'Ended: the visitor was offline for too long',
  withdrawn: 'Ended: the request was withdrawn',
};

const pauseWords: Record<PauseReason, Pick<StateLine, 'words' | 'detail'>> = {
  visitor: {
    words: 'Paused by the visitor',
    detail: 'The session goes on when the visitor does. What is shown here is from before.',
  },
  page: {
    words: 'Paused on this page by the site’s rules',
    detail: 'The site does not share the page that the visitor is on. It goes on by itself on other pages.',
  },
  blocked: {
    words: 'Paused: the page hides the visitor’s Stop',
    detail: 'Nothing is sent until the visitor can press Stop again.',
  },
};

const faultWords: Record<StreamFault, string> = {
  part_out_of_order: 'Parts of the stream were missing.',
  batch_out_of_order: 'Parts of the stream were missing.',
  too_large: 'The page is larger than the viewer can take.',
  not_deflate: 'The stream could not be unpacked.',
  cut_off: 'The stream broke off.',
  trailing_bytes: 'The stream could not be unpacked.',
  not_json: 'The stream could not be read.',
  too_deep: 'The page is nested too deeply to be shown safely.',
  malformed_events: 'The page sent changes that cannot be shown safely.',
  replay_failed: 'The page could not be rebuilt here.',
};

const refusalWords: Partial<Record<ErrorCode, Pick<StateLine, 'words' | 'detail' | 'remedy'>>> = {
  viewer_not_configured: {
    words: 'The viewer is not set up',
    detail:
      'Co-browsing shows pages on an origin of its own. Set VIEWER_ORIGIN on the server to a second host name that ' +
      'leads to it, for example https://view.example.com, and restart it.',
    remedy: 'leave',
  },
  wrong_phase: {
    words: 'Nothing is shared now',
    detail: 'The visitor has not accepted yet, or the session is over.',
    remedy: 'retry',
  },
  not_found: { words: 'This session is not there any more', detail: null, remedy: 'leave' },
  forbidden: {
    words: 'You may not watch this session',
    detail: 'It belongs to a site that you are not an agent of.',
    remedy: 'leave',
  },
  unauthenticated: { words: 'Your sign-in has expired', detail: 'Sign in again to watch.', remedy: 'reload' },
};

/** `1:45` */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** What the visitor's browser leaves out, so that being looked at does not slow it down. */
const fidelityWords: Record<Fidelity, string | null> = {
  full: null,
  no_pointer: 'The visitor’s page is busy: the way of their pointer is left out.',
  no_canvas: 'The visitor’s page is busy: their pointer and moving pictures are left out.',
  fewer_changes: 'The visitor’s page is busy: fast changes come twice a second.',
  snapshots: 'The visitor’s page is too busy to be followed: a new picture comes every few seconds.',
};

const calm = { detail: null, isStale: false, remedy: null } as const;

/** What is going on, in words. The nearest cause comes first: it explains the ones behind it. */
export function stateLine(facts: StateFacts): StateLine {
  const { session, picture, nowMs } = facts;
  if (session?.phase === 'ended') {
    return { ...calm, tone: 'over', words: endWords[session.reason], isStale: true, remedy: 'leave' };
  }
  if (facts.refusal) {
    const known = refusalWords[facts.refusal];
    if (known) return { tone: 'problem', isStale: true, ...known };
    return {
      tone: 'problem',
      words: 'Cannot join the session',
      detail: 'The server cannot be reached, or is busy. The visitor’s session goes on.',
      isStale: true,
      remedy: 'retry',
    };
  }
  if (!session) return { ...calm, tone: 'busy', words: 'Joining' };
  if (session.phase === 'requested') {
    return {
      ...calm,
      tone: 'waiting',
      words: `Waiting for the visitor’s answer, ${countdown(session.expiresAtMs - nowMs)}`,
      detail: 'Nothing is shared until the visitor accepts.',
    };
  }
  if (facts.viewer === 'unreachable') {
    return {
      tone: 'problem',
      words: 'The viewer cannot be reached',
      detail:
        `Pages are shown on ${facts.viewerOrigin ?? 'an origin of their own'}, and it did not answer from here. Check that VIEWER_ORIGIN ` +
        'leads to this server, and that its certificate is valid.',
      isStale: true,
      remedy: 'retry',
    };
  }
  if (facts.viewer === 'starting') return { ...calm, tone: 'busy', words: 'Starting the viewer' };
  if (facts.relay === 'connecting') return { ...calm, tone: 'busy', words: 'Connecting' };
  if (facts.relay === 'offline') {
    return {
      ...calm,
      tone: 'problem',
      words: 'Connection lost, trying again',
      detail: 'This browser has lost its line to the server. The visitor’s session goes on.',
      isStale: true,
    };
  }
  if (session.phase === 'waiting') {
    return {
      ...calm,
      tone: 'waiting',
      words: `Visitor offline, waiting ${countdown(session.resumeUntilMs - nowMs)}`,
      detail: 'The session goes on by itself when the visitor is back.',
      isStale: true,
    };
  }
  if (facts.visitorOnline === false) {
    return {
      ...calm,
      tone: 'waiting',
      words: picture.state === 'none' ? 'Waiting for the visitor’s page' : 'Visitor offline',
      detail: 'The visitor is between two pages, or has lost the network.',
      isStale: picture.state !== 'none',
    };
  }
  if (facts.paused) return { ...calm, tone: 'waiting', ...pauseWords[facts.paused], isStale: true };
  if (picture.state === 'failed') {
    return facts.hasGivenUp
      ? {
          tone: 'problem',
          words: 'This page cannot be shown',
          detail: `${faultWords[picture.fault]} It is tried again when the visitor opens another page.`,
          isStale: true,
          remedy: 'retry',
        }
      : { ...calm, tone: 'busy', words: 'Catching up', detail: faultWords[picture.fault], isStale: true };
  }
  if (picture.state === 'none') return { ...calm, tone: 'waiting', words: 'Waiting for the visitor’s page' };
  if (picture.state === 'building') return { ...calm, tone: 'busy', words: 'Catching up' };
  if (picture.waitingSinceMs !== null && nowMs - picture.waitingSinceMs > behindMs)
    return { ...calm, tone: 'busy', words: 'Catching up' };
  if (facts.tabHidden) {
    return {
      ...calm,
      tone: 'waiting',
      words: 'Visitor’s tab is hidden',
      detail:
        'The visitor looks at something else. Browsers slow hidden pages down, so changes may come late.',
    };
  }
  const detail = fidelityWords[facts.fidelity];
  return {
    ...calm,
    tone: facts.fidelity === 'snapshots' ? 'waiting' : 'live',
    words: [
      facts.fidelity === 'full'
        ? 'Live'
        : facts.fidelity === 'snapshots'
          ? 'Pictures only'
          : 'Live, simplified',
      facts.delayMs === null ? '' : `${Math.round(facts.delayMs + (facts.visitorLineMs ?? 0) / 2)} ms`,
      facts.delayMs === null ? '' : rateWords(facts.bytesPerSecond),
    ]
      .filter((word) => word !== '')
      .join(', '),
    detail,
  };
}
