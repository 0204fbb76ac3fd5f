import type { Clock } from '../page/clock.ts';
import { type Attention, createAttention } from './attention.ts';
import { hasGesture, playChime } from './chime.ts';
import { createTitleBadge } from './title-badge.ts';

/** {@link createAttention} with this page's sound and title. */
export function createPageAttention(parts: {
  clock: Clock;
  guard(run: () => void): void;
  report(error: unknown): void;
  hasTitleBadge: boolean;
  isMuted(): boolean;
  tell(message: string): void;
}): Attention {
  const { clock, guard, report, isMuted, tell } = parts;
  const badge = parts.hasTitleBadge ? createTitleBadge(document, guard) : null;
  return createAttention({
    clock,
    isMuted,
    canPlay: hasGesture,
    play: playChime,
    tell,
    showCount: (count) => badge?.show(count),
    report,
  });
}
