import { createRequestLimits, type RequestLimits } from './request-limits.ts';

export interface CallerLimits {
  of(key: string, nowMs: number): RequestLimits;
  /** The key proved to be that of somebody we know. */
  trust(key: string): void;
  isTrusted(key: string): boolean;
}

/**
 * Limits of callers that have no connection to keep them by. Keys that nobody has vouched for are remembered apart from
 * the others: made-up ones push out only each other.
 */
export function createCallerLimits({
  maxCallers,
  role = 'visitor',
}: {
  maxCallers: number;
  role?: 'visitor' | 'agent';
}): CallerLimits {
  const trusted = new Map<string, RequestLimits>();
  const strangers = new Map<string, RequestLimits>();

  const keep = (map: Map<string, RequestLimits>, key: string, limits: RequestLimits) => {
    map.delete(key);
    map.set(key, limits);
    for (const oldest of map.keys()) {
      if (map.size <= maxCallers) break;
      map.delete(oldest);
    }
  };

  return {
    of(key, nowMs) {
      const map = trusted.has(key) ? trusted : strangers;
      const limits = map.get(key) ?? createRequestLimits(nowMs, role);
      keep(map, key, limits);
      return limits;
    },
    trust(key) {
      const limits = strangers.get(key);
      if (!limits) return;
      strangers.delete(key);
      keep(trusted, key, limits);
    },
    isTrusted: (key) => trusted.has(key),
  };
}
