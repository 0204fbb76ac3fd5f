import type { ErrorCode } from '../../../shared/errors.ts';
import type { ChatFile } from '../../../shared/model/chat-file.ts';
import type { Connection } from '../../connection.ts';
import type { Outbox } from '../../outbox.ts';
import {
  backoffMs,
  isUnsure,
  type MessageTask,
  needsUpload,
  type OutboxFile,
  type OutboxItem,
  patienceMs,
  triesBeforeFailed,
} from '../../outbox-item.ts';
import type { Clock } from '../../page/clock.ts';
import type { Tabs } from '../../tabs.ts';
import type { FileDoor, Progress } from '../chat-parts.ts';
import { keepBytes } from './file-bytes.ts';

export type UploadReply = { ok: true; file: ChatFile } | { ok: false; error: ErrorCode };

/** One request; rejects when it got no answer or was given up. */
export type SendFile = (
  file: OutboxFile,
  onProgress: (share: number) => void,
  signal: AbortSignal,
) => Promise<UploadReply>;

export interface Uploads {
  /** The outbox has changed: files that wait are uploaded, one whose message is gone is given up. */
  check(): void;
  close(): void;
}

export interface UploadsParts {
  outbox: Pick<Outbox, 'items' | 'change'>;
  clock: Clock;
  random(): number;
  progress: Progress;
  send: SendFile;
  /** Whether there is a connection, now or soon. */
  connected(): Promise<boolean>;
  /** Runs `work` in one tab at a time. */
  exclusively(work: () => Promise<void>): Promise<void>;
  /** The server holds this file now. */
  onUploaded(fileId: string, blob: Blob): void;
  report(error: unknown): void;
}

interface Waiting {
  item: OutboxItem;
  file: OutboxFile;
}

/** The next file to upload: of the oldest message that waits for its files. */
export function nextUpload(items: readonly OutboxItem[]): Waiting | null {
  for (const item of items) {
    if (item.state !== 'pending' || !needsUpload(item)) continue;
    const file = (item.task as MessageTask).files?.find(({ fileId }) => fileId === null);
    if (file) return { item, file };
  }
  return null;
}

/** The item with one of its files changed. */
export function withFile(item: OutboxItem, key: string, change: Partial<OutboxFile>): OutboxItem {
  const { task } = item;
  if (task.kind !== 'message' || !task.files) return item;
  const files = task.files.map((file) => (file.key === key ? { ...file, ...change } : file));
  return { ...item, task: { ...task, files } };
}

/** Brings files of unsent messages to the server, one after the other; the outbox sends the messages then. */
export function createUploads(parts: UploadsParts): Uploads {
  const { outbox, clock, progress } = parts;
  const tries = new Map<string, { count: number; firstAtMs: number }>();
  let underWay: { key: string; controller: AbortController } | null = null;
  let isRunning = false;
  let isClosed = false;

  const isWanted = (key: string) =>
    outbox
      .items()
      .some(
        ({ task, state }) =>
          state === 'pending' && task.kind === 'message' && task.files?.some((file) => file.key === key),
      );

  async function run() {
    if (isRunning) return;
    isRunning = true;
    try {
      while (!isClosed && nextUpload(outbox.items())) {
        if (await parts.connected()) await parts.exclusively(uploadNext);
        else await failed('unavailable');
      }
    } finally {
      isRunning = false;
    }
  }

  async function uploadNext() {
    // Another tab may have done it while this one waited.
    const next = nextUpload(outbox.items());
    if (!next || isClosed) return;
    const { item, file } = next;
    const controller = new AbortController();
    underWay = { key: file.key, controller };
    progress.set(file.key, 0);
    const reply = await parts
      .send(file, (share) => progress.set(file.key, share), controller.signal)
      .catch((): UploadReply => ({ ok: false, error: 'unavailable' }));
    underWay = null;
    progress.set(file.key, null);
    if (controller.signal.aborted) return;
    if (!reply.ok) return failed(reply.error, item, file);
    parts.onUploaded(reply.file.id, file.blob);
    await outbox.change(item.clientId, (now) => withFile(now, file.key, { fileId: reply.file.id }));
  }

  async function failed(error: ErrorCode, of?: OutboxItem, failedFile?: OutboxFile) {
    const next = of && failedFile ? { item: of, file: failedFile } : nextUpload(outbox.items());
    if (!next) return;
    const { item, file } = next;
    const { count, firstAtMs } = tries.get(file.key) ?? { count: 0, firstAtMs: clock.nowMs() };
    tries.set(file.key, { count: count + 1, firstAtMs });
    const isUnsureNow = isUnsure(error);
    const isTired = count + 1 >= triesBeforeFailed && clock.nowMs() - firstAtMs >= patienceMs;
    if (isUnsureNow && !isTired) {
      await new Promise<void>((resolve) => clock.after(backoffMs(count + 1, parts.random()), resolve));
      return;
    }
    tries.delete(file.key);
    // What the server cannot be reached for is the message's trouble; a refusal is the file's.
    await outbox.change(item.clientId, (now) => ({
      ...withFile(now, file.key, { error: isUnsureNow ? null : error }),
      state: 'failed',
      error: isUnsureNow ? error : null,
    }));
  }

  return {
    check() {
      if (underWay && !isWanted(underWay.key)) underWay.controller.abort();
      run().catch(parts.report);
    },
    close() {
      isClosed = true;
      underWay?.controller.abort();
    },
  };
}

/** Sends a file over XMLHttpRequest, which tells how far it is; `fetch` does not. */
export function createSendFile(door: FileDoor): SendFile {
  return async (file, onProgress, signal) => {
    const headers = await door.headers();
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', door.url);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
      request.setRequestHeader('Content-Type', file.mime || 'application/octet-stream');
      request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
      request.onload = () => {
        try {
          resolve(JSON.parse(request.responseText) as UploadReply);
        } catch (error) {
          reject(error);
        }
      };
      request.onerror = () => reject(new Error('no answer'));
      request.onabort = () => reject(new Error('given up'));
      signal.addEventListener('abort', () => request.abort());
      signal.throwIfAborted();
      request.send(file.blob);
    });
  };
}

/** {@link createUploads} with this page's network and tabs. */
export function startUploads(parts: {
  outbox: UploadsParts['outbox'];
  clock: Clock;
  progress: Progress;
  door: FileDoor;
  connection: Pick<Connection, 'online'>;
  tabs: Pick<Tabs, 'exclusively'>;
  report(error: unknown): void;
}): Uploads {
  const { outbox, clock, progress, door, connection, tabs, report } = parts;
  return createUploads({
    outbox,
    clock,
    random: Math.random,
    progress,
    send: createSendFile(door),
    connected: connection.online,
    exclusively: (work) => tabs.exclusively(work, 'files'),
    onUploaded: (fileId, blob) => keepBytes(fileId, Promise.resolve(blob)),
    report,
  });
}
