import { TokenBucket } from '../../shared/model/token-bucket.ts';

/** Text that the stream may take, on average and at once. A page's animation or advert can make any amount. */
const limits = { ratePerSecond: 400_000, burst: 4_000_000 };
/** Pauses grow while the storm lasts. */
const firstPauseMs = 1_000;
const longestPauseMs = 16_000;
const calmAfterMs = 30_000;

/** Says when a page changes faster than the stream may follow, and how long to wait before a new epoch shows it. */
export class StormGuard {
  #bucket: TokenBucket;
  #pauseMs = 0;
  #pausedAtMs = 0;

  constructor(nowMs: number) {
    this.#bucket = new TokenBucket(limits, nowMs);
  }

  /** 0: go on. Otherwise the milliseconds to pause; what happens in them is not followed. */
  take(chars: number, nowMs: number): number {
    return this.#bucket.take(nowMs, chars) > 0 ? this.pause(nowMs) : 0;
  }

  /** The stream broke off: how long to wait before the next epoch, which starts with a full allowance. */
  pause(nowMs: number): number {
    const isCalm = nowMs - this.#pausedAtMs > calmAfterMs;
    this.#pauseMs = isCalm ? firstPauseMs : Math.min(longestPauseMs, this.#pauseMs * 2);
    this.#pausedAtMs = nowMs;
    this.#bucket = new TokenBucket(limits, nowMs);
    return this.#pauseMs;
  }
}
