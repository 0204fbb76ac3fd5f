import { type ReadonlySignal, signal } from '@preact/signals';

/**
 * Time from the server to this screen: half a round trip, and the median of what the last batches took from their
 * arrival until they were drawn. The visitor's own line is not in it: their clock and ours cannot be compared.
 */
export interface LineDelay {
  /** Null until both are known. */
  delayMs: ReadonlySignal<number | null>;
  drawn(delayMs: number): void;
  close(): void;
}

export interface LineDelayParts {
  /** Goes to the server and back. */
  roundTrip(): Promise<unknown>;
  nowMs(): number;
}

const roundTripEveryMs = 10_000;
const keptDraws = 9;
const keptTrips = 3;

export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

export function createLineDelay({ roundTrip, nowMs }: LineDelayParts): LineDelay {
  const delayMs = signal<number | null>(null);
  let draws: number[] = [];
  let trips: number[] = [];
  let isClosed = false;

  function update() {
    const draw = median(draws);
    /** The shortest of a few: longer ones have waited for something else. */
    delayMs.value = draw === null || trips.length === 0 ? null : Math.min(...trips) / 2 + draw;
  }

  async function measure() {
    const startMs = nowMs();
    try {
      await roundTrip();
    } catch {
      trips = [];
      update();
      return;
    }
    if (isClosed) return;
    trips = [...trips, nowMs() - startMs].slice(-keptTrips);
    update();
  }

  void measure();
  const timer = setInterval(() => void measure(), roundTripEveryMs);
  return {
    delayMs,
    drawn(ms) {
      draws = [...draws, ms].slice(-keptDraws);
      update();
    },
    close() {
      isClosed = true;
      clearInterval(timer);
    },
  };
}
