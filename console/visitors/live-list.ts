import { type LiveVisitor, liveVisitorName } from '../../shared/model/visitor.ts';
import { languageWords } from '../visitor-words.ts';
import { pathOf } from './visit-words.ts';

/** Who is on a site, as far as it is told one by one. */
export interface LiveList {
  visitors: ReadonlyMap<string, LiveVisitor>;
  /** With those beyond the list. */
  total: number;
}

/** A list of rows that somebody reads: `gone` ones keep their place until it may move. */
export interface ShownList {
  ids: readonly string[];
  gone: ReadonlySet<string>;
  /** Visitors who have come and do not stand in it yet. */
  waiting: number;
}

export const emptyList: LiveList = { visitors: new Map(), total: 0 };

export function listOf(visitors: readonly LiveVisitor[], total: number): LiveList {
  return { visitors: new Map(visitors.map((visitor) => [visitor.id, visitor])), total };
}

/** Somebody came, or moved to another page. */
export function withVisitor(list: LiveList, visitor: LiveVisitor): LiveList {
  const isNew = !list.visitors.has(visitor.id);
  return {
    visitors: new Map([...list.visitors, [visitor.id, visitor]]),
    total: list.total + (isNew ? 1 : 0),
  };
}

export function withoutVisitor(list: LiveList, id: string): LiveList {
  if (!list.visitors.has(id)) return list;
  const visitors = new Map(list.visitors);
  visitors.delete(id);
  return { visitors, total: Math.max(visitors.size, list.total - 1) };
}

/** Whether all that is typed stands somewhere in what is known of a visitor. */
export function matchesSearch(visitor: LiveVisitor, typed: string, locale: string): boolean {
  const { page, referrer, browser, language } = visitor;
  const told = [liveVisitorName(visitor), page.title, pathOf(page.url), page.url, referrer, browser];
  const text = [...told, languageWords(language, locale)].join(' ').toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/**
 * The rows to show next. While it is `held` (the pointer or the keyboard is in it) nothing moves: who leaves stays in
 * place, marked, and who comes waits. Otherwise the newest visit stands first.
 */
export function nextShown(before: ShownList, visitors: readonly LiveVisitor[], held: boolean): ShownList {
  const here = new Set(visitors.map(({ id }) => id));
  if (held) {
    const known = new Set(before.ids);
    return {
      ids: before.ids,
      gone: new Set(before.ids.filter((id) => !here.has(id))),
      waiting: visitors.filter(({ id }) => !known.has(id)).length,
    };
  }
  const newestFirst = [...visitors].sort((a, b) => b.sinceMs - a.sinceMs || (a.id < b.id ? -1 : 1));
  return { ids: newestFirst.map(({ id }) => id), gone: new Set(), waiting: 0 };
}
