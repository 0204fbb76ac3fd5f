import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeRecord, type RecordHead } from '../../shared/model/recording.ts';
import type { RelayTap } from '../relay/relay-tap.ts';
import { openRecordingWriter, type RecordingWriter } from './recording-file.ts';

/** Records are collected up to here or for this long: a crash loses no more. */
const chunkBytes = 128 * 1024;
const flushEveryMs = 2_000;
/** Bytes that may wait for the disk; a disk that is slower than that loses the recording, never the session. */
const maxWaitingBytes = 8 * 1024 * 1024;
/** A recording of a page that never rests ends here: about an hour at the relay's own limit for a quiet page's images. */
const maxFileBytes = 256 * 1024 * 1024;

export interface Progress {
  sessionId: string;
  chunks: number;
  bytes: number;
  /** Null while it goes on. */
  endedAtMs: number | null;
}

export interface RecorderParts {
  folder: string;
  serverKey: Uint8Array;
  clock: { nowMs(): number; after(ms: number, run: () => void): () => void };
  /** So much is safely in the file. */
  onProgress(progress: Progress): Promise<void>;
  onFailure(error: unknown): void;
}

/** What is being written of one session. */
interface Recording {
  startedAtMs: number;
  file: string;
  writer: Promise<RecordingWriter>;
  waiting: Uint8Array[];
  waitingBytes: number;
  /** Bytes that are on their way to the disk. */
  writingBytes: number;
  writtenBytes: number;
  cancelFlush: (() => void) | null;
  /** Everything that was handed over so far, in order. */
  written: Promise<void>;
  /** Epoch of each tab, from whose start on its batches make sense. */
  epochs: Map<string, number>;
  shown: string;
  hasFailed: boolean;
}

export type Recorder = ReturnType<typeof createRecorder>;

/**
 * Writes the streams of sessions whose visitors agreed to it, as the relay passes them on: compressed, filtered in the
 * visitor's page, never opened here. Works beside the relay and never holds it up.
 */
export function createRecorder(parts: RecorderParts) {
  const { folder, serverKey, clock } = parts;
  const recordings = new Map<string, Recording>();
  const pathOf = (file: string) => join(folder, file);

  function write(sessionId: string, recording: Recording, isLast: boolean): Promise<void> {
    recording.cancelFlush?.();
    recording.cancelFlush = null;
    if (!isLast && recording.waiting.length === 0) return recording.written;
    const plain = Buffer.concat(recording.waiting.splice(0));
    recording.waitingBytes = 0;
    recording.writingBytes += plain.length;
    recording.written = recording.written.then(async () => {
      if (recording.hasFailed) return;
      try {
        const writer = await recording.writer;
        await writer.append(plain, isLast);
        recording.writtenBytes = writer.bytes;
        const endedAtMs = isLast ? clock.nowMs() : null;
        if (isLast) await writer.close();
        await parts.onProgress({ sessionId, chunks: writer.chunks, bytes: writer.bytes, endedAtMs });
      } catch (error) {
        fail(sessionId, recording, error);
      } finally {
        recording.writingBytes -= plain.length;
      }
    });
    return recording.written;
  }

  /** What was written stays readable; nothing is added any more. */
  function fail(sessionId: string, recording: Recording, error: unknown) {
    recording.hasFailed = true;
    recording.cancelFlush?.();
    recording.waiting = [];
    if (recordings.get(sessionId) === recording) recordings.delete(sessionId);
    recording.writer.then((writer) => writer.close()).catch(() => {});
    parts.onFailure(error);
  }

  function add(
    sessionId: string,
    head: Record<string, unknown> & { type: RecordHead['type'] },
    bytes?: Uint8Array,
  ) {
    const recording = recordings.get(sessionId);
    if (!recording) return;
    const atMs = Math.max(0, clock.nowMs() - recording.startedAtMs);
    const record = encodeRecord({ head: { ...head, atMs } as RecordHead, bytes: bytes ?? new Uint8Array(0) });
    recording.waiting.push(record);
    recording.waitingBytes += record.length;
    if (recording.waitingBytes + recording.writingBytes > maxWaitingBytes) {
      return fail(sessionId, recording, new Error('the disk is too slow for the recording'));
    }
    if (recording.writtenBytes + recording.writingBytes + recording.waitingBytes > maxFileBytes) {
      void finish(sessionId);
      return;
    }
    if (recording.waitingBytes >= chunkBytes) void write(sessionId, recording, false);
    else recording.cancelFlush ??= clock.after(flushEveryMs, () => void write(sessionId, recording, false));
  }

  function start({ sessionId, file, startedAtMs }: { sessionId: string; file: string; startedAtMs: number }) {
    if (recordings.has(sessionId)) return;
    const writer = mkdir(folder, { recursive: true, mode: 0o700 }).then(() =>
      openRecordingWriter({ path: pathOf(file), serverKey, sessionId }),
    );
    // Its failure is met by the first write.
    writer.catch(() => {});
    recordings.set(sessionId, {
      startedAtMs,
      file,
      writer,
      waiting: [],
      waitingBytes: 0,
      writingBytes: 0,
      writtenBytes: 0,
      cancelFlush: null,
      written: Promise.resolve(),
      epochs: new Map(),
      shown: '',
      hasFailed: false,
    });
  }

  /** Resolves when its last byte is written. Nothing more is taken from the very call on. */
  async function finish(sessionId: string): Promise<void> {
    const recording = recordings.get(sessionId);
    if (!recording) return;
    recordings.delete(sessionId);
    await write(sessionId, recording, true);
  }

  return {
    /** Goes on at the end of the file if there is one: the server was started anew. */
    start,
    finish,
    isRecording: (sessionId: string): boolean => recordings.has(sessionId),

    /** Resolves when nothing of it is on disk, nor will be. */
    async discard(sessionId: string, file: string): Promise<void> {
      const recording = recordings.get(sessionId);
      if (recording) {
        recordings.delete(sessionId);
        recording.hasFailed = true;
        recording.cancelFlush?.();
        await recording.written;
        await recording.writer.then((writer) => writer.close()).catch(() => {});
      }
      await rm(pathOf(file), { force: true });
    },

    action(sessionId: string, agentName: string, words: string): void {
      add(sessionId, { type: 'action', agentName, words });
    },

    tap(sessionId: string): Partial<RelayTap> {
      return {
        tabs({ tabs, shown, online }) {
          const recording = recordings.get(sessionId);
          const state = tabs.find(({ tab }) => tab === shown);
          // A tab that has just connected tells its page next.
          if (shown !== null && !state) return;
          const facts = { tab: shown, ...(state?.page ?? { url: '', title: '' }), online };
          const key = JSON.stringify(facts);
          if (!recording || recording.shown === key) return;
          recording.shown = key;
          add(sessionId, { type: 'shown', ...facts });
        },
        epoch(start) {
          recordings.get(sessionId)?.epochs.set(start.tab, start.epoch);
          add(sessionId, { type: 'epoch', ...start });
        },
        batch(header, bytes) {
          if (recordings.get(sessionId)?.epochs.get(header.tab) !== header.epoch) return;
          add(sessionId, { type: 'batch', ...header }, bytes);
        },
        asset: (header, bytes) => add(sessionId, { type: 'asset', ...header }, bytes),
      };
    },

    /** The process ends: what is there is written, and goes on after the next start. */
    async close(): Promise<void> {
      for (const [sessionId, recording] of [...recordings]) {
        recordings.delete(sessionId);
        await write(sessionId, recording, false);
        if (!recording.hasFailed)
          await recording.writer.then((writer) => writer.close()).catch(parts.onFailure);
      }
    },
  };
}
