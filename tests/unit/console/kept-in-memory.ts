import type { KeptText } from '../../../console/kept-text.ts';

/** A tab's storage that outlives what reads it. */
export function keptInMemory(): KeptText & { texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    read: (key) => texts.get(key) ?? null,
    write(key, text) {
      if (text === null) texts.delete(key);
      else texts.set(key, text);
    },
    clear: () => texts.clear(),
  };
}
