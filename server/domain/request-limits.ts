import { type BucketLimits, TokenBucket } from '../../shared/model/token-bucket.ts';

/** All requests of one caller: far above what a person with several tabs causes. */
const all: BucketLimits = { ratePerSecond: 20, burst: 60 };
/** Texts: faster than anybody types, with room for an outbox that comes back online. */
const texts: BucketLimits = { ratePerSecond: 5, burst: 20 };
/** Requests that hash a password. */
const heavy: BucketLimits = { ratePerSecond: 0.2, burst: 3 };

const textEvents = new Set(['message:send', 'conversation:start']);
const heavyEvents = new Set(['team:add', 'password:change']);
/** Cheap ones: told on, not stored. */
const costs: Record<string, number> = { 'typing:set': 0.25 };

/** Refusals in a row after which a caller is not worth an answer. */
const maxRefusedInARow = 200;

export interface RequestLimits {
  /** 0, or the ms until this request may be tried again. */
  take(event: string, nowMs: number): number;
  /** The caller keeps on asking whatever it is told: its connection may be closed. */
  isFlood(): boolean;
}

/** How much one caller may ask. */
export function createRequestLimits(nowMs: number): RequestLimits {
  const buckets = {
    all: new TokenBucket(all, nowMs),
    texts: new TokenBucket(texts, nowMs),
    heavy: new TokenBucket(heavy, nowMs),
  };
  let refusedInARow = 0;

  return {
    take(event, atMs) {
      const special = textEvents.has(event) ? buckets.texts : heavyEvents.has(event) ? buckets.heavy : null;
      const waitMs = (special?.take(atMs) ?? 0) || buckets.all.take(atMs, costs[event] ?? 1);
      refusedInARow = waitMs > 0 ? refusedInARow + 1 : 0;
      return waitMs;
    },
    isFlood: () => refusedInARow > maxRefusedInARow,
  };
}
