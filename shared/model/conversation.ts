import type { ChatFile } from './chat-file.ts';
import type { CobrowseEndReason } from './cobrowse.ts';
import type { CobrowseSummary } from './cobrowse-summary.ts';

/** `snoozed` is for agents only: to the visitor the conversation is open. */
export type ConversationStatus = 'open' | 'snoozed' | 'closed';

export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof priorities)[number];

/** A line of the form that the visitor filled in before the first message. */
export interface FormAnswer {
  label: string;
  value: string;
}

/** Who made an entry. `name` is for display; a visitor without a name has null. */
export type Sender =
  | { role: 'visitor'; id: string; name: string | null }
  | { role: 'agent'; id: string; name: string; color: string }
  | { role: 'system' };

/** What each kind of entry holds. */
export interface EntryPayloads {
  /** `files` is missing where there are none; a message of files alone has the text ''. */
  message: { text: string; files?: ChatFile[] };
  /** For agents only. `mentions`: ids of the agents it is meant for. */
  note: { text: string; files?: ChatFile[]; mentions: string[] };
  /** The sender changed an own message or note. */
  edit: { of: 'message' | 'note'; seq: number; text: string };
  /** The sender took an own message or note back: its text and files are erased from the log. */
  deletion: { of: 'message' | 'note'; seq: number };
  /** What the visitor filled in and agreed to before the first message. `consent` is the text agreed to. */
  form: { fields: FormAnswer[]; consent: string | null };
  /** A device of the sender's side holds everything up to and including `seq`. */
  delivered: { seq: number };
  /** The sender's side has read everything up to and including `seq`. */
  read: { seq: number };
  status: { status: 'open' | 'closed' } | { status: 'snoozed'; untilMs: number };
  /** Who answers, after the entry. `by`: an agent's hand, or the rule that shares out new conversations. */
  assignment: {
    agentId: string | null;
    agentName: string | null;
    teamId?: string | null;
    teamName?: string | null;
    by?: 'hand' | 'round_robin';
  };
  /** Ids of labels. */
  labels: { added: string[]; removed: string[] };
  priority: { priority: Priority };
  survey:
    | { event: 'asked'; surveyId: string }
    | { event: 'answered'; surveyId: string; score: number; comment: string }
    | { event: 'dismissed'; surveyId: string };
  cobrowse:
    | { event: 'requested' | 'offered' | 'accepted' | 'started'; sessionId: string }
    | { event: 'ended'; sessionId: string; reason: CobrowseEndReason; durationMs: number }
    /** `recording_viewed` is for agents only. */
    | { event: 'recording_stopped' | 'recording_viewed' | 'recording_deleted'; sessionId: string }
    /** Follows the end of a session that was live. */
    | { event: 'summary'; sessionId: string; summary: CobrowseSummary };
  /** In a visitor's copy of the log: an entry for agents only. It keeps the numbers without a gap. Never stored. */
  hidden: Record<string, never>;
}
export type EntryKind = keyof EntryPayloads;

interface EntryOf<K extends EntryKind> {
  conversationId: string;
  /** 1, 2, 3 … without a gap, in commit order. */
  seq: number;
  kind: K;
  clientId: string;
  sender: Sender;
  payload: EntryPayloads[K];
  atMs: number;
}

/** One line of a conversation's append-only log. */
export type Entry = { [K in EntryKind]: EntryOf<K> }[EntryKind];

/** Unread messages are counted up to here; beyond it shows as "99+". */
const maxUnreadKept = 100;

export interface LastMessage {
  role: 'visitor' | 'agent';
  /** First 140 characters, or the names of its files; '' when it was taken back. */
  preview: string;
  atMs: number;
  seq: number;
}

/**
 * Everything about a conversation that follows from its log. The server keeps it beside the log, both browsers
 * keep it in memory, and all three advance it by {@link applyEntry}: old state + entries = fetched state.
 */
export interface ConversationState {
  id: string;
  siteId: string;
  visitorId: string;
  createdAtMs: number;
  lastSeq: number;
  status: ConversationStatus;
  /** When a snoozed conversation opens again; null unless snoozed. */
  snoozedUntilMs: number | null;
  assignee: { id: string; name: string } | null;
  team: { id: string; name: string } | null;
  priority: Priority;
  /** Ids of labels, sorted. */
  labels: string[];
  /** Ids of the agents whom a note mentions, sorted. */
  mentions: string[];
  lastMessage: LastMessage | null;
  /** Seqs of the visitor's messages that no agent has read, oldest first, at most 100. */
  unreadByAgents: number[];
  /** Seqs of agents' messages that the visitor has not read, oldest first, at most 100. */
  unreadByVisitor: number[];
  /** Everything up to this seq is read by the visitor / by an agent. */
  visitorReadSeq: number;
  agentReadSeq: number;
  /** Everything up to this seq has reached a device of the visitor's / of an agent's. */
  visitorDeliveredSeq: number;
  agentDeliveredSeq: number;
  /** From the visitor's first message to the first reply of an agent; null before either. */
  firstMessageAtMs: number | null;
  firstReplyAfterMs: number | null;
  /** The visitor waits for an answer, or for somebody to look at the offered page, since then; null when nobody waits. */
  waitingSinceMs: number | null;
  hasAgentReply: boolean;
  survey:
    | { state: 'none' }
    | { state: 'asked'; surveyId: string }
    | { state: 'answered'; surveyId: string; score: number; comment: string }
    | { state: 'dismissed'; surveyId: string };
}

