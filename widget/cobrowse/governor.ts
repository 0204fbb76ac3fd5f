import { type Fidelity, isAtMost } from '../../shared/model/fidelity.ts';
import { createAttributeCalm } from './attribute-calm.ts';

import { lineWords } from './line-words.ts';
import { fullFidelity, lookEveryMs, nextFidelity, snapshotPauseMs } from './next-fidelity.ts';
import type { RecordedEvent } from './recorded-event.ts';
import type { WorkMeter } from './work-meter.ts';

/** Looks at what sharing costs the page's main thread, and follows less of the page, or more again. */
export interface Governor {
  /** What of an event is followed now. */
  admit(event: RecordedEvent): RecordedEvent | null;
  /** A new picture has been taken, in so much time of the main thread. */
  pictured(tookMs: number): void;
  close(): void;
}

export interface GovernorParts {
  meter: WorkMeter;
  nowMs(): number;
  /** `because`: what the look found. */
  onFidelity(fidelity: Fidelity): void;
  /** A change that was kept back. */
  onKept(event: RecordedEvent): void;
  /** Only pictures are sent: it is time for one. */
  onPictureDue(): void;
  /** All that was sent so far, and the line's round trip once it is measured. */
  line(): { sentBytes: number; roundTripMs: number | null };
  /** With each look: how long the line is, what it carries, and what is left out. */
  onLine(words: string): void;
}

/** Kept changes of attributes are told so often. */
const keptEveryMs = 500;
const pointerPaths = new Set([1, 6, 12]);

export function createGovernor(parts: GovernorParts): Governor {
  let state = fullFidelity;
  let sentBefore = 0;
  let lookedAtMs = parts.nowMs();
  let pictureTimer: ReturnType<typeof setTimeout> | undefined;
  const calm = createAttributeCalm();

  const looks = setInterval(() => {
    const nowMs = parts.nowMs();
    const before = state.fidelity;
    // A computer that slept, or a tab in the background, must not make an average of nothing.
    const overMs = Math.min(nowMs - lookedAtMs, lookEveryMs * 2);
    lookedAtMs = nowMs;
    state = nextFidelity(state, parts.meter.take(), overMs);
    if (state.fidelity !== before) {
      calm.clear();
      parts.onFidelity(state.fidelity);
      if (before === 'snapshots') clearTimeout(pictureTimer);
    }
    const { sentBytes, roundTripMs } = parts.line();
    const bytesPerSecond = ((sentBytes - sentBefore) * 1000) / lookEveryMs;
    sentBefore = sentBytes;
    parts.onLine(lineWords({ bytesPerSecond, roundTripMs, fidelity: state.fidelity }));
  }, lookEveryMs);
  const tellKept = setInterval(() => {
    const kept = calm.take(Date.now());
    if (kept) parts.onKept(kept);
  }, keptEveryMs);

  return {
    admit(event) {
      const { fidelity } = state;
      if (event.type !== 3 || fidelity === 'full') return event;
      if (fidelity === 'snapshots') return null;
      if (pointerPaths.has(event.data.source)) return null;
      return isAtMost(fidelity, 'fewer_changes') ? calm.pass(event) : event;
    },
    pictured(tookMs) {
      calm.clear();
      clearTimeout(pictureTimer);
      if (state.fidelity === 'snapshots')
        pictureTimer = setTimeout(parts.onPictureDue, snapshotPauseMs(tookMs));
    },
    close() {
      clearInterval(looks);
      clearInterval(tellKept);
      clearTimeout(pictureTimer);
    },
  };
}
