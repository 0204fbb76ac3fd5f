import type { ChatFile } from '../../shared/model/chat-file.ts';
import type { Entry } from '../../shared/model/conversation.ts';
import { type MessageView, messageViews } from '../../shared/model/message-view.ts';
import type { MessageTask, OutboxFile, OutboxItem } from '../outbox-item.ts';

export type MessageStatus = 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

export interface MessageRow {
  type: 'message';
  key: string;
  /** Null until it has arrived. */
  seq: number | null;
  mine: boolean;
  /** Of the agent; null for own messages. */
  sender: { id: string; name: string; color: string } | null;
  text: string;
  files: readonly ChatFile[];
  /** Of a message that is under way. */
  pendingFiles: readonly OutboxFile[];
  atMs: number;
  isEdited: boolean;
  isDeleted: boolean;
  /** First and last of a run by one sender. */
  first: boolean;
  last: boolean;
  /** Null for messages of agents and for what was taken back. */
  status: MessageStatus | null;
  /** The status is said in words under this message; others only show its sign. */
  saysStatus: boolean;
  /** Of what waits in the outbox: the message itself, or a change of it. */
  taskId: string | null;
  /** What failed is a change: the message itself stands. */
  isChange: boolean;
  /** Why it was refused. */
  error: string | null;
}

export type Row =
  | { type: 'day'; key: string; atMs: number }
  | { type: 'new'; key: string; atMs: number }
  /** What is no message; whether and what it says to the visitor is decided where it is drawn. */
  | { type: 'line'; key: string; entry: Entry; atMs: number }
  | MessageRow;

/** Messages of one sender within this stand together under one name and time. */
const runMs = 5 * 60_000;

export interface RowFacts {
  entries: readonly Entry[];
  /** What this browser has not got through yet in this conversation. */
  outbox: readonly OutboxItem[];
  agentReadSeq: number;
  agentDeliveredSeq: number;
  /** Seq of the first message that was unread when the conversation came into view; null when all was read. */
  newFromSeq: number | null;
  dayOf(atMs: number): string;
}

/** Lines of a conversation from its log and from what this browser has not got through yet. */
export function rowsOf(facts: RowFacts): Row[] {
  const { entries, agentReadSeq, agentDeliveredSeq, dayOf } = facts;
  const rows: Row[] = [];
  const views = messageViews(entries);
  const changes = changesOf(facts.outbox);
  const waiting = waitingMessages(entries, facts.outbox);
  const separatorSeq = separatedFrom(facts);
  let day = '';
  /** Unknown before the first entry that is here: then a line about reopening says nothing. */
  let isClosed = false;

  function add(row: Row) {
    if (dayOf(row.atMs) !== day) {
      day = dayOf(row.atMs);
      rows.push({ type: 'day', key: `day ${day}`, atMs: row.atMs });
    }
    rows.push(row);
  }

  for (const entry of entries) {
    const { atMs, sender } = entry;
    const key = `seq ${entry.seq}`;
    if (entry.seq === separatorSeq) add({ type: 'new', key: 'new', atMs });
    const view = views.get(entry.seq);
    if (view && sender.role !== 'system') {
      for (const item of waiting.before.get(entry.clientId) ?? []) add({ ...waitingRow(item), atMs });
      if (sender.role === 'visitor') isClosed = false;
      const isRead = entry.seq <= agentReadSeq;
      const status = isRead ? 'read' : entry.seq <= agentDeliveredSeq ? 'delivered' : 'sent';
      add(withChange(messageRow(view, status), changes.get(entry.seq)));
    } else if (saysSomething(entry, isClosed)) {
      add({ type: 'line', key, entry, atMs });
    }
    if (entry.kind === 'status') isClosed = entry.payload.status === 'closed';
  }
  for (const item of waiting.atEnd) add(waitingRow(item));
  return inRuns(rows);
}

/** Receipts, changes and what is for agents have no line; that it is open is news only for what was closed. */
function saysSomething({ kind, payload }: Entry, isClosed: boolean): boolean {
  if (kind === 'status') return isClosed || payload.status === 'closed';
  return (
    kind === 'message' || kind === 'form' || kind === 'assignment' || kind === 'survey' || kind === 'cobrowse'
  );
}

