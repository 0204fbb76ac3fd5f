import { unsentFileMs } from '../../shared/limits.ts';
import type { Clock } from '../domain/clock.ts';
import type { FileShelf } from '../files/file-shelf.ts';
import type { Store } from '../store/store.ts';

/** How long an unsent file may lie beyond its time. */
const sweepEveryMs = 15 * 60_000;
/** Files taken away in one step: a step must not hold up the messages. */
const stepFiles = 100;

export interface FileSweep {
  /** A message was taken back: its files go now. */
  soon(): void;
  /** Resolves when nothing is under way any more. May be called twice. */
  close(): Promise<void>;
}

/**
 * Takes away files that no message has taken in time, those of messages that were taken back, and pictures that no agent
 * shows any more. The row goes first, so that nobody reads the file any more; bytes that stay behind after a crash
 * cannot be reached.
 */
export function createFileSweep(parts: {
  store: Pick<Store, 'dropFiles' | 'unusedAvatars'>;
  shelf: Pick<FileShelf, 'remove'>;
  avatars: Pick<FileShelf, 'keptBefore' | 'remove'>;
  clock: Clock;
  onFailure(error: unknown): void;
}): FileSweep {
  const { store, shelf, avatars, clock } = parts;
  let isClosed = false;
  let isWanted = false;
  let underWay: Promise<void> | null = null;
  let cancel = () => {};

  const sweepFiles = async (beforeMs: number) => {
    while (!isClosed) {
      const ids = await store.dropFiles({ beforeMs, limit: stepFiles });
      for (const id of ids) await shelf.remove(id);
      if (ids.length < stepFiles) return;
    }
  };

  /** A picture has a day, too: between its upload and the card that names it, nobody shows it. */
  const sweepAvatars = async (beforeMs: number) => {
    const old = await avatars.keptBefore(beforeMs);
    while (!isClosed && old.length > 0) {
      const unused = await store.unusedAvatars({ ids: old.splice(0, stepFiles) });
      for (const id of unused) await avatars.remove(id);
    }
  };

  const sweep = async () => {
    const beforeMs = clock.nowMs() - unsentFileMs;
    await sweepFiles(beforeMs);
    if (!isClosed) await sweepAvatars(beforeMs);
  };

  const run = () => {
    cancel();
    if (isClosed) return;
    if (underWay) {
      isWanted = true;
      return;
    }
    underWay = sweep()
      .catch((error: unknown) => {
        if (!isClosed) parts.onFailure(error);
      })
      .finally(() => {
        underWay = null;
        if (isWanted) {
          isWanted = false;
          run();
        } else if (!isClosed) {
          cancel = clock.after(sweepEveryMs, run);
        }
      });
  };
  run();

  return {
    soon: run,
    async close() {
      isClosed = true;
      cancel();
      await underWay;
    },
  };
}
