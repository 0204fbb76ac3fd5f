import type { BatchPart, EpochStart } from '../../shared/protocol.ts';
import { heldBytes } from './held-bytes.ts';

/** One frame of a stream as it is kept and passed on. The relay never looks inside `bytes`. */
export interface StreamFrame {
  header: BatchPart;
  bytes: Uint8Array;
}

/**
 * What became of a part:
 * `kept`; `stale`: of an epoch that is over; `hole`: numbering does not go on where it stopped;
 * `oversize`: the epoch grew over its bound. After the last two only a new epoch helps.
 */
export type Placed = 'kept' | 'stale' | 'hole' | 'oversize';

/**
 * The current epoch of one tab, from its full snapshot on: what a late agent needs to be live at once.
 * Bounded in bytes; checks the numbering, so that nobody ever applies a mutation across a hole.
 */
export class EpochBuffer {
  readonly #maxBytes: number;
  readonly #maxParts: number;
  #start: EpochStart | null = null;
  #frames: StreamFrame[] = [];
  /** Held bytes of all frames up to and including the one at the same index. */
  #bytesUpTo: number[] = [];
  #expected = { batch: 0, part: 0 };
  #broken = false;
  #takesAnyNumber = false;

  constructor(bounds: { maxBytes: number; maxPartsPerBatch: number }) {
    this.#maxBytes = bounds.maxBytes;
    this.#maxParts = bounds.maxPartsPerBatch;
  }

  /** The epoch that is kept, or null before the first one. */
  get started(): EpochStart | null {
    return this.#start;
  }
  /** False after a hole or over the bound: what is kept leads nowhere. */
  get isWhole(): boolean {
    return this.#start !== null && !this.#broken;
  }
  get frames(): readonly StreamFrame[] {
    return this.#frames;
  }
  get bytes(): number {
    return this.#bytesUpTo.at(-1) ?? 0;
  }

  /** Bytes from frame `index` to the end. */
  bytesFrom(index: number): number {
    return this.bytes - (index > 0 ? (this.#bytesUpTo[index - 1] ?? this.bytes) : 0);
  }

  /**
   * The tab has a new connection: its next epoch may have any number, for the page's clock may have gone back. What is
   * kept stays until then.
   */
  takeAnyNumber(): void {
    this.#takesAnyNumber = true;
  }

  /** Starts a new epoch and forgets the one before. False when it is not newer. */
  start(epoch: EpochStart): boolean {
    if (this.#start && !this.#takesAnyNumber && epoch.epoch <= this.#start.epoch) return false;
    this.#takesAnyNumber = false;
    this.#start = epoch;
    this.#drop();
    this.#broken = false;
    this.#expected = { batch: 0, part: 0 };
    return true;
  }

  add(header: BatchPart, bytes: Uint8Array): Placed {
    const current = this.#start?.epoch ?? 0;
    if (header.epoch < current) return 'stale';
    if (this.#broken && header.epoch === current) return 'stale';
    const { batch, part } = this.#expected;
    const fits =
      header.epoch === current &&
      header.batch === batch &&
      header.part === part &&
      header.part < header.parts &&
      header.parts <= this.#maxParts &&
      (part === 0 || header.parts === this.#frames.at(-1)?.header.parts);
    if (!fits) return this.#break('hole');
    const bytesAfter = this.bytes + heldBytes(bytes);
    if (bytesAfter > this.#maxBytes) return this.#break('oversize');
    this.#bytesUpTo.push(bytesAfter);
    this.#frames.push({ header, bytes });
    this.#expected =
      header.part + 1 < header.parts ? { batch, part: part + 1 } : { batch: batch + 1, part: 0 };
    return 'kept';
  }

  #break(how: 'hole' | 'oversize'): Placed {
    this.#broken = true;
    this.#drop();
    return how;
  }

  #drop(): void {
    this.#frames = [];
    this.#bytesUpTo = [];
  }
}
