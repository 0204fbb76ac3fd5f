import {
  applyEntry,
  type ConversationState,
  type Entry,
  entryPlace,
  lastActivityMs,
} from '../shared/model/conversation.ts';

/** This browser's copy of a conversation. `state` stands at `state.lastSeq`; so do `entries` when they are loaded. */
export interface ConversationLog {
  state: ConversationState;
  /** The newest ones, up to `state.lastSeq` without a gap; null until the conversation is looked at. */
  entries: Entry[] | null;
  /** Entries that came before the ones between, by seq. */
  ahead: Entry[];
  /** Where the server's log is known to be. */
  headSeq: number;
}

export function newLog(state: ConversationState): ConversationLog {
  return { state, entries: null, ahead: [], headSeq: state.lastSeq };
}

/** The open conversation in which something was said last; null without an open one. */
export function latestOpen(logs: Readonly<Record<string, ConversationLog>>): string | null {
  let latest: ConversationState | null = null;
  for (const { state } of Object.values(logs)) {
    if (state.status === 'closed') continue;
    if (latest === null || lastActivityMs(state) > lastActivityMs(latest)) latest = state;
  }
  return latest?.id ?? null;
}

/** The copy is behind the server and has to fetch after `state.lastSeq`. */
export function isBehind(log: ConversationLog): boolean {
  return log.headSeq > log.state.lastSeq;
}

/** Takes entries in any order, more than once, with holes: each is applied exactly once, in order. */
export function receive(log: ConversationLog, received: readonly Entry[]): ConversationLog {
  let { state, entries, headSeq } = log;
  const ahead: Entry[] = [];
  const waiting = [...log.ahead, ...received].sort((a, b) => a.seq - b.seq);
  for (const entry of waiting) {
    headSeq = Math.max(headSeq, entry.seq);
    const place = entryPlace(state.lastSeq, entry.seq);
    if (place === 'next') {
      state = applyEntry(state, entry);
      entries = entries && [...entries, entry];
    } else if (place === 'gap' && ahead.at(-1)?.seq !== entry.seq) {
      ahead.push(entry);
    }
  }
  return { state, entries, ahead, headSeq };
}

/** The server told its head, in a beat or with a fresh list of conversations. */
export function hearHead(log: ConversationLog, headSeq: number): ConversationLog {
  return headSeq > log.headSeq ? { ...log, headSeq } : log;
}

/** The server's own state. Entries that are loaded are not thrown away: the rest is fetched. */
export function hearState(log: ConversationLog, state: ConversationState): ConversationLog {
  if (log.entries || state.lastSeq <= log.state.lastSeq) return hearHead(log, state.lastSeq);
  return receive({ ...log, state, headSeq: Math.max(log.headSeq, state.lastSeq) }, []);
}

/**
 * The newest entries, without a gap and up to `state.lastSeq` at least. What arrived meanwhile is applied after them.
 */
export function withEntries(log: ConversationLog, entries: readonly Entry[]): ConversationLog {
  const known = entries.filter((entry) => entry.seq <= log.state.lastSeq);
  return receive({ ...log, entries: known }, entries);
}

/** Seq of the first entry that is here; 1 when nothing is before. */
export function firstSeq(log: ConversationLog): number {
  return log.entries?.[0]?.seq ?? log.state.lastSeq + 1;
}

/** Entries from before the first one that is here, without a gap up to it. */
export function withEarlier(log: ConversationLog, earlier: readonly Entry[]): ConversationLog {
  if (!log.entries) return log;
  const before = firstSeq(log);
  return { ...log, entries: [...earlier.filter((entry) => entry.seq < before), ...log.entries] };
}

/** Seqs of agents' messages that the visitor has not read here or anywhere. */
export function unreadCount(state: ConversationState, readHereSeq = 0): number {
  return state.unreadByVisitor.filter((seq) => seq > readHereSeq).length;
}

/** A closed conversation is followed for this long, because people say one more thing. */
const followClosedMs = 24 * 60 * 60_000;
/** An open conversation nobody writes in is followed for this long without the visitor opening the panel. */
const followOpenMs = 30 * 24 * 60 * 60_000;

/** Until when a returning visitor's page connects by itself to hear of this conversation; 0 is not at all. */
export function followUntilMs(state: ConversationState): number {
  const lastMs = state.lastMessage?.atMs ?? state.createdAtMs;
  const isOpen =
    state.status !== 'closed' || state.survey.state === 'asked' || state.unreadByVisitor.length > 0;
  return lastMs + (isOpen ? followOpenMs : followClosedMs);
}
