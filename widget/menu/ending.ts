import type { Clock } from '../page/clock.ts';

/** How long the visitor can take the end of a conversation back. */
export const endUndoMs = 6_000;

export interface Ending {
  start(conversationId: string): void;
  undo(): void;
  /** The page goes, or the visitor looks away: what was ended is ended now. */
  flush(): void;
}

/** The server hears of the end when it can no longer be taken back, so that no satisfaction question has to be unasked. */
export function createEnding(parts: {
  clock: Clock;
  end(conversationId: string): void;
  /** Null: nothing is ending. */
  onChange(conversationId: string | null): void;
}): Ending {
  let ending: string | null = null;
  let cancel = () => {};

  function settle(isDone: boolean) {
    const id = ending;
    if (id === null) return;
    cancel();
    ending = null;
    parts.onChange(null);
    if (isDone) parts.end(id);
  }

  return {
    start(conversationId) {
      if (ending === conversationId) return;
      settle(true);
      ending = conversationId;
      parts.onChange(conversationId);
      cancel = parts.clock.after(endUndoMs, () => settle(true));
    },
    undo: () => settle(false),
    flush: () => settle(true),
  };
}
