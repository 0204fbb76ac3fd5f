import { describe, expect, it } from 'vitest';
import { EpochBuffer } from '../../../../server/relay/epoch-buffer.ts';

const tab = 'tab-0001';
const bounds = { maxBytes: 1_000, maxPartsPerBatch: 4 };
const epoch = (number: number) => ({ tab, epoch: number, reason: 'started' as const });
const part = (number: number, batch: number, index = 0, parts = 1) => ({
  tab,
  epoch: number,
  batch,
  part: index,
  parts,
});
/** What it costs to keep any frame is part of its bytes. */
const overhead = 256;
const bytes = (size: number) => new Uint8Array(size);

describe('epoch buffer', () => {
  it('keeps an epoch from its first batch on, parts included', () => {
    const buffer = new EpochBuffer(bounds);
    expect(buffer.start(epoch(1))).toBe(true);
    expect(buffer.add(part(1, 0, 0, 2), bytes(30))).toBe('kept');
    expect(buffer.add(part(1, 0, 1, 2), bytes(30))).toBe('kept');
    expect(buffer.add(part(1, 1), bytes(5))).toBe('kept');
    expect(buffer.frames.map((frame) => [frame.header.batch, frame.header.part])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
    ]);
    expect(buffer.bytes).toBe(65 + 3 * overhead);
    expect(buffer.bytesFrom(0)).toBe(65 + 3 * overhead);
    expect(buffer.bytesFrom(2)).toBe(5 + overhead);
    expect(buffer.bytesFrom(3)).toBe(0);
  });

  it.each([
    ['a missing batch', part(1, 2)],
    ['a batch repeated', part(1, 0)],
    ['a part out of order', part(1, 1, 1, 2)],
    ['more parts than allowed', part(1, 1, 0, 5)],
    ['a part beyond its count', part(1, 1, 0, 0)],
    ['an epoch that was not announced', part(2, 0)],
  ])('CB2: %s makes a hole, and nothing after it is kept until the next epoch', (_what, header) => {
    const buffer = new EpochBuffer(bounds);
    buffer.start(epoch(1));
    buffer.add(part(1, 0), bytes(10));
    expect(buffer.add(header, bytes(1))).toBe('hole');
    expect(buffer.isWhole).toBe(false);
    expect(buffer.frames).toEqual([]);
    expect(buffer.add(part(1, 1), bytes(1))).toBe('stale');
    expect(buffer.start(epoch(3))).toBe(true);
    expect(buffer.add(part(3, 0), bytes(1))).toBe('kept');
    expect(buffer.isWhole).toBe(true);
  });

  it('a batch whose parts change their count makes a hole', () => {
    const buffer = new EpochBuffer(bounds);
    buffer.start(epoch(1));
    buffer.add(part(1, 0, 0, 3), bytes(1));
    expect(buffer.add(part(1, 0, 1, 2), bytes(1))).toBe('hole');
  });

  it('drops what is kept when the epoch grows over its bound', () => {
    const buffer = new EpochBuffer(bounds);
    buffer.start(epoch(1));
    buffer.add(part(1, 0), bytes(900 - overhead));
    expect(buffer.add(part(1, 1), bytes(1))).toBe('oversize');
    expect(buffer.bytes).toBe(0);
  });

  it('ignores an epoch that is not newer, and parts of one that is over', () => {
    const buffer = new EpochBuffer(bounds);
    buffer.start(epoch(5));
    buffer.add(part(5, 0), bytes(1));
    expect(buffer.start(epoch(5))).toBe(false);
    expect(buffer.start(epoch(4))).toBe(false);
    expect(buffer.add(part(4, 1), bytes(1))).toBe('stale');
    expect(buffer.bytes).toBe(1 + overhead);
  });

  it('after a new connection an epoch may have any number, once; until it begins the old one is kept', () => {
    const buffer = new EpochBuffer(bounds);
    buffer.start(epoch(5));
    buffer.add(part(5, 0), bytes(1));
    buffer.takeAnyNumber();
    expect(buffer.frames).toHaveLength(1);
    expect(buffer.start(epoch(2))).toBe(true);
    expect(buffer.add(part(2, 0), bytes(1))).toBe('kept');
    expect(buffer.start(epoch(1))).toBe(false);
  });

  it('counts empty frames for what it costs to keep them', () => {
    const buffer = new EpochBuffer(bounds);
    buffer.start(epoch(1));
    const placed = [0, 1, 2, 3].map((batch) => buffer.add(part(1, batch), bytes(0)));
    expect(placed).toEqual(['kept', 'kept', 'kept', 'oversize']);
  });
});
