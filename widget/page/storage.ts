/** Text kept by name. Never throws: where the browser forbids storage, things last as long as the page. */
export interface Storage {
  read(name: string): string | null;
  write(name: string, text: string): void;
  remove(name: string): void;
}

/** `find` is called each time: reading `window.localStorage` itself throws where it is blocked. */
export function createStorage(find: () => globalThis.Storage): Storage {
  const memory = new Map<string, string>();
  return {
    read(name) {
      try {
        return find().getItem(name) ?? memory.get(name) ?? null;
      } catch {
        return memory.get(name) ?? null;
      }
    },
    write(name, text) {
      try {
        find().setItem(name, text);
        memory.delete(name);
      } catch {
        memory.set(name, text);
      }
    },
    remove(name) {
      memory.delete(name);
      try {
        find().removeItem(name);
      } catch {
        // Blocked storage holds nothing to remove.
      }
    },
  };
}
