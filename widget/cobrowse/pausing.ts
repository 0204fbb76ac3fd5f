import { cobrowseRuleAt, type PauseReason } from '../../shared/model/cobrowse-rules.ts';
import type { CobrowseRule } from '../../shared/model/site.ts';

/** What decides whether a shared page is sent now. */
export interface PauseFacts {
  rules: readonly CobrowseRule[];
  /** The visitor has pressed Pause, here or in another tab. */
  isPausedByVisitor: boolean;
  /** The page keeps the visitor from Stop. */
  isBlocked: boolean;
}

/** Why nothing of the page at this path is sent; null: it is. What the visitor wants is told before what the site wants. */
export function pauseReason(facts: PauseFacts, path: string): PauseReason | null {
  if (facts.isPausedByVisitor) return 'visitor';
  if (cobrowseRuleAt(facts.rules, path)) return 'page';
  return facts.isBlocked ? 'blocked' : null;
}

/** Knows at each moment whether the page may be sent. Asked before anything leaves, so that a new address counts at once. */
export interface Pausing {
  change(facts: Partial<PauseFacts>): void;
  /** As it is now; tells `onChange` first when it has become another one. */
  reason(): PauseReason | null;
}

export function createPausing(parts: {
  rules: readonly CobrowseRule[];
  path(): string;
  onChange(reason: PauseReason | null): void;
}): Pausing {
  let facts: PauseFacts = { rules: parts.rules, isPausedByVisitor: false, isBlocked: false };
  let path: string | undefined;
  let now: PauseReason | null = null;

  function reason(): PauseReason | null {
    if (path === parts.path()) return now;
    path = parts.path();
    const next = pauseReason(facts, path);
    if (next !== now) {
      now = next;
      parts.onChange(next);
    }
    return now;
  }

  return {
    reason,
    change(changed) {
      facts = { ...facts, ...changed };
      path = undefined;
      reason();
    },
  };
}
