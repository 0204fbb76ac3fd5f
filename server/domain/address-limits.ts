import { type BucketLimits, TokenBucket } from '../../shared/model/token-bucket.ts';
import type { RequestLimits } from './request-limits.ts';

/**
 * All requests of visitors without a record. Nothing of them is kept, but each one costs a look into the database. An
 * office that comes back at once after a restart, every page with two questions, fits into the burst.
 */
const strangers: BucketLimits = { ratePerSecond: 20, burst: 1_000 };
/**
 * Conversations and offers begun, the only requests that make a visitor's record: whoever makes up a new token for each
 * has no other bound. A large office writes less; a flood from one address adds 3,600 records an hour instead of
 * 450,000.
 */
const beginnings: BucketLimits = { ratePerSecond: 1, burst: 60 };
const beginningEvents = new Set(['conversation:start', 'cobrowse:offer', 'cobrowse:code']);

/** Addresses remembered; the one that has been silent longest goes first, which only ever forgives. */
const maxAddresses = 20_000;

export interface AddressLimits {
  /** A visitor's own limits with those of its address. */
  join(own: RequestLimits, visitor: { address: string; hasRecord(): boolean }): RequestLimits;
}

/** How much the visitors of one network address may ask together, over sockets and HTTP. */
export function createAddressLimits(): AddressLimits {
  const known = new Map<string, { strangers: TokenBucket; beginnings: TokenBucket }>();

  const bucketsOf = (address: string, nowMs: number) => {
    const buckets = known.get(address) ?? {
      strangers: new TokenBucket(strangers, nowMs),
      beginnings: new TokenBucket(beginnings, nowMs),
    };
    known.delete(address);
    known.set(address, buckets);
    for (const oldest of known.keys()) {
      if (known.size <= maxAddresses) break;
      known.delete(oldest);
    }
    return buckets;
  };

  const take = (address: string, event: string, hasRecord: boolean, nowMs: number): number => {
    const isBeginning = beginningEvents.has(event);
    if (hasRecord && !isBeginning) return 0;
    const buckets = bucketsOf(address, nowMs);
    const waitMs = isBeginning ? buckets.beginnings.take(nowMs) : 0;
    return waitMs || (hasRecord ? 0 : buckets.strangers.take(nowMs));
  };

  return {
    join: (own, { address, hasRecord }) => ({
      take: (event, nowMs) => own.take(event, nowMs) || take(address, event, hasRecord(), nowMs),
      isFlood: own.isFlood,
    }),
  };
}
