import type { Clock } from '../../../widget/page/clock.ts';

/** A clock that stands still until it is turned. */
export function createFakeClock(startMs = 1_000_000) {
  let nowMs = startMs;
  let timers: Array<{ atMs: number; run: () => void }> = [];
  const clock: Clock = {
    nowMs: () => nowMs,
    after(delayMs, run) {
      const timer = { atMs: nowMs + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  return {
    ...clock,
    waiting: () => timers.length,
    /** Lets time pass; what becomes due runs in order, and what it promises is settled. */
    async turn(ms: number) {
      const untilMs = nowMs + ms;
      for (;;) {
        await settle();
        const [next] = timers.filter((timer) => timer.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
        if (!next) break;
        nowMs = Math.max(nowMs, next.atMs);
        timers = timers.filter((timer) => timer !== next);
        next.run();
      }
      nowMs = untilMs;
    },
  };
}

/** Everything that needs no time has happened. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
