import type { Secret } from './secret-shapes.ts';

/** Looks for secrets in everything that has left the browser, in every form in which one could hide. */

/** What was sent or is kept, and where it was found. */
export interface Haystack {
  where: string;
  text: string;
}

export interface Planted extends Secret {
  id: number;
  /** Kind of tree, or of change. */
  position: string;
  place: string;
}

export interface Leak {
  position: string;
  place: string;
  needle: string;
  where: string;
}

const word = /canary(\d{4})/gi;
/** `canary` in base64, at each of the three places where it may begin. */
const encoded = /Y2FuYXJ5|NhbmFye|jYW5hcn/;
const minDigits = 9;

/** Every text in a JSON value: strings and names. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)]);
}

/** Texts of text nodes, in their order: a number may go on from one to the next. */
export function textNodesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('textContent' in value && typeof value.textContent === 'string') return [value.textContent];
  return Object.values(value).flatMap(textNodesIn);
}

export function findLeaks(planted: readonly Planted[], haystacks: readonly Haystack[]): Leak[] {
  const leaks: Leak[] = [];
  const words = new Map<number, Planted>();
  const others: Planted[] = [];
  for (const one of planted) {
    if (/^canary\d{4}$/.test(one.needle)) words.set(one.id, one);
    else others.push(one);
  }
  const tell = ({ position, place, needle }: Planted, where: string) =>
    leaks.push({ position, place, needle, where });
  for (const { where, text } of haystacks) {
    for (const form of new Set([text, decoded(text)])) {
      for (const [, id] of form.matchAll(word)) {
        const one = words.get(Number(id));
        if (one) tell(one, where);
      }
    }
    if (encoded.test(text)) {
      const around = text.slice(Math.max(0, text.search(encoded) - 40)).slice(0, 120);
      leaks.push({ position: 'any', place: 'in base64', needle: around, where });
    }
    const digits = text.replace(/[^\d"|]/g, '');
    for (const one of others) {
      const isThere = one.isDigits
        ? one.needle.length >= minDigits && digits.includes(one.needle)
        : text.includes(one.needle);
      if (isThere) tell(one, where);
    }
  }
  const seen = new Set<string>();
  return leaks.filter((leak) => {
    const key = `${leak.needle} ${leak.where}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Text with `%41` and the like undone; as it stands where that cannot be done. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
}
