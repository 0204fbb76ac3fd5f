import { applyEntry, type ConversationState, type Entry, entryPlace } from '../shared/model/conversation.ts';

/** What the console knows of one conversation. `entries` is null until it was opened. */
export interface ConversationLog {
  conversation: ConversationState;
  /** Without a gap, oldest first; earlier ones may be missing at the start. */
  entries: readonly Entry[] | null;
}

/** Everything up to this seq is here. Of an opened conversation the entries tell, else its state. */
export function knownSeq(log: ConversationLog): number {
  return log.entries === null ? log.conversation.lastSeq : (log.entries.at(-1)?.seq ?? 0);
}

export type Received = { place: 'known' | 'gap' } | { place: 'next'; log: ConversationLog };

/** Takes in the next entry, drops a known one, and tells a gap. */
export function receiveEntry(log: ConversationLog, entry: Entry): Received {
  const place = entryPlace(knownSeq(log), entry.seq);
  if (place !== 'next') return { place };
  const { conversation, entries } = log;
  return {
    place,
    log: {
      // The state may be ahead of the entries when the list was fetched later than the conversation.
      conversation: entry.seq === conversation.lastSeq + 1 ? applyEntry(conversation, entry) : conversation,
      entries: entries === null ? null : [...entries, entry],
    },
  };
}

/** Puts a fetched state beside the known one: whichever is further along the log wins. */
export function newerState(known: ConversationState, fetched: ConversationState): ConversationState {
  return fetched.lastSeq >= known.lastSeq ? fetched : known;
}

/** Joins two runs of entries that touch or overlap. Of a gap between them the later run survives. */
export function joinEntries(earlier: readonly Entry[], later: readonly Entry[]): readonly Entry[] {
  const first = later[0];
  if (first === undefined) return earlier;
  const last = earlier.at(-1);
  if (last === undefined || last.seq < first.seq - 1) return later;
  return [...earlier.filter((entry) => entry.seq < first.seq), ...later];
}