/** What most messages are not. */
const plainRow = {
  type: 'message',
  seq: null,
  sender: null,
  files: [],
  pendingFiles: [],
  isEdited: false,
  isDeleted: false,
  first: true,
  last: true,
  saysStatus: false,
  taskId: null,
  isChange: false,
  error: null,
} as const satisfies Partial<MessageRow>;

function messageRow(view: MessageView, status: MessageStatus): MessageRow {
  const { sender, seq, clientId, text, files, atMs, isDeleted } = view;
  const mine = sender.role === 'visitor';
  return {
    ...plainRow,
    // Keeps its place in the page when the pending line becomes the log's.
    key: mine ? `own ${clientId}` : `seq ${seq}`,
    seq,
    mine,
    sender: sender.role === 'agent' ? { id: sender.id, name: sender.name, color: sender.color } : null,
    text,
    files,
    atMs,
    isEdited: view.editedAtMs !== null,
    isDeleted,
    status: mine && !isDeleted ? status : null,
  };
}

function waitingRow(item: OutboxItem): MessageRow {
  const { text, files = [] } = item.task as MessageTask;
  return {
    ...plainRow,
    key: `own ${item.clientId}`,
    mine: true,
    text,
    pendingFiles: files,
    atMs: item.composedAtMs,
    status: item.state === 'failed' ? 'failed' : 'sending',
    saysStatus: true,
    taskId: item.clientId,
    error: item.error,
  };
}

/** A change of an own message shows at once; one that failed shows what still stands, and that it failed. */
function withChange(row: MessageRow, change: OutboxItem | undefined): MessageRow {
  if (!change || row.isDeleted) return row;
  const { task, state, error, clientId } = change;
  const waits = { ...row, taskId: clientId, isChange: true, error };
  if (task.kind === 'edit') {
    return { ...waits, text: task.text, isEdited: true, status: state === 'failed' ? 'failed' : 'sending' };
  }
  if (state === 'failed') return { ...waits, status: 'failed' };
  return { ...waits, text: '', files: [], isDeleted: true, status: null };
}

/** The last change of each message that is under way. */
function changesOf(outbox: readonly OutboxItem[]): Map<number, OutboxItem> {
  const changes = new Map<number, OutboxItem>();
  for (const item of outbox) {
    if (item.task.kind === 'edit' || item.task.kind === 'deletion') changes.set(item.task.seq, item);
  }
  return changes;
}

/** Own messages that have not arrived: at the end, or before the later one that arrived first. */
function waitingMessages(entries: readonly Entry[], outbox: readonly OutboxItem[]) {
  const arrived = new Set(
    entries.filter(({ sender }) => sender.role === 'visitor').map(({ clientId }) => clientId),
  );
  const before = new Map<string, OutboxItem[]>();
  const atEnd: OutboxItem[] = [];
  for (const item of outbox) {
    if (item.task.kind !== 'message' || arrived.has(item.clientId)) continue;
    const by = item.passedBy;
    if (by === undefined || !arrived.has(by)) atEnd.push(item);
    else before.set(by, [...(before.get(by) ?? []), item]);
  }
  return { before, atEnd };
}

/** Where "New messages" stands: nowhere once the visitor has answered. */
function separatedFrom({ entries, outbox, newFromSeq }: RowFacts): number | null {
  if (newFromSeq === null || outbox.some(({ task }) => task.kind === 'message')) return null;
  const news = entries.filter(({ kind, seq }) => kind === 'message' && seq >= newFromSeq);
  return news.some(({ sender }) => sender.role === 'visitor') ? null : (news[0]?.seq ?? null);
}

/** Marks where runs begin and end; only the last of the visitor's messages of each status says it in words. */
function inRuns(rows: Row[]): Row[] {
  let laterStatus: MessageStatus | null = null;
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index];
    if (row?.type !== 'message') continue;
    const before = rows[index - 1];
    if (before?.type === 'message' && isOneRun(before, row)) {
      row.first = false;
      before.last = false;
    }
    if (row.status === null || row.saysStatus) continue;
    row.saysStatus = row.status !== laterStatus || row.isChange;
    laterStatus = row.status;
  }
  return rows;
}

function isOneRun(before: MessageRow, row: MessageRow): boolean {
  return (
    before.mine === row.mine &&
    before.sender?.id === row.sender?.id &&
    before.status !== 'failed' &&
    row.status !== 'failed' &&
    row.atMs - before.atMs < runMs
  );
}
