/** 2025-01-01. A step of 250 ms from then on stays below the wire's limit of 2^31 until 2042. */
const originMs = 1_735_689_600_000;
const stepMs = 250;

/** Number of a tab's next epoch: grows over page loads, too, without a note of it anywhere. */
export function nextEpoch(last: number, nowMs: number): number {
  return Math.max(last + 1, Math.floor((nowMs - originMs) / stepMs));
}