export function newConversation(
  facts: Pick<ConversationState, 'id' | 'siteId' | 'visitorId' | 'createdAtMs'>,
): ConversationState {
  return {
    ...facts,
    lastSeq: 0,
    status: 'open',
    snoozedUntilMs: null,
    assignee: null,
    team: null,
    priority: 'normal',
    labels: [],
    mentions: [],
    lastMessage: null,
    unreadByAgents: [],
    unreadByVisitor: [],
    visitorReadSeq: 0,
    agentReadSeq: 0,
    visitorDeliveredSeq: 0,
    agentDeliveredSeq: 0,
    firstMessageAtMs: null,
    firstReplyAfterMs: null,
    waitingSinceMs: null,
    hasAgentReply: false,
    survey: { state: 'none' },
  };
}

/** Advances a conversation by its next entry. The caller has checked that `entry.seq === state.lastSeq + 1`. */
export function applyEntry(state: ConversationState, entry: Entry): ConversationState {
  const next: ConversationState = { ...state, lastSeq: entry.seq };
  switch (entry.kind) {
    case 'message': {
      if (entry.sender.role === 'system') return next;
      const fromVisitor = entry.sender.role === 'visitor';
      next.lastMessage = {
        role: entry.sender.role,
        preview: preview(entry.payload),
        atMs: entry.atMs,
        seq: entry.seq,
      };
      if (fromVisitor) {
        next.unreadByAgents = [...state.unreadByAgents, entry.seq].slice(-maxUnreadKept);
        next.waitingSinceMs = state.waitingSinceMs ?? entry.atMs;
        next.firstMessageAtMs = state.firstMessageAtMs ?? entry.atMs;
        // A visitor who writes again has not been helped yet.
        next.status = 'open';
        next.snoozedUntilMs = null;
      } else {
        next.unreadByVisitor = [...state.unreadByVisitor, entry.seq].slice(-maxUnreadKept);
        next.waitingSinceMs = null;
        next.hasAgentReply = true;
        if (state.firstMessageAtMs !== null) {
          next.firstReplyAfterMs = state.firstReplyAfterMs ?? entry.atMs - state.firstMessageAtMs;
        }
      }
      return next;
    }
    case 'note':
      next.mentions = union(state.mentions, entry.payload.mentions);
      return next;
    case 'edit':
    case 'deletion':
      if (entry.payload.of === 'message' && state.lastMessage?.seq === entry.payload.seq) {
        const text = entry.kind === 'edit' ? entry.payload.text : '';
        next.lastMessage = { ...state.lastMessage, preview: preview({ text }) };
      }
      return next;
    case 'delivered':
      if (entry.sender.role === 'visitor') {
        next.visitorDeliveredSeq = Math.max(state.visitorDeliveredSeq, entry.payload.seq);
      } else {
        next.agentDeliveredSeq = Math.max(state.agentDeliveredSeq, entry.payload.seq);
      }
      return next;
    case 'read':
      if (entry.sender.role === 'visitor') {
        next.visitorReadSeq = Math.max(state.visitorReadSeq, entry.payload.seq);
        next.unreadByVisitor = state.unreadByVisitor.filter((seq) => seq > next.visitorReadSeq);
      } else {
        next.agentReadSeq = Math.max(state.agentReadSeq, entry.payload.seq);
        next.unreadByAgents = state.unreadByAgents.filter((seq) => seq > next.agentReadSeq);
      }
      return next;
    case 'status':
      next.status = entry.payload.status;
      next.snoozedUntilMs = entry.payload.status === 'snoozed' ? entry.payload.untilMs : null;
      if (entry.payload.status === 'closed') next.waitingSinceMs = null;
      return next;
    case 'assignment': {
      const { agentId, agentName, teamId, teamName } = entry.payload;
      next.assignee = agentId !== null && agentName !== null ? { id: agentId, name: agentName } : null;
      // Entries from before there were teams say nothing of one.
      if (teamId !== undefined)
        next.team = teamId !== null && teamName ? { id: teamId, name: teamName } : null;
      return next;
    }
    case 'labels':
      next.labels = union(
        state.labels.filter((id) => !entry.payload.removed.includes(id)),
        entry.payload.added,
      );
      return next;
    case 'priority':
      next.priority = entry.payload.priority;
      return next;
    case 'survey': {
      const { payload } = entry;
      const { surveyId } = payload;
      if (payload.event === 'answered') {
        next.survey = { state: 'answered', surveyId, score: payload.score, comment: payload.comment };
      } else {
        next.survey = { state: payload.event, surveyId };
      }
      return next;
    }
    case 'cobrowse': {
      const { event } = entry.payload;
      if (event === 'offered') next.waitingSinceMs = state.waitingSinceMs ?? entry.atMs;
      // Who offered and wrote nothing has been seen to, or waits no longer.
      else if ((event === 'started' || event === 'ended') && state.lastMessage?.role !== 'visitor') {
        next.waitingSinceMs = null;
      }
      return next;
    }
    case 'form':
    case 'hidden':
      return next;
  }
}

const union = (one: readonly string[], other: readonly string[]): string[] =>
  [...new Set([...one, ...other])].sort();

/** First 140 characters; a message of files alone shows their names, one that was taken back nothing. */
function preview({ text, files = [] }: { text: string; files?: readonly ChatFile[] }): string {
  return (text || files.map(({ name }) => name).join(', ')).slice(0, 140);
}

/** Order of the inbox: the last message, or the start of a conversation that has none. */
export function lastActivityMs(state: Pick<ConversationState, 'lastMessage' | 'createdAtMs'>): number {
  return state.lastMessage?.atMs ?? state.createdAtMs;
}

/** What a reader does with an entry that arrives: the gap check of the log. */
export function entryPlace(lastSeq: number, seq: number): 'known' | 'next' | 'gap' {
  if (seq <= lastSeq) return 'known';
  return seq === lastSeq + 1 ? 'next' : 'gap';
}
