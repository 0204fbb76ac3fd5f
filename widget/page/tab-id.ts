import { randomId } from '../random-id.ts';
import type { Storage } from './storage.ts';

/**
 * Name of this browser tab over page loads. It lies in the tab's storage only between two pages: a duplicated tab gets
 * a copy of that storage, and two tabs with one name would mix their co-browse streams.
 */
export function createTabId(parts: {
  storage: Storage;
  name: string;
  /** Whether the visitor has acted: before that the tab leaves nothing behind. */
  isKept(): boolean;
}): { id: string; close(): void } {
  const { storage, name } = parts;
  const kept = storage.read(name);
  const id = kept && /^[A-Za-z0-9_-]{8,40}$/.test(kept) ? kept : randomId(16);
  storage.remove(name);
  const leave = () => {
    if (parts.isKept()) storage.write(name, id);
  };
  const enter = (event: PageTransitionEvent) => {
    if (event.persisted) storage.remove(name);
  };
  addEventListener('pagehide', leave);
  addEventListener('pageshow', enter);
  return {
    id,
    close() {
      removeEventListener('pagehide', leave);
      removeEventListener('pageshow', enter);
      storage.remove(name);
    },
  };
}
