import { maxLiveVisitors } from '../../shared/limits.ts';
import type { LiveVisitor } from '../../shared/model/visitor.ts';

/** How many are on the site: "1 visitor", "42 visitors", "500+ visitors". */
export function countWords(total: number): string {
  if (total > maxLiveVisitors) return `${maxLiveVisitors}+ visitors`;
  return total === 1 ? '1 visitor' : `${total} visitors`;
}

/** Path of a page, as short as it is clear; what is no address stands as it is. */
export function pathOf(url: string): string {
  try {
    const { pathname, search } = new URL(url);
    return decodeURI(pathname) + search;
  } catch {
    // A page that told no address, or one with broken escapes.
    return url;
  }
}

/** Host that a visit came from; '' for a visit that came from nowhere or from the site itself. */
export function sourceOf({ referrer, page }: Pick<LiveVisitor, 'referrer' | 'page'>): string {
  try {
    const { host } = new URL(referrer);
    return host === new URL(page.url).host ? '' : host.replace(/^www\./, '');
  } catch {
    // No address: typed, from a bookmark, or hidden by the page before.
    return '';
  }
}
