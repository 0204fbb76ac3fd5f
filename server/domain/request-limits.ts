import { type BucketLimits, TokenBucket } from '../../shared/model/token-bucket.ts';

/** All requests of one visitor: far above what a person with several tabs causes. */
const ofVisitor: BucketLimits = { ratePerSecond: 20, burst: 60 };
/**
 * All requests of one agent's console. Ten conversations at once: each message that comes in is received and read, its
 * conversation may be opened, the inbox counted again. Far above that, and below the bound on packets.
 */
const ofAgent: BucketLimits = { ratePerSecond: 40, burst: 200 };
/** Texts: faster than anybody types, with room for an outbox that comes back online. */
const texts: BucketLimits = { ratePerSecond: 5, burst: 20 };
/** Requests that hash a password. */
const heavy: BucketLimits = { ratePerSecond: 0.2, burst: 3 };

const textEvents = new Set([
  'message:send',
  'message:edit',
  'message:delete',
  'note:add',
  'macro:run',
  'conversation:start',
  'conversation:begin',
]);
const heavyEvents = new Set(['team:add', 'password:change']);
/** Cheap ones are told on and not stored, or seldom; dear ones look through much. */
const costs: Record<string, number> = {
  'typing:set': 0.25,
  'conversation:view': 0.5,
  'conversation:delivered': 0.5,
  'conversation:read': 0.5,
  'search:find': 3,
};

/** Refusals in a row after which a caller is not worth an answer. */
const maxRefusedInARow = 200;

export interface RequestLimits {
  /** 0, or the ms until this request may be tried again. */
  take(event: string, nowMs: number): number;
  /** The caller keeps on asking whatever it is told: its connection may be closed. */
  isFlood(): boolean;
}

/** How much one caller may ask. */
export function createRequestLimits(nowMs: number, role: 'visitor' | 'agent' = 'visitor'): RequestLimits {
  const buckets = {
    all: new TokenBucket(role === 'agent' ? ofAgent : ofVisitor, nowMs),
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
