import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RapportError } from '../../shared/errors.ts';
import { RecordingDamaged } from './recording-damaged.ts';
import { countChunks, readChunk } from './recording-file.ts';

/** What a row says of a recording's file. */
interface Kept {
  sessionId: string;
  file: string;
  endedAtMs: number | null;
  chunks: number;
}

export type RecordingShelf = ReturnType<typeof createRecordingShelf>;

/** The recordings in a folder of this machine, for reading. Opens one chunk at a time and keeps none. */
export function createRecordingShelf(parts: {
  folder: string;
  serverKey: Uint8Array;
  /** Somebody's file is not what was written. */
  onDamage(error: unknown, sessionId: string): void;
}) {
  const { folder, serverKey } = parts;
  const pathOf = (file: string) => join(folder, file);

  const guarded = async <T>(sessionId: string, read: () => Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof RecordingDamaged)) throw error;
      parts.onDamage(error, sessionId);
      throw new RapportError('recording_damaged');
    }
  };

  return {
    /**
     * How many chunks there are. Fewer than were written, or, of one that ended, without its last: it was cut, and
     * `recording_damaged`. `isWhole` false: it is still written, or a crash has ended it.
     */
    readable: ({ sessionId, file, endedAtMs, chunks }: Kept): Promise<{ chunks: number; isWhole: boolean }> =>
      guarded(sessionId, async () => {
        const found = await countChunks(pathOf(file));
        const isShort = found.chunks < chunks || (endedAtMs !== null && found.chunks !== chunks);
        if (isShort) throw new RecordingDamaged(`${found.chunks} chunks of ${chunks}`);
        return found;
      }),

    read: ({ sessionId, file }: Kept, index: number): Promise<Uint8Array> =>
      guarded(sessionId, () => readChunk({ path: pathOf(file), serverKey, sessionId }, index)),

    /** Null when there is no file. */
    async measure(file: string): Promise<{ chunks: number; bytes: number } | null> {
      try {
        const { chunks } = await countChunks(pathOf(file));
        return { chunks, bytes: (await stat(pathOf(file))).size };
      } catch (error) {
        if (error instanceof RecordingDamaged) return null;
        throw error;
      }
    },

    remove: (file: string): Promise<void> => rm(pathOf(file), { force: true }),
  };
}
