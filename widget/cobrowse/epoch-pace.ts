/** A page that turns something private on and off, or a relay that keeps asking, must not make an epoch of each turn. */
export const epochEveryMs = 2_000;

/** How long an epoch of one kind has to wait after the last one of its kind; 0: it may begin. */
export function epochDelayMs(lastAtMs: number, nowMs: number): number {
  // A clock that was set back must not make it wait for longer.
  return Math.min(epochEveryMs, Math.max(0, lastAtMs + epochEveryMs - nowMs));
}

export type FlushStep = { leaves: true } | { leaves: false; restartAfterMs: number };

/**
 * Whether what was recorded may leave the page. Once something that was shown has become private, nothing does until a
 * new epoch has begun without it; that epoch may have to wait, the silence may not.
 */
export function nextFlush(facts: {
  hasPrivacyChanged: boolean;
  lastPrivacyEpochMs: number;
  nowMs: number;
}): FlushStep {
  if (!facts.hasPrivacyChanged) return { leaves: true };
  return { leaves: false, restartAfterMs: epochDelayMs(facts.lastPrivacyEpochMs, facts.nowMs) };
}
