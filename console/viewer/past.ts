import type { BatchPart } from '../../shared/protocol.ts';

/** A part of a batch as it came. */
export interface PastPart {
  header: BatchPart;
  bytes: Uint8Array;
  arrivedAtMs: number;
}

/** An epoch from its beginning on. */
export interface PastEpoch {
  tab: string;
  epoch: number;
  startedAtMs: number;
  parts: PastPart[];
  /** Nothing follows: the view was hidden, or another epoch began. Null: it goes on. */
  endedAtMs: number | null;
  bytes: number;
}

/** How far back the agent may look. */
export const keptMs = 60_000;
/** Of packed bytes: twice what the relay keeps of one epoch. */
const maxKeptBytes = 16 * 1024 * 1024;

/**
 * The last minute of what arrived, epoch by epoch: a moment can only be built from its epoch's beginning. Bounded in time
 * and bytes; knows nothing of pictures.
 */
export function createPast() {
  let epochs: PastEpoch[] = [];

  function end(atMs: number) {
    const last = epochs.at(-1);
    if (last && last.endedAtMs === null) last.endedAtMs = atMs;
  }

  function forget(nowMs: number) {
    epochs = epochs.filter(({ endedAtMs }) => endedAtMs === null || endedAtMs > nowMs - keptMs);
    let bytes = epochs.reduce((sum, epoch) => sum + epoch.bytes, 0);
    while (bytes > maxKeptBytes) bytes -= epochs.shift()?.bytes ?? bytes;
  }

  return {
    startEpoch(tab: string, epoch: number, atMs: number) {
      end(atMs);
      forget(atMs);
      epochs.push({ tab, epoch, startedAtMs: atMs, parts: [], endedAtMs: null, bytes: 0 });
    },
    add(part: PastPart) {
      const last = epochs.at(-1);
      if (!last || last.endedAtMs !== null || last.epoch !== part.header.epoch) return;
      last.parts.push(part);
      last.bytes += part.bytes.length;
      forget(part.arrivedAtMs);
    },
    /** What comes next does not follow what is kept. */
    end,
    clear() {
      epochs = [];
    },
    /** The earliest moment that can be shown; null when there is none. */
    earliestMs(nowMs: number): number | null {
      forget(nowMs);
      const first = epochs.find(({ parts }) => parts.length > 0);
      const shown = first?.parts.find(({ header }) => header.part === header.parts - 1);
      return shown ? Math.max(shown.arrivedAtMs, nowMs - keptMs) : null;
    },
    /** The epoch of a moment and how many of its parts had come by then; null when nothing was shown. */
    at(atMs: number): { epoch: PastEpoch; count: number } | null {
      for (let index = epochs.length - 1; index >= 0; index -= 1) {
        const epoch = epochs[index];
        if (!epoch || epoch.startedAtMs > atMs) continue;
        const later = epoch.parts.findIndex(({ arrivedAtMs }) => arrivedAtMs > atMs);
        const count = later === -1 ? epoch.parts.length : later;
        const isShown = epoch.parts.slice(0, count).some(({ header }) => header.part === header.parts - 1);
        // Before its first picture was there, the one before it was still on the screen.
        if (isShown) return { epoch, count };
      }
      return null;
    },
  };
}

export type Past = ReturnType<typeof createPast>;
