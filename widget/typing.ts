import { typingFadesMs } from '../shared/limits.ts';
import type { AgentCard } from '../shared/model/agent.ts';
import type { Clock } from './page/clock.ts';
import type { Store } from './store.ts';

/** Marks of writing agents; each fades by itself when its end is not told. */
export interface Typing {
  set(conversationId: string, agent: AgentCard): void;
  stop(conversationId: string): void;
  stopAll(): void;
}

export function createTyping(parts: { store: Store; clock: Clock }): Typing {
  const { store, clock } = parts;
  const fades = new Map<string, () => void>();

  function stop(conversationId: string) {
    fades.get(conversationId)?.();
    fades.delete(conversationId);
    const { [conversationId]: stopped, ...others } = store.get().typing;
    if (stopped) store.change({ typing: others });
  }

  return {
    stop,
    set(conversationId, agent) {
      fades.get(conversationId)?.();
      fades.set(
        conversationId,
        clock.after(typingFadesMs, () => stop(conversationId)),
      );
      store.change({ typing: { ...store.get().typing, [conversationId]: agent } });
    },
    stopAll() {
      for (const conversationId of [...fades.keys()]) stop(conversationId);
    },
  };
}
