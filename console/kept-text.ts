/** Small texts that outlive a reload of the tab. A browser that refuses storage loses only that. */
export interface KeptText {
  read(key: string): string | null;
  write(key: string, text: string | null): void;
  /** Forgets every text of this prefix. */
  clear(): void;
}

export function keptText(storage: () => Storage, prefix: string): KeptText {
  return {
    read(key) {
      try {
        return storage().getItem(prefix + key);
      } catch {
        // Storage is switched off: nothing was kept.
        return null;
      }
    },
    write(key, text) {
      try {
        if (text === null) storage().removeItem(prefix + key);
        else storage().setItem(prefix + key, text);
      } catch {
        // Storage is switched off or full; what is in memory still counts.
      }
    },
    clear() {
      try {
        for (const key of Object.keys(storage())) {
          if (key.startsWith(prefix)) storage().removeItem(key);
        }
      } catch {
        // Storage is switched off: nothing is kept there.
      }
    },
  };
}
