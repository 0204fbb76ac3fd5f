import type { Clock } from '../page/clock.ts';

export interface Attention {
  /** A message has come that the visitor does not look at in this tab. */
  onMessage(message: string): void;
  /** Another tab has made the sound for it, or has it on screen. */
  onSounded(message: string): void;
  /** Unread messages; 0 while the visitor looks at this tab. */
  onUnread(count: number): void;
}

export interface AttentionParts {
  clock: Clock;
  isMuted(): boolean;
  /** This tab may play: the person has touched it. */
  canPlay(): boolean;
  play(): Promise<void>;
  tell(message: string): void;
  showCount(count: number): void;
  report(error: unknown): void;
}

/** How long a tab waits for another one that has the message on screen, or has begun to play. */
const yieldMs = 120;
/** Messages that come together sound once. */
const restMs = 1_500;

/**
 * One sound over all tabs: a tab that has the message on screen says so at once; the others wait a moment, each a little
 * longer by chance, and the first one tells the rest. None plays for a message that has been settled.
 */
export function createAttention(parts: AttentionParts & { random?(): number }): Attention {
  const { clock, random = Math.random } = parts;
  const settled = new Set<string>();
  let restUntilMs = 0;

  function settle(message: string) {
    settled.add(message);
    if (settled.size > 50) settled.delete([...settled][0] as string);
  }

  return {
    onMessage(message) {
      if (settled.has(message) || !parts.canPlay()) return;
      clock.after(yieldMs + random() * yieldMs, () => {
        if (settled.has(message)) return;
        settle(message);
        parts.tell(message);
        const nowMs = clock.nowMs();
        if (parts.isMuted() || nowMs < restUntilMs) return;
        restUntilMs = nowMs + restMs;
        parts.play().catch(parts.report);
      });
    },
    onSounded: settle,
    onUnread: parts.showCount,
  };
}
