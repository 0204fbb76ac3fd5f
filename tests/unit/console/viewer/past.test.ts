import { beforeEach, describe, expect, it } from 'vitest';
import { createPast, type Past } from '../../../../console/viewer/past.ts';

let past: Past;
beforeEach(() => {
  past = createPast();
});

const add = (epoch: number, batch: number, arrivedAtMs: number, length = 10, part = 0, parts = 1) =>
  past.add({ header: { tab: 't', epoch, batch, part, parts }, bytes: new Uint8Array(length), arrivedAtMs });
const at = (atMs: number) => {
  const found = past.at(atMs);
  return found && [found.epoch.epoch, found.count];
};

describe('the last minute', () => {
  it('finds the epoch of a moment and what had come by then', () => {
    past.startEpoch('t', 1, 1_000);
    add(1, 0, 1_100);
    add(1, 1, 2_000);
    past.startEpoch('t', 2, 3_000);
    add(2, 0, 3_200);
    expect(at(1_050)).toBeNull();
    expect(at(1_100)).toEqual([1, 1]);
    expect(at(2_500)).toEqual([1, 2]);
    // The picture before stays until the next one is there.
    expect(at(3_100)).toEqual([1, 2]);
    expect(at(9_000)).toEqual([2, 1]);
    expect(past.earliestMs(9_000)).toBe(1_100);
  });

  it('a batch in parts is a picture when its last part is there', () => {
    past.startEpoch('t', 1, 0);
    add(1, 0, 10, 10, 0, 2);
    expect(at(15)).toBeNull();
    expect(past.earliestMs(15)).toBeNull();
    add(1, 0, 20, 10, 1, 2);
    expect(at(20)).toEqual([1, 2]);
    expect(past.earliestMs(25)).toBe(20);
  });

  it('goes back a minute and no further, and keeps an epoch as long as a moment of it can be shown', () => {
    past.startEpoch('t', 1, 0);
    add(1, 0, 0);
    past.startEpoch('t', 2, 50_000);
    add(2, 0, 50_000);
    expect(past.earliestMs(100_000)).toBe(40_000);
    expect(at(45_000)).toEqual([1, 1]);
    expect(past.earliestMs(111_000)).toBe(51_000);
    expect(at(45_000)).toBeNull();
    expect(past.earliestMs(500_000)).toBe(440_000);
  });

  it('keeps no more than its bytes: the oldest epoch goes first', () => {
    past.startEpoch('t', 1, 0);
    add(1, 0, 0, 10 * 1024 * 1024);
    past.startEpoch('t', 2, 1_000);
    add(2, 0, 1_000, 10 * 1024 * 1024);
    expect(at(500)).toBeNull();
    expect(at(1_500)).toEqual([2, 1]);
  });

  it('takes nothing across a hole', () => {
    past.startEpoch('t', 1, 0);
    add(1, 0, 0);
    past.end(1_000);
    add(1, 1, 2_000);
    add(7, 0, 2_000);
    expect(at(5_000)).toEqual([1, 1]);
    past.clear();
    expect(past.earliestMs(5_000)).toBeNull();
  });
});
