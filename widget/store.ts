import type { AgentCard } from '../shared/model/agent.ts';
import type { CobrowseSession } from '../shared/model/cobrowse.ts';
import type { ConnectionState } from './connection.ts';
import { type ConversationLog, unreadCount } from './conversation-log.ts';
import type { OutboxItem } from './outbox-item.ts';

/** What the panel shows: the first view, a conversation, or one that has not been started on the server yet. */
export type View =
  | { at: 'home' }
  /** `draftId`: it was started in this view, which goes on without a break. */
  | { at: 'conversation'; conversationId: string; draftId?: string }
  | { at: 'draft'; draftId: string };

/** Two views with one key are the same place to the visitor: focus, scroll and what is typed stay. */
export function viewKey(view: View): string {
  if (view.at === 'home') return 'home';
  return view.draftId ?? (view.at === 'conversation' ? view.conversationId : '');
}

export interface WidgetState {
  panel: 'closed' | 'open';
  /** The launcher is hidden, by `data-launcher` or `rapport('hide')`. The panel can be opened all the same. */
  hidden: boolean;
  view: View;
  connection: ConnectionState;
  /** The visitor's conversations have been told at least once. */
  opened: boolean;
  epoch: string | null;
  /** By conversation id. */
  logs: Readonly<Record<string, ConversationLog>>;
  outbox: readonly OutboxItem[];
  /** Agents that are there now; null until told. */
  agents: readonly AgentCard[] | null;
  /** Who is typing, by conversation. */
  typing: Readonly<Record<string, AgentCard>>;
  cobrowse: CobrowseSession | null;
  /** Seen in this browser, before the server knows: by conversation, up to this seq. */
  readHere: Readonly<Record<string, number>>;
  /** From the last page, until the connection tells better. */
  keptUnread: number;
  /** The visitor has agreed to the site's terms, or the site has none: nothing is sent before. */
  consented: boolean;
  /** The draft whose first message waits for the site's form. */
  asks: string | null;
  /** What the server knows of the visitor; null without a record. */
  customer: { name: string | null; email: string | null; verified: boolean } | null;
  /** Median time to the first answer; null when there are too few to tell. */
  usualReplyMs: number | null;
  /** Place in the queue, by conversation. */
  queue: Readonly<Record<string, number>>;
  /** Business hours, if the site keeps them: whether it is open, and in words when it will be. */
  hours: { isOpen: boolean; words: string } | null;
  /** The visitor ended this conversation a moment ago and can still undo it. */
  ending: string | null;
  /** The page has told of the visitor what the server must hear. */
  pageWaits: boolean;
  /** The chat is in a window of its own. */
  popout: boolean;
  /** Grows when the page puts a text into the message field: the field takes it up. */
  prefilled: number;
  /** The server wants a signed identity for this browser's conversations, and the page gives none. */
  signedOut: boolean;
}

export const firstState: WidgetState = {
  panel: 'closed',
  hidden: false,
  view: { at: 'home' },
  connection: 'off',
  opened: false,
  epoch: null,
  logs: {},
  outbox: [],
  agents: null,
  typing: {},
  cobrowse: null,
  readHere: {},
  keptUnread: 0,
  consented: true,
  asks: null,
  customer: null,
  usualReplyMs: null,
  queue: {},
  hours: null,
  ending: null,
  pageWaits: false,
  popout: false,
  prefilled: 0,
  signedOut: false,
};

export interface Store {
  get(): WidgetState;
  change(part: Partial<WidgetState>): void;
  subscribe(listener: () => void): () => void;
}

export function createStore(initial: WidgetState = firstState): Store {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    change(part) {
      state = { ...state, ...part };
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Newest activity first. */
export function logsByActivity(state: WidgetState): ConversationLog[] {
  const atMs = (log: ConversationLog) => log.state.lastMessage?.atMs ?? log.state.createdAtMs;
  return Object.values(state.logs).sort((a, b) => atMs(b) - atMs(a));
}

export function totalUnread(state: WidgetState): number {
  if (!state.opened) return state.keptUnread;
  return Object.values(state.logs).reduce(
    (sum, log) => sum + unreadCount(log.state, state.readHere[log.state.id]),
    0,
  );
}

/** The satisfaction question stands in this conversation and the visitor has not reacted in this browser. */
export function isSurveyOpen(state: WidgetState, conversationId: string): boolean {
  const survey = state.logs[conversationId]?.state.survey;
  if (survey?.state !== 'asked') return false;
  return !state.outbox.some(({ task }) => 'surveyId' in task && task.surveyId === survey.surveyId);
}

/** Where the panel opens: what waits for the visitor, else what is under way, else the first view. */
export function startingView(state: WidgetState): View {
  const logs = logsByActivity(state);
  const waiting = logs.find(
    ({ state: { id, unreadByVisitor } }) => unreadByVisitor.length > 0 || isSurveyOpen(state, id),
  );
  const current = waiting ?? logs.find((log) => log.state.status === 'open');
  if (current) return { at: 'conversation', conversationId: current.state.id };
  for (const { task } of state.outbox) {
    if (task.kind === 'message' && task.conversationId === null && task.draftId !== null) {
      return { at: 'draft', draftId: task.draftId };
    }
  }
  return { at: 'home' };
}
