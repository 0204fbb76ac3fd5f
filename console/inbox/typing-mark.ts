import { typingFadesMs } from '../../shared/limits.ts';

/** Silence after which the writer counts as pausing. */
const pauseMs = 4_000;

export interface TypingMark {
  /** A key changed the text. */
  touch(): void;
  /** Sent, emptied, or left. */
  stop(): void;
}

/** Tells that somebody writes: at the first key, again while they go on, and when they stop. */
export function createTypingMark(tell: (typing: boolean) => void): TypingMark {
  let toldAtMs: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function stop() {
    clearTimeout(timer);
    if (toldAtMs === null) return;
    toldAtMs = null;
    tell(false);
  }
  return {
    touch() {
      if (toldAtMs === null || Date.now() - toldAtMs >= typingFadesMs / 2) {
        toldAtMs = Date.now();
        tell(true);
      }
      clearTimeout(timer);
      timer = setTimeout(stop, pauseMs);
    },
    stop,
  };
}
