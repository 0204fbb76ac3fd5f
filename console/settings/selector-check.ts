import type { PrivacyRule } from '../../shared/model/site.ts';

/** The first selector that a browser would not understand, or null. */
export function wrongSelector(selectors: readonly string[]): string | null {
  const nowhere = document.createDocumentFragment();
  for (const selector of selectors) {
    try {
      nowhere.querySelector(selector);
    } catch {
      return selector;
    }
  }
  return null;
}

/** What is wrong with the selectors of privacy rules, by path: `privacy.rules.0.mask`. */
export function selectorErrors(rules: readonly PrivacyRule[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [index, rule] of rules.entries()) {
    for (const part of ['mask', 'block', 'unmask'] as const) {
      const wrong = wrongSelector(rule[part]);
      if (wrong !== null) errors[`privacy.rules.${index}.${part}`] = `“${wrong}” is not a CSS selector.`;
    }
  }
  return errors;
}
