/** A file on its way in: its bytes are complete, and nobody can read it yet. */
export interface IncomingFile {
  sizeBytes: number;
  /** Where its bytes lie for those who look what they are. */
  path: string;
  /** Puts it on the shelf for good. */
  keep(id: string): Promise<void>;
  /** Leaves nothing of it. After `keep` it does nothing. */
  discard(): Promise<void>;
}

/** Part of a file: bytes `from` to `to`, both included. */
export interface ByteRange {
  from: number;
  to: number;
}

/**
 * Bytes by id, and nothing else: whose they are, what they are and who may read them is not the shelf's matter.
 * `unavailable` when the medium fails or is full.
 */
export interface FileShelf {
  /** Takes bytes in. `too_large` over `maxBytes`, `empty_file` without any; after a failure nothing is left. */
  receive(bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<IncomingFile>;
  /** Null when there is no such file. The stream must be read to its end or cancelled. */
  read(id: string, range?: ByteRange): Promise<ReadableStream<Uint8Array> | null>;
  /** Files whose bytes came before then. */
  keptBefore(beforeMs: number): Promise<string[]>;
  /** Removing one that is not there changes nothing. */
  remove(id: string): Promise<void>;
}
