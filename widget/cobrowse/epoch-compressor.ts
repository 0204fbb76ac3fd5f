type Bytes = Uint8Array<ArrayBuffer>;
type Deflate = (bytes: Bytes, dictionary: Uint8Array) => Promise<Bytes>;

/** Deflate looks back this far. */
export const dictionaryBytes = 32 * 1024;

/**
 * Compresses the batches of one epoch after the other, each with the epoch's last 32 KB of text as dictionary, so that
 * a small batch costs what is new in it.
 */
export interface EpochCompressor {
  startEpoch(): void;
  /** Results come in the order of the calls. Rejects when the batch could not be compressed. */
  add(text: string): Promise<Bytes>;
  close(): void;
}

export function createEpochCompressor(deflate: Deflate): EpochCompressor {
  const encoder = new TextEncoder();
  let dictionary: Bytes = new Uint8Array();
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  return {
    startEpoch() {
      dictionary = new Uint8Array();
    },
    add(text) {
      const bytes = encoder.encode(text);
      const before = dictionary;
      dictionary = tail(before, bytes);
      const result = last.then(() => {
        if (isClosed) throw new Error('closed');
        return deflate(bytes, before);
      });
      last = result.catch(() => undefined);
      return result;
    },
    close() {
      isClosed = true;
      dictionary = new Uint8Array();
    },
  };
}

function tail(before: Bytes, bytes: Bytes): Bytes {
  if (bytes.length >= dictionaryBytes) return bytes.slice(bytes.length - dictionaryBytes);
  const kept = before.subarray(Math.max(0, before.length + bytes.length - dictionaryBytes));
  const joined = new Uint8Array(kept.length + bytes.length);
  joined.set(kept);
  joined.set(bytes, kept.length);
  return joined;
}
