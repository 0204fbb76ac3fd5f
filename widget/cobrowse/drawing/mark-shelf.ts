import type { ElementPrint } from './element-print.ts';

/** Where this tab's marks stand, kept over a load of the same page: the mirror's numbers are new then. */
export interface KeptMarks {
  get(id: string): ElementPrint | null;
  set(prints: ReadonlyMap<string, ElementPrint>): void;
}

const key = 'rapport:marks';

export function createMarkShelf(address: () => string): KeptMarks {
  let kept: { address: string; prints: Record<string, ElementPrint> } | null = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  } catch {
    // Without storage, marks end with their page.
  }
  return {
    get: (id) => (kept?.address === address() ? (kept.prints[id] ?? null) : null),
    set(prints) {
      try {
        if (prints.size === 0) sessionStorage.removeItem(key);
        else
          sessionStorage.setItem(
            key,
            JSON.stringify({ address: address(), prints: Object.fromEntries(prints) }),
          );
      } catch {
        // As above.
      }
    },
  };
}
