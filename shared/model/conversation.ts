import * as v from 'valibot';
import { maxMessageChars } from '../limits.ts';
import type { CobrowseEndReason } from './cobrowse.ts';

/** Text of a message: trimmed, not empty, at most {@link maxMessageChars}. */
export const messageTextSchema = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(maxMessageChars));

export type ConversationStatus = 'open' | 'resolved';

/** Who made an entry. `name` is for display; a visitor without a name has null. */
export type Sender =
  | { role: 'visitor'; id: string; name: string | null }
  | { role: 'agent'; id: string; name: string; color: string }
  | { role: 'system' };

/** What each kind of entry holds. */
export interface EntryPayloads {
  message: { text: string };
  /** The sender's side has read everything up to and including `seq`. */
  read: { seq: number };
  status: { status: ConversationStatus };
  assignment: { agentId: string | null; agentName: string | null };
  survey:
    | { event: 'asked'; surveyId: string }
    | { event: 'answered'; surveyId: string; score: number; comment: string }
    | { event: 'dismissed'; surveyId: string };
  cobrowse:
    | { event: 'requested' | 'offered' | 'accepted' | 'started'; sessionId: string }
    | { event: 'ended'; sessionId: string; reason: CobrowseEndReason; durationMs: number };
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
  /** First 140 characters. */
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
  assignee: { id: string; name: string } | null;
  lastMessage: LastMessage | null;
  /** Seqs of the visitor's messages that no agent has read, oldest first, at most 100. */
  unreadByAgents: number[];
  /** Seqs of agents' messages that the visitor has not read, oldest first, at most 100. */
  unreadByVisitor: number[];
  /** Everything up to this seq is read by the visitor / by an agent. */
  visitorReadSeq: number;
  agentReadSeq: number;
  /** The visitor waits for an answer since then; null when the last word is an agent's. */
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
    assignee: null,
    lastMessage: null,
    unreadByAgents: [],
    unreadByVisitor: [],
    visitorReadSeq: 0,
    agentReadSeq: 0,
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
        preview: entry.payload.text.slice(0, 140),
        atMs: entry.atMs,
        seq: entry.seq,
      };
      if (fromVisitor) {
        next.unreadByAgents = [...state.unreadByAgents, entry.seq].slice(-maxUnreadKept);
        next.waitingSinceMs = state.waitingSinceMs ?? entry.atMs;
        // A visitor who writes again has not been helped yet.
        next.status = 'open';
      } else {
        next.unreadByVisitor = [...state.unreadByVisitor, entry.seq].slice(-maxUnreadKept);
        next.waitingSinceMs = null;
        next.hasAgentReply = true;
      }
      return next;
    }
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
      if (entry.payload.status === 'resolved') next.waitingSinceMs = null;
      return next;
    case 'assignment': {
      const { agentId, agentName } = entry.payload;
      next.assignee = agentId !== null && agentName !== null ? { id: agentId, name: agentName } : null;
      return next;
    }
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
    case 'cobrowse':
      return next;
  }
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
