import type { AssetPart } from '../../shared/protocol.ts';
import { heldBytes } from './held-bytes.ts';

export interface AssetFrame {
  header: AssetPart;
  bytes: Uint8Array;
}

/** Parts of an asset so far. */
interface Upload {
  frames: AssetFrame[];
  heldBytes: number;
}

/**
 * Images and fonts of one co-browse session, kept so that a late agent gets them without the visitor's page doing
 * anything. Bounded: what does not fit is refused, and its place in the mirror stays an empty box of the right size.
 * An asset appears when its last part is there; what a lost connection left unfinished is forgotten.
 */
export class AssetShelf {
  readonly #maxBytes: number;
  readonly #maxOneBytes: number;
  readonly #maxParts: number;
  readonly #held = new Set<string>();
  readonly #frames: AssetFrame[] = [];
  /** Parts so far, by tab, then by content id: two tabs may send the same image at once. */
  readonly #unfinished = new Map<string, Map<string, Upload>>();
  #bytes = 0;

  constructor(bounds: { maxBytes: number; maxOneBytes: number; maxParts: number }) {
    this.#maxBytes = bounds.maxBytes;
    this.#maxOneBytes = bounds.maxOneBytes;
    this.#maxParts = bounds.maxParts;
  }

  /** Parts of finished assets in the order in which they came: a viewer keeps its place by index. */
  get frames(): readonly AssetFrame[] {
    return this.#frames;
  }

  heldIds(): string[] {
    return [...this.#held];
  }

  /** True when this part finished an asset. Known, out-of-order, empty and oversize parts are refused. */
  add(tab: string, header: AssetPart, bytes: Uint8Array): boolean {
    if (this.#held.has(header.id)) return false;
    const uploads = this.#unfinished.get(tab) ?? new Map<string, Upload>();
    // Part 0 again: the sender starts over, what it had sent is released.
    if (header.part === 0) this.#release(uploads, header.id);
    const upload = uploads.get(header.id) ?? { frames: [], heldBytes: 0 };
    const { frames } = upload;
    const first = frames[0]?.header ?? header;
    const size = heldBytes(bytes);
    const fits =
      bytes.length > 0 &&
      header.part === frames.length &&
      header.part < header.parts &&
      header.parts <= this.#maxParts &&
      header.parts === first.parts &&
      header.mime === first.mime &&
      upload.heldBytes + size <= this.#maxOneBytes &&
      this.#bytes + size <= this.#maxBytes;
    if (!fits) {
      this.#release(uploads, header.id);
      return false;
    }
    this.#bytes += size;
    upload.heldBytes += size;
    frames.push({ header, bytes });
    if (frames.length < header.parts) {
      uploads.set(header.id, upload);
      this.#unfinished.set(tab, uploads);
      return false;
    }
    uploads.delete(header.id);
    this.#held.add(header.id);
    for (const frame of frames) this.#frames.push(frame);
    return true;
  }

  /** The tab's connection is gone: its unfinished uploads will start again from part 0. */
  forgetUnfinished(tab: string): void {
    const uploads = this.#unfinished.get(tab);
    for (const id of [...(uploads?.keys() ?? [])]) if (uploads) this.#release(uploads, id);
    this.#unfinished.delete(tab);
  }

  #release(uploads: Map<string, Upload>, id: string): void {
    this.#bytes -= uploads.get(id)?.heldBytes ?? 0;
    uploads.delete(id);
  }
}
