import type { Entry } from '../../shared/model/conversation.ts';
import type { MessageTask, OutboxItem } from '../outbox.ts';
import { systemLine } from './system-line.ts';

export type MessageStatus = 'sending' | 'sent' | 'read' | 'failed';

export interface MessageRow {
  type: 'message';
  key: string;
  clientId: string;
  mine: boolean;
  /** Of the agent; null for own messages. */
  sender: { name: string; color: string } | null;
  text: string;
  atMs: number;
  /** First and last of a run by one sender. */
  first: boolean;
  last: boolean;
  status: MessageStatus | null;
  /** Why a failed message was refused. */
  error: string | null;
}

export type Row =
  | { type: 'day'; key: string; atMs: number }
  | { type: 'system'; key: string; text: string; atMs: number }
  | MessageRow;

/** Messages of one sender within this stand together under one name and time. */
const runMs = 5 * 60_000;

/** Lines of a conversation from its log and from what this browser has not got through yet. */
export function rowsOf(facts: {
  entries: readonly Entry[];
  /** Messages of this conversation in the outbox. */
  outbox: readonly OutboxItem[];
  agentReadSeq: number;
  dayOf(atMs: number): string;
}): Row[] {
  const { entries, outbox, agentReadSeq, dayOf } = facts;
  const rows: Row[] = [];
  const arrived = new Set<string>();
  let day = '';

  function add(row: Row) {
    if (row.type !== 'day' && dayOf(row.atMs) !== day) {
      day = dayOf(row.atMs);
      rows.push({ type: 'day', key: `day ${day}`, atMs: row.atMs });
    }
    rows.push(row);
  }

  for (const entry of entries) {
    if (entry.kind !== 'message') {
      const text = systemLine(entry);
      if (text) add({ type: 'system', key: `seq ${entry.seq}`, text, atMs: entry.atMs });
      continue;
    }
    const { sender } = entry;
    if (sender.role === 'system') {
      add({ type: 'system', key: `seq ${entry.seq}`, text: entry.payload.text, atMs: entry.atMs });
      continue;
    }
    const mine = sender.role === 'visitor';
    if (mine) arrived.add(entry.clientId);
    add({
      type: 'message',
      // Keeps its place in the page when the pending line becomes the log's.
      key: mine ? `own ${entry.clientId}` : `seq ${entry.seq}`,
      clientId: entry.clientId,
      mine,
      sender: mine ? null : { name: sender.name, color: sender.color },
      text: entry.payload.text,
      atMs: entry.atMs,
      first: true,
      last: true,
      status: mine ? (entry.seq <= agentReadSeq ? 'read' : 'sent') : null,
      error: null,
    });
  }
  for (const item of outbox) {
    if (arrived.has(item.clientId)) continue;
    add({
      type: 'message',
      key: `own ${item.clientId}`,
      clientId: item.clientId,
      mine: true,
      sender: null,
      text: (item.task as MessageTask).text,
      atMs: item.composedAtMs,
      first: true,
      last: true,
      status: item.state === 'failed' ? 'failed' : 'sending',
      error: item.error,
    });
  }
  return inRuns(rows);
}

/** Marks where runs begin and end; only the last of the visitor's messages that arrived says "Sent" or "Read". */
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
    if (row.status !== 'sent' && row.status !== 'read') continue;
    const status = row.status;
    if (status === laterStatus) row.status = null;
    laterStatus = status;
  }
  return rows;
}

function isOneRun(before: MessageRow, row: MessageRow): boolean {
  return (
    before.mine === row.mine &&
    before.sender?.name === row.sender?.name &&
    before.status !== 'failed' &&
    row.status !== 'failed' &&
    row.atMs - before.atMs < runMs
  );
}
