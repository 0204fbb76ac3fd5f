import { type ErrorCode, retryableErrors } from '../shared/errors.ts';
import type { Score } from '../shared/model/survey.ts';

/** What the outbox holds, and what becomes of it: decided here, done in `outbox.ts`. */

/** A file of a message that is not sent yet. Its bytes are kept with the message, over page loads. */
export interface OutboxFile {
  /** Names the file in this browser. */
  key: string;
  name: string;
  mime: string;
  sizeBytes: number;
  widthPx: number | null;
  heightPx: number | null;
  blob: Blob;
  /** The server's id; null until it is uploaded. */
  fileId: string | null;
  /** Why the server does not take it. */
  error: ErrorCode | null;
}

/** What the visitor did that the server must hear of, over page loads and lost networks. */
export type OutboxTask =
  | {
      kind: 'message';
      text: string;
      files?: readonly OutboxFile[];
      /** Null while the conversation does not exist: the first message of a draft starts it. */
      conversationId: string | null;
      draftId: string | null;
      /** With the first message: what the visitor filled in and agreed to before it. */
      form?: { values: Record<string, string>; consent: string | null };
    }
  | { kind: 'conversation_end'; conversationId: string }
  | { kind: 'edit'; conversationId: string; seq: number; text: string }
  | { kind: 'deletion'; conversationId: string; seq: number }
  | { kind: 'survey_answer'; conversationId: string; surveyId: string; score: Score; comment: string }
  | { kind: 'survey_dismiss'; conversationId: string; surveyId: string }
  | { kind: 'cobrowse_stop'; sessionId: string };

export type MessageTask = Extract<OutboxTask, { kind: 'message' }>;

export interface OutboxItem {
  /** The same in every repeat: the server keeps one entry for it. */
  clientId: string;
  /** Grows in the order of composing. */
  order: number;
  task: OutboxTask;
  composedAtMs: number;
  tries: number;
  firstTryAtMs: number | null;
  /**
   * `failed` waits for the visitor: retry or delete. Only messages and changes of messages fail visibly. `held` keeps the
   * files that were picked for a message: it is none yet.
   */
  state: 'pending' | 'failed' | 'held';
  error: ErrorCode | null;
  /** Of a failed message: the later one that arrived first. It keeps its place before that one. */
  passedBy?: string;
}

/** A message is called failed after so many tries … */
export const triesBeforeFailed = 3;
/** … and not before so long: a server that restarts is back by then. */
export const patienceMs = 20_000;
const firstBackoffMs = 1_000;
const longestBackoffMs = 30_000;

/** Pause after the nth try: doubles from 1 s to 30 s, with up to half of it taken off at random. */
export function backoffMs(tries: number, random: number): number {
  const full = Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.max(0, tries - 1));
  return full * (1 - random / 2);
}

/** Items of one line are sent one after the other; lines do not wait for each other. */
function lineOf({ task, clientId }: OutboxItem): string {
  if (task.kind === 'message') return task.conversationId ?? task.draftId ?? clientId;
  if (task.kind === 'edit' || task.kind === 'deletion') return `${task.conversationId} ${task.seq}`;
  return clientId;
}

/** Its files have to be uploaded before it can be sent. */
export function needsUpload({ task }: OutboxItem): boolean {
  return task.kind === 'message' && (task.files ?? []).some(({ fileId }) => fileId === null);
}

/** The identical request may still succeed, or has succeeded without our hearing of it. */
export function isUnsure(error: ErrorCode | null): boolean {
  return error !== null && retryableErrors.includes(error);
}

/** The message without one of its files; null when nothing is left of it. */
export function withoutFile(item: OutboxItem, key: string): OutboxItem | null {
  const { task } = item;
  if (task.kind !== 'message') return item;
  const files = (task.files ?? []).filter((file) => file.key !== key);
  return task.text === '' && files.length === 0 ? null : { ...item, task: { ...task, files } };
}

/** First pending item of every line, oldest first; one that waits for its files holds up its line. */
export function nextItems(items: readonly OutboxItem[]): OutboxItem[] {
  const lines = new Map<string, OutboxItem>();
  for (const item of inOrder(items)) {
    if (item.state === 'pending' && !lines.has(lineOf(item))) lines.set(lineOf(item), item);
  }
  return [...lines.values()].filter((item) => !needsUpload(item));
}

export function inOrder(items: readonly OutboxItem[]): OutboxItem[] {
  return [...items].sort((a, b) => a.order - b.order || (a.clientId < b.clientId ? -1 : 1));
}

/**
 * The items that change after a refused or unanswered try. A message that failed without a clear refusal may stand on
 * the server: messages behind it in a conversation that does not exist yet fail with it, so that they cannot start a
 * second one. Other tasks are tried again for ever, or dropped (`null`) when the server refuses them for good.
 */
export function afterFailure(
  items: readonly OutboxItem[],
  item: OutboxItem,
  error: ErrorCode,
  nowMs: number,
): OutboxItem[] | null {
  const tried: OutboxItem = {
    ...item,
    tries: item.tries + 1,
    firstTryAtMs: item.firstTryAtMs ?? nowMs,
    error,
  };
  const { kind } = tried.task;
  const isSeen = kind === 'message' || kind === 'edit' || kind === 'deletion';
  if (!isSeen) return isUnsure(error) ? [tried] : null;
  const isTired = tried.tries >= triesBeforeFailed && nowMs - (tried.firstTryAtMs ?? nowMs) >= patienceMs;
  if (isUnsure(error) && !isTired) return [tried];
  const failed: OutboxItem = { ...tried, state: 'failed' };
  if (kind !== 'message' || tried.task.conversationId !== null || !isUnsure(error)) return [failed];
  const behind = items.filter(
    (other) =>
      other.clientId !== item.clientId && other.state === 'pending' && lineOf(other) === lineOf(item),
  );
  return [failed, ...behind.map((other): OutboxItem => ({ ...other, state: 'failed', error }))];
}

/** Items to send again: the one, and all of its line while its conversation does not exist. */
export function retried(items: readonly OutboxItem[], clientId: string): OutboxItem[] {
  const item = items.find((other) => other.clientId === clientId);
  if (!item) return [];
  const wholeLine = item.task.kind === 'message' && item.task.conversationId === null;
  return items
    .filter((other) => other.clientId === clientId || (wholeLine && lineOf(other) === lineOf(item)))
    .map(
      ({ passedBy: _, ...other }): OutboxItem => ({
        ...other,
        task:
          other.task.kind === 'message' && other.task.files
            ? { ...other.task, files: other.task.files.map((file) => ({ ...file, error: null })) }
            : other.task,
        state: 'pending',
        tries: 0,
        firstTryAtMs: null,
        error: null,
      }),
    );
}

/** Failed messages that were composed before one of their conversation that has just arrived. */
export function passed(
  items: readonly OutboxItem[],
  by: OutboxItem,
  conversationId: string | null,
): OutboxItem[] {
  return items
    .filter(
      ({ task, state, order, passedBy }) =>
        task.kind === 'message' &&
        task.conversationId === conversationId &&
        state === 'failed' &&
        order < by.order &&
        !passedBy,
    )
    .map((item) => ({ ...item, passedBy: by.clientId }));
}

/** Messages of a draft once its conversation exists. */
export function placed(items: readonly OutboxItem[], draftId: string, conversationId: string): OutboxItem[] {
  const moved: OutboxItem[] = [];
  for (const item of items) {
    const { task } = item;
    if (task.kind === 'message' && task.draftId === draftId && task.conversationId === null) {
      moved.push({ ...item, task: { ...task, conversationId } });
    }
  }
  return moved;
}
