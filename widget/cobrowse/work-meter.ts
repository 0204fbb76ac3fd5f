/** Main-thread time that sharing the page has taken since it was last asked. */
export interface Work {
  totalMs: number;
  longestMs: number;
}

export interface WorkMeter {
  /** Runs it and counts its time; what runs inside of it is counted once. */
  run<T>(work: () => T): T;
  take(): Work;
}

export function createWorkMeter(nowMs: () => number): WorkMeter {
  let isRunning = false;
  let work: Work = { totalMs: 0, longestMs: 0 };
  return {
    run(each) {
      if (isRunning) return each();
      isRunning = true;
      const startMs = nowMs();
      try {
        return each();
      } finally {
        isRunning = false;
        const tookMs = nowMs() - startMs;
        work.totalMs += tookMs;
        work.longestMs = Math.max(work.longestMs, tookMs);
      }
    },
    take() {
      const taken = work;
      work = { totalMs: 0, longestMs: 0 };
      return taken;
    },
  };
}
