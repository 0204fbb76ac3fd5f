import type { Clock } from '../../server/domain/clock.ts';

export interface FakeClock extends Clock {
  /** Moves time on and runs what falls due, in order. */
  pass(ms: number): void;
  /** Timers that wait. */
  waiting(): number;
}

/** Starts at the real time, so that it agrees with what stands beside it. */
export function createFakeClock(startMs = Date.now()): FakeClock {
  let nowMs = startMs;
  const timers = new Set<{ atMs: number; run: () => void }>();
  return {
    nowMs: () => nowMs,
    after(ms, run) {
      const timer = { atMs: nowMs + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const due = [...timers].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (!due) break;
        timers.delete(due);
        nowMs = Math.max(nowMs, due.atMs);
        due.run();
      }
      nowMs = untilMs;
    },
    waiting: () => timers.size,
  };
}
