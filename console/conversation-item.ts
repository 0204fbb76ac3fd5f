import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Refusal } from '../shared/errors.ts';
import type { AgentCard } from '../shared/model/agent.ts';
import type { CobrowseSession } from '../shared/model/cobrowse.ts';
import type { ConversationState, Entry } from '../shared/model/conversation.ts';
import type { InboxRow } from '../shared/wire.ts';
import type { ConversationLog } from './conversation-log.ts';

export interface Typist {
  key: string;
  name: string | null;
  role: 'visitor' | 'agent';
}

/** What an agent's action will make of a conversation, shown before the server has answered. */
export type ExpectedChange = Partial<
  Pick<
    ConversationState,
    'status' | 'snoozedUntilMs' | 'assignee' | 'team' | 'priority' | 'labels' | 'waitingSinceMs'
  >
>;

/** One conversation as the console holds it; each part is a signal of its own, so that little is drawn anew. */
export interface Conversation {
  readonly id: string;
  /** As the log has it; null while it is not known. */
  readonly row: ReadonlySignal<InboxRow | null>;
  /** With what the agent has done and the server has not answered yet: what every list and header shows. */
  readonly shown: ReadonlySignal<InboxRow | null>;
  /** Null until opened. */
  readonly entries: ReadonlySignal<readonly Entry[] | null>;
  readonly opening: ReadonlySignal<'idle' | 'loading' | Refusal>;
  readonly earlier: ReadonlySignal<'idle' | 'loading' | Refusal>;
  readonly cobrowse: ReadonlySignal<CobrowseSession | null>;
  readonly typists: ReadonlySignal<readonly Typist[]>;
  /** Colleagues who look at it now. */
  readonly viewers: ReadonlySignal<readonly AgentCard[]>;
}

/** The same as its owner sees it. */
export interface HeldConversation extends Conversation {
  readonly row: Signal<InboxRow | null>;
  readonly entries: Signal<readonly Entry[] | null>;
  readonly opening: Signal<'idle' | 'loading' | Refusal>;
  readonly earlier: Signal<'idle' | 'loading' | Refusal>;
  readonly cobrowse: Signal<CobrowseSession | null>;
  readonly typists: Signal<readonly Typist[]>;
  readonly viewers: Signal<readonly AgentCard[]>;
  readonly expected: Signal<readonly ExpectedChange[]>;
  /** Entries that came while the conversation was being opened. */
  arrived: Entry[];
  catchingUp: Promise<void> | null;
  /** A gap showed while one was being filled. */
  again: boolean;
  /** Read up to here as far as the server was told. */
  toldReadSeq: number;
  /** Messages up to here were looked at, told or not. */
  seenSeq: number;
  /** The line was down since it was opened: its co-browse session may have changed unseen. */
  stale: boolean;
}

export function newHeldConversation(id: string): HeldConversation {
  const row = signal<InboxRow | null>(null);
  const expected = signal<readonly ExpectedChange[]>([]);
  return {
    id,
    row,
    expected,
    shown: computed(() => withChanges(row.value, expected.value)),
    entries: signal(null),
    opening: signal('idle'),
    earlier: signal('idle'),
    cobrowse: signal(null),
    typists: signal([]),
    viewers: signal([]),
    arrived: [],
    catchingUp: null,
    again: false,
    toldReadSeq: 0,
    seenSeq: 0,
    stale: false,
  };
}

function withChanges(row: InboxRow | null, changes: readonly ExpectedChange[]): InboxRow | null {
  if (row === null || changes.length === 0) return row;
  return { ...row, conversation: Object.assign({}, row.conversation, ...changes) };
}

export function logOf(item: HeldConversation, row: InboxRow): ConversationLog {
  return { conversation: row.conversation, entries: item.entries.value };
}

/** Everything known of the conversation is void; who waits for its signals stays connected to them. */
export function forgetConversation(item: HeldConversation): void {
  item.row.value = null;
  item.entries.value = null;
  item.opening.value = 'idle';
  item.earlier.value = 'idle';
  item.cobrowse.value = null;
  item.viewers.value = [];
  item.expected.value = [];
  item.arrived = [];
  item.toldReadSeq = 0;
  item.seenSeq = 0;
}
