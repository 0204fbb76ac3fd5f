import type { CobrowseEndReason, CobrowseState } from './cobrowse.ts';
import type { CobrowseFact } from './cobrowse-summary.ts';

/**
 * The visitor's own record of what was shared with whom and when. Each entry holds the hash of the one before, so that
 * nobody can change or take out one without every later hash giving it away. Nothing of a page's content is in it.
 */

export type ShareEvent =
  /** The visitor has agreed. `control`: agents may help along. */
  | { type: 'started'; control: boolean }
  | { type: 'joined'; agentId: string; name: string }
  | { type: 'left'; agentId: string }
  /** The page that agents saw: origin and path. */
  | { type: 'page'; address: string }
  | { type: 'ended'; reason: CobrowseEndReason };

/** An entry as it is hashed. Times in ms since 1970, server's clock. */
export interface ShareFact {
  sessionId: string;
  atMs: number;
  event: ShareEvent;
}

export interface ShareLogEntry extends ShareFact {
  /** From 1, without gaps. */
  seq: number;
  /** SHA-256, hex, of {@link hashedText}. */
  hash: string;
}

/** What the first entry has as the hash of the one before. */
export const firstHash = '0'.repeat(64);
/** Entries in one answer. */
export const shareLogPage = 200;

/** The text whose SHA-256 is the entry's hash: one line, names in the order of the alphabet. */
export function hashedText(
  before: string,
  { seq, sessionId, atMs, event }: Omit<ShareLogEntry, 'hash'>,
): string {
  const sorted = Object.fromEntries(Object.entries(event).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify([before, seq, sessionId, atMs, sorted]);
}

export type ShareLogCheck =
  | { ok: true; entries: number; lastHash: string }
  /** The first entry that does not follow from those before it. */
  | { ok: false; seq: number };

/** Goes through a whole log, from its first entry. */
export async function checkShareLog(
  entries: readonly ShareLogEntry[],
  sha256: (text: string) => Promise<string> | string,
): Promise<ShareLogCheck> {
  let before = firstHash;
  for (const [index, entry] of entries.entries()) {
    const follows = entry.seq === index + 1 && entry.hash === (await sha256(hashedText(before, entry)));
    if (!follows) return { ok: false, seq: index + 1 };
    before = entry.hash;
  }
  return { ok: true, entries: entries.length, lastHash: before };
}

/** Whether `later` is the same log, grown: its first entries are those of `earlier`. */
export function isGrownFrom(later: readonly ShareLogEntry[], earlier: readonly ShareLogEntry[]): boolean {
  return earlier.length <= later.length && earlier.every(({ hash }, index) => later[index]?.hash === hash);
}

/** What a change of the session's state says to the visitor; null for nothing new. */
export function eventOfState(
  from: CobrowseState['phase'],
  state: CobrowseState,
): Omit<ShareFact, 'sessionId'> | null {
  if (state.phase === 'active' && (from === 'requested' || from === 'offered')) {
    return { atMs: state.startedAtMs, event: { type: 'started', control: state.allowsControl === true } };
  }
  // What never began is not in it: nothing was shared.
  if (state.phase === 'ended' && state.startedAtMs !== null) {
    return { atMs: state.endedAtMs, event: { type: 'ended', reason: state.reason } };
  }
  return null;
}

export function eventOfFact(fact: CobrowseFact): Omit<ShareFact, 'sessionId'> | null {
  const { atMs } = fact;
  switch (fact.type) {
    case 'joined':
      return { atMs, event: { type: 'joined', agentId: fact.agent.id, name: fact.agent.name } };
    case 'left':
      return { atMs, event: { type: 'left', agentId: fact.agentId } };
    case 'page':
      return { atMs, event: { type: 'page', address: fact.url.replace(/[?#].*$/s, '') } };
    default:
      return null;
  }
}
