/** Rate limit: `ratePerSecond` on average, `burst` at once. */
export interface BucketLimits {
  ratePerSecond: number;
  burst: number;
}

/** Token bucket on a clock given by the caller. */
export class TokenBucket {
  readonly #limits: BucketLimits;
  #tokens: number;
  #atMs: number;

  constructor(limits: BucketLimits, nowMs: number) {
    this.#limits = limits;
    this.#tokens = limits.burst;
    this.#atMs = nowMs;
  }

  /** Whether `take` would take them. */
  has(nowMs: number, cost = 1): boolean {
    const { ratePerSecond, burst } = this.#limits;
    return Math.min(burst, this.#tokens + (Math.max(0, nowMs - this.#atMs) / 1000) * ratePerSecond) >= cost;
  }

  /** Takes `cost` tokens and returns 0, or takes none and returns the ms until they will be there. */
  take(nowMs: number, cost = 1): number {
    const { ratePerSecond, burst } = this.#limits;
    const gained = (Math.max(0, nowMs - this.#atMs) / 1000) * ratePerSecond;
    this.#tokens = Math.min(burst, this.#tokens + gained);
    this.#atMs = nowMs;
    if (this.#tokens >= cost) {
      this.#tokens -= cost;
      return 0;
    }
    return Math.ceil(((cost - this.#tokens) / ratePerSecond) * 1000);
  }
}
