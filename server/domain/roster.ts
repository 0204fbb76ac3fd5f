import type { Clock } from './clock.ts';

export interface Roster {
  /** A connection of `key` is there. Twice is once. */
  add(key: string, connection: string): void;
  remove(key: string, connection: string): void;
  has(key: string): boolean;
  keys(): string[];
  close(): void;
}

/**
 * Who is there, by connections. A key goes only after `graceMs` without any: a page load, which closes one connection
 * and opens the next, does not show.
 */
export function createRoster(parts: {
  clock: Clock;
  graceMs: number;
  onChange(key: string, isThere: boolean): void;
}): Roster {
  const present = new Map<string, { connections: Set<string>; cancelLeave: (() => void) | null }>();

  return {
    add(key, connection) {
      const known = present.get(key);
      if (known) {
        known.cancelLeave?.();
        known.cancelLeave = null;
        known.connections.add(connection);
        return;
      }
      present.set(key, { connections: new Set([connection]), cancelLeave: null });
      parts.onChange(key, true);
    },
    remove(key, connection) {
      const known = present.get(key);
      if (!known?.connections.delete(connection) || known.connections.size > 0) return;
      known.cancelLeave = parts.clock.after(parts.graceMs, () => {
        present.delete(key);
        parts.onChange(key, false);
      });
    },
    has: (key) => present.has(key),
    keys: () => [...present.keys()],
    close() {
      for (const { cancelLeave } of present.values()) cancelLeave?.();
      present.clear();
    },
  };
}
