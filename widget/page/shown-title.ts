import { selectorsFor } from '../../shared/model/page-address.ts';
import { maskPatterns } from '../../shared/model/privacy.ts';
import type { PrivacyRule } from '../../shared/model/site.ts';
import type { TitledPage } from './text-judge.ts';

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
  return maskPatterns(page.title);
}
