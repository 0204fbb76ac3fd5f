import UFuzzy from '@leeoniya/ufuzzy';

/** One line of the command menu. */
export interface MenuItem {
  /** Of a command its own; of others the kind and what it leads to, e.g. `conversation cnv_…`. */
  id: string;
  label: string;
  /** Title under which it stands. */
  group: string;
  /** More words under which it is found. */
  words?: string;
}

export interface RankedItem<T extends MenuItem> {
  item: T;
  /** Places of the label that were typed: `[from, to)`. */
  marks: ReadonlyArray<readonly [number, number]>;
}

/** Names are of every script; one slip of a finger is forgiven. */
const fuzzy = new UFuzzy({
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
  intraChars: "[\\p{L}\\d']",
  intraContr: "'\\p{L}{1,2}\\b",
  intraMode: 1,
  interLft: 1,
});

/** Most lines that are worth reading. */
const maxItems = 60;

/**
 * What stands in the menu, best first. Without a text: what was used last, then everything in its own order. With one:
 * what it fits, and among equals what was used last.
 */
export function rankItems<T extends MenuItem>(
  items: readonly T[],
  text: string,
  recentIds: readonly string[],
): RankedItem<T>[] {
  const recency = ({ id }: T) => {
    const at = recentIds.indexOf(id);
    return at < 0 ? recentIds.length : at;
  };
  const needle = text.trim();
  if (needle === '') {
    return [...items]
      .sort((a, b) => recency(a) - recency(b))
      .slice(0, maxItems)
      .map((item) => ({ item, marks: [] }));
  }
  const byRecency = [...items].sort((a, b) => recency(a) - recency(b));
  const haystack = UFuzzy.latinize(
    byRecency.map(({ label, words }) => (words ? `${label} ${words}` : label)),
  );
  const [found, info, order] = fuzzy.search(haystack, UFuzzy.latinize([needle])[0] ?? needle, 2);
  if (!found) return [];
  // Too many to weigh: as they stand.
  if (!info || !order) {
    return found.slice(0, maxItems).flatMap((at) => {
      const item = byRecency[at];
      return item ? [{ item, marks: [] }] : [];
    });
  }
  return order.slice(0, maxItems).flatMap((place) => {
    const item = byRecency[info.idx[place] ?? -1];
    if (!item) return [];
    const ranges = info.ranges[place] ?? [];
    const marks = ranges
      .flatMap((from, index) => (index % 2 === 0 ? [[from, ranges[index + 1] ?? from] as const] : []))
      .filter(([, to]) => to <= item.label.length);
    return [{ item, marks }];
  });
}

/** Items under their titles, each title once, in the order in which their best items stand. */
export function groupItems<T extends MenuItem>(
  ranked: readonly RankedItem<T>[],
): Array<{ title: string; items: RankedItem<T>[] }> {
  const groups = new Map<string, RankedItem<T>[]>();
  for (const one of ranked) groups.set(one.item.group, [...(groups.get(one.item.group) ?? []), one]);
  return [...groups].map(([title, items]) => ({ title, items }));
}
