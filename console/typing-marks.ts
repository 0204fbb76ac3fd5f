import { typingFadesMs } from '../shared/limits.ts';
import type { HeldConversation, Typist } from './conversation-item.ts';

/** Who writes where; a mark ends by itself when nobody renews it. */
export function createTypingMarks() {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function stop(item: HeldConversation, key: string) {
    const name = `${item.id} ${key}`;
    clearTimeout(timers.get(name));
    timers.delete(name);
    if (item.typists.value.some((typist) => typist.key === key)) {
      item.typists.value = item.typists.value.filter((typist) => typist.key !== key);
    }
  }

  return {
    stop,
    start(item: HeldConversation, typist: Typist) {
      clearTimeout(timers.get(`${item.id} ${typist.key}`));
      const others = item.typists.value.filter(({ key }) => key !== typist.key);
      item.typists.value = [...others, typist];
      timers.set(
        `${item.id} ${typist.key}`,
        setTimeout(() => stop(item, typist.key), typingFadesMs),
      );
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
