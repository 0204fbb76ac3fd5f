import { maxTitleChars } from '../../shared/limits.ts';
import { maskPatterns, selectorsFor } from '../../shared/model/privacy.ts';
import type { PrivacyRule } from '../../shared/model/site.ts';

/** The page, as far as its title is concerned. */
export interface TitledPage {
  title: string;
  querySelector(selector: 'title'): { closest(selector: string): unknown } | null;
}

/**
 * The page's title as agents may see it, on every connection: without what is private in any text, and '' where a mark
 * or a rule for this path masks or blocks it. As for the rest of the page, a rule that cannot be read masks.
 */
export function shownTitle(page: TitledPage, rules: readonly PrivacyRule[], path: string): string {
  const { mask, block } = selectorsFor(rules, path);
  const element = page.querySelector('title');
  const isPrivate = (selector: string) => {
    try {
      return element?.closest(selector);
    } catch {
      return true;
    }
  };
  if (['[data-rapport-mask]', '[data-rapport-block]', ...mask, ...block].some(isPrivate)) return '';
  return maskPatterns(page.title).slice(0, maxTitleChars);
}
