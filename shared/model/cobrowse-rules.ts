import { matchesPath } from './page-address.ts';
import type { CobrowseRule } from './site.ts';

/** What holds at this path; the stricter rule wins. Null: the page may be shared. */
export function cobrowseRuleAt(rules: readonly CobrowseRule[], path: string): CobrowseRule['action'] | null {
  const found = rules.filter((rule) => matchesPath(rule.path, path)).map(({ action }) => action);
  return found.includes('never') ? 'never' : (found[0] ?? null);
}

/**
 * Why nothing of a page is sent though it is shared: the visitor has paused, the site's rules say so for this page, or
 * the page keeps the visitor from Stop.
 */
export const pauseReasons = ['visitor', 'page', 'blocked'] as const;
export type PauseReason = (typeof pauseReasons)[number];
