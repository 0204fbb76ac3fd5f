import type { Clock } from '../domain/clock.ts';
import type { Recordings } from '../domain/recordings.ts';
import type { Store } from '../store/store.ts';

/** How long a recording may lie beyond its time. */
const sweepEveryMs = 10 * 60_000;
const stepRecordings = 50;

export interface RecordingSweep {
  /** Sites keep their recordings for another time now. */
  soon(): void;
  /** Resolves when nothing is under way any more. May be called twice. */
  close(): Promise<void>;
}

/** Takes away recordings whose time is over, and what a crash has left of deleted ones. */
export function createRecordingSweep(parts: {
  store: Pick<Store, 'recordingsDue'>;
  recordings: Pick<Recordings, 'expire'>;
  clock: Clock;
  onFailure(error: unknown): void;
}): RecordingSweep {
  const { store, recordings, clock, onFailure } = parts;
  let isClosed = false;
  let underWay: Promise<void> = Promise.resolve();
  let cancel = () => {};

  const sweep = async () => {
    while (!isClosed) {
      const due = await store.recordingsDue({ nowMs: clock.nowMs(), limit: stepRecordings });
      for (const one of due) await recordings.expire(one);
      if (due.length < stepRecordings) return;
    }
  };

  const run = () => {
    cancel();
    if (isClosed) return;
    underWay = underWay
      .then(sweep)
      .catch((error: unknown) => {
        if (!isClosed) onFailure(error);
      })
      .then(() => {
        cancel();
        if (!isClosed) cancel = clock.after(sweepEveryMs, run);
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
