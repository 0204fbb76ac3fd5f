import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLineDelay, median } from '../../../../console/cobrowse/line-delay.ts';

describe('the delay of the line', () => {
  let nowMs = 0;
  let tripMs = 40;
  const roundTrip = async () => {
    nowMs += tripMs;
  };
  beforeEach(() => {
    vi.useFakeTimers();
    nowMs = 0;
    tripMs = 40;
  });
  afterEach(() => vi.useRealTimers());

  it('is half a round trip and what drawing takes, and unknown until both are measured', async () => {
    const line = createLineDelay({ roundTrip, nowMs: () => nowMs });
    await vi.advanceTimersByTimeAsync(0);
    expect(line.delayMs.value).toBeNull();
    for (const drawnMs of [12, 500, 14]) line.drawn(drawnMs);
    expect(line.delayMs.value).toBe(34);
    line.close();
    line.close();
  });

  it('takes the shortest of the last trips', async () => {
    const line = createLineDelay({ roundTrip, nowMs: () => nowMs });
    tripMs = 300;
    await vi.advanceTimersByTimeAsync(10_000);
    line.drawn(10);
    expect(line.delayMs.value).toBe(30);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(line.delayMs.value).toBe(160);
    line.close();
  });

  it('is unknown again when the server cannot be reached', async () => {
    let isDown = false;
    const line = createLineDelay({
      roundTrip: () => (isDown ? Promise.reject(new Error('down')) : roundTrip()),
      nowMs: () => nowMs,
    });
    await vi.advanceTimersByTimeAsync(0);
    line.drawn(10);
    expect(line.delayMs.value).not.toBeNull();
    isDown = true;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(line.delayMs.value).toBeNull();
    line.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has a median', () => {
    expect(median([])).toBeNull();
    expect(median([5, 1, 9])).toBe(5);
  });
});
