import { type ReadonlySignal, signal } from '@preact/signals';
import type { KeptText } from '../kept-text.ts';

/** Two lines of the picker. */
const maxRecent = 18;

export interface RecentEmoji {
  /** Newest first. */
  all: ReadonlySignal<readonly string[]>;
  add(emoji: string): void;
}

export function createRecentEmoji(kept: KeptText): RecentEmoji {
  const all = signal<readonly string[]>((kept.read('emoji') ?? '').split(' ').filter(Boolean));
  return {
    all,
    add(emoji) {
      all.value = [emoji, ...all.value.filter((one) => one !== emoji)].slice(0, maxRecent);
      kept.write('emoji', all.value.join(' '));
    },
  };
}
