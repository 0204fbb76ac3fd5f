import { type BucketLimits, TokenBucket } from '../../shared/model/token-bucket.ts';

/** Files of one caller: a person who sends a folder of photos, not a program. */
const callerFiles: BucketLimits = { ratePerSecond: 0.5, burst: 40 };
const callerBytes: BucketLimits = { ratePerSecond: 512 * 1024, burst: 256 * 1024 * 1024 };
/** Files of one network address: a large office, and 40 GB a day from one that wants to fill the disk. */
const addressFiles: BucketLimits = { ratePerSecond: 2, burst: 200 };
const addressBytes: BucketLimits = { ratePerSecond: 512 * 1024, burst: 1024 * 1024 * 1024 };

/** Keys remembered; the one that has been silent longest goes first, which only ever forgives. */
const maxKeys = 20_000;

export interface FileLimits {
  /** 0, or the ms until a file of this size may be sent. */
  take(upload: { caller: string; address: string; bytes: number }, nowMs: number): number;
}

/** How many files, and how much of them, a caller and an address may send. */
export function createFileLimits(): FileLimits {
  const callers = createBuckets(callerFiles, callerBytes);
  const addresses = createBuckets(addressFiles, addressBytes);
  return {
    take: ({ caller, address, bytes }, nowMs) =>
      callers.take(caller, bytes, nowMs) || addresses.take(address, bytes, nowMs),
  };
}

function createBuckets(files: BucketLimits, bytes: BucketLimits) {
  const known = new Map<string, { files: TokenBucket; bytes: TokenBucket }>();
  return {
    take(key: string, size: number, nowMs: number): number {
      const buckets = known.get(key) ?? {
        files: new TokenBucket(files, nowMs),
        bytes: new TokenBucket(bytes, nowMs),
      };
      known.delete(key);
      known.set(key, buckets);
      for (const oldest of known.keys()) {
        if (known.size <= maxKeys) break;
        known.delete(oldest);
      }
      return buckets.files.take(nowMs) || buckets.bytes.take(nowMs, size);
    },
  };
}
