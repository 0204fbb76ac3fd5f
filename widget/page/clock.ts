/** Time, so that tests can turn it. */
export interface Clock {
  nowMs(): number;
  /** Runs once after the delay unless the returned function is called before. */
  after(delayMs: number, run: () => void): () => void;
}

export function createClock(guard: (run: () => void) => void): Clock {
  return {
    nowMs: () => Date.now(),
    after(delayMs, run) {
      const timer = setTimeout(() => guard(run), delayMs);
      return () => clearTimeout(timer);
    },
  };
}
