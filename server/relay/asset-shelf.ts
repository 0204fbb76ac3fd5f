import type { AssetPart } from '../../shared/protocol.ts';

export interface AssetFrame {
  header: AssetPart;
  bytes: Uint8Array;
}

/**
 * Images and fonts of one co-browse session, kept so that a late agent gets them without the visitor's page doing
 * anything. Bounded: what does not fit is refused, and its place in the mirror stays an empty box of the right size.
 * An asset appears when its last part is there; what a lost connection left unfinished is forgotten.
 */
export class AssetShelf {
  readonly #maxBytes: number;
  readonly #maxOneBytes: number;
  readonly #held = new Set<string>();
  readonly #frames: AssetFrame[] = [];
  /** Parts so far, by tab, then by content id: two tabs may send the same image at once. */
  readonly #unfinished = new Map<string, Map<string, AssetFrame[]>>();
  #bytes = 0;

  constructor(bounds: { maxBytes: number; maxOneBytes: number }) {
    this.#maxBytes = bounds.maxBytes;
    this.#maxOneBytes = bounds.maxOneBytes;
  }

  /** Parts of finished assets in the order in which they came: a viewer keeps its place by index. */
  get frames(): readonly AssetFrame[] {
    return this.#frames;
  }

  heldIds(): string[] {
    return [...this.#held];
  }

  /** True when this part finished an asset. Known, out-of-order and oversize parts are refused. */
  add(tab: string, header: AssetPart, bytes: Uint8Array): boolean {
    if (this.#held.has(header.id)) return false;
    const uploads = this.#unfinished.get(tab) ?? new Map<string, AssetFrame[]>();
    this.#unfinished.set(tab, uploads);
    // Part 0 again: the sender starts over, what it had sent is released.
    if (header.part === 0) this.#release(uploads, header.id);
    const parts = uploads.get(header.id) ?? [];
    const first = parts[0]?.header ?? header;
    const sizeBefore = parts.reduce((sum, part) => sum + part.bytes.length, 0);
    const fits =
      header.part === parts.length &&
      header.part < header.parts &&
      header.parts === first.parts &&
      header.mime === first.mime &&
      sizeBefore + bytes.length <= this.#maxOneBytes &&
      this.#bytes + bytes.length <= this.#maxBytes;
    if (!fits) {
      this.#release(uploads, header.id);
      return false;
    }
    this.#bytes += bytes.length;
    parts.push({ header, bytes });
    if (parts.length < header.parts) {
      uploads.set(header.id, parts);
      return false;
    }
    uploads.delete(header.id);
    this.#held.add(header.id);
    this.#frames.push(...parts);
    return true;
  }

  /** The tab's connection is gone: its unfinished uploads will start again from part 0. */
  forgetUnfinished(tab: string): void {
    const uploads = this.#unfinished.get(tab);
    for (const id of [...(uploads?.keys() ?? [])]) if (uploads) this.#release(uploads, id);
    this.#unfinished.delete(tab);
  }

  #release(uploads: Map<string, AssetFrame[]>, id: string): void {
    for (const part of uploads.get(id) ?? []) this.#bytes -= part.bytes.length;
    uploads.delete(id);
  }
}
