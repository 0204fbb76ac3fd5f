import type { OutboxShelf } from '../outbox.ts';
import type { OutboxItem } from '../outbox-item.ts';

export interface MemoryShelf extends OutboxShelf {
  /** The visitor has sent what is not on the server yet. */
  hasUnsent(): boolean;
}

/**
 * Keeps nothing beyond the window. It lies on Rapport's origin, where visitors of many sites meet: what it left on the
 * disk there, no page could find again or wipe when its visitor signs out.
 */
export function createMemoryShelf(): MemoryShelf {
  const items = new Map<string, OutboxItem>();
  return {
    all: async () => [...items.values()],
    async put(changed) {
      for (const item of changed) items.set(item.clientId, item);
    },
    async remove(clientId) {
      items.delete(clientId);
    },
    drop: () => items.clear(),
    forget: async () => items.clear(),
    hasUnsent: () => [...items.values()].some(({ state }) => state !== 'held'),
  };
}
