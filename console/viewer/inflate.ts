import { FlateErrorCode, Inflate } from 'fflate';
import { maxInflatedBytes, maxPartBytes, maxPartsPerBatch } from '../../shared/limits.ts';
import type { BatchPart } from '../../shared/protocol.ts';
import type { StreamFault } from './port.ts';

export type Inflated = { ok: true; bytes: Uint8Array } | { ok: false; fault: StreamFault };
/** Null while parts of the batch are missing. */
export type ReadBatch = { ok: true; events: unknown } | { ok: false; fault: StreamFault } | null;

/** Deflate looks back at most this far, so more of the text before is of no use. */
const windowBytes = 32 * 1024;
/** Deflate grows at most 1,032 times, so a bomb is noticed at most 8 MB after the limit. */
const sliceBytes = 8 * 1024;
/** Deepest JSON of an honest page: 600 nested elements, two brackets each, and the event around them. */
const maxDepth = 1_300;

/** Inflates a raw deflate stream that must fill `source` exactly. Never throws. */
export function inflate(source: Uint8Array, dictionary: Uint8Array, maxBytes = maxInflatedBytes): Inflated {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate({ dictionary }, (chunk) => {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
  });
  try {
    for (let at = 0; at < source.length && length <= maxBytes; at += sliceBytes) {
      stream.push(source.subarray(at, at + sliceBytes));
      /** Bytes in later slices than the last block. */
      if (isOver(stream) && at + sliceBytes < source.length) return { ok: false, fault: 'trailing_bytes' };
    }
    if (length > maxBytes) return { ok: false, fault: 'too_large' };
    if (!isOver(stream)) return { ok: false, fault: 'cut_off' };
    if (leftOver(stream) > 0) return { ok: false, fault: 'trailing_bytes' };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { ok: false, fault: code === FlateErrorCode.UnexpectedEOF ? 'cut_off' : 'not_deflate' };
  }
  return { ok: true, bytes: joinParts(chunks) };
}

/** fflate ignores what follows the last block and an end at a byte's edge; only its own state tells both. */
const fflateState = 's';
const fflatePending = 'p';

function isOver(stream: Inflate): boolean {
  const state: { f?: number; l?: unknown } = stream[fflateState];
  return Boolean(state.f) && !state.l;
}

/** Whole bytes after the last block. */
function leftOver(stream: Inflate): number {
  const state: { p?: number } = stream[fflateState];
  const pending: Uint8Array = stream[fflatePending];
  return pending.length - (state.p ? 1 : 0);
}

/** Whether JSON text nests no deeper than `limit`: deeper values overflow the stack of whoever walks them. */
export function isShallow(text: Uint8Array, limit = maxDepth): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at];
    if (inString) {
      if (byte === 0x5c) at += 1;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > limit) return false;
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return true;
}

/** Reads the batches of one epoch, in order; after a fault it is of no more use. */
export function createBatchReader(epoch: { tab: string; epoch: number }) {
  let nextBatch = 0;
  let parts: Uint8Array[] = [];
  let dictionary: Uint8Array = new Uint8Array(0);

  function remember(bytes: Uint8Array) {
    if (bytes.length >= windowBytes) {
      dictionary = bytes.slice(-windowBytes);
      return;
    }
    const keep = dictionary.subarray(Math.max(0, dictionary.length + bytes.length - windowBytes));
    const joined = new Uint8Array(keep.length + bytes.length);
    joined.set(keep);
    joined.set(bytes, keep.length);
    dictionary = joined;
  }

  return {
    read(header: BatchPart, bytes: Uint8Array): ReadBatch {
      if (header.tab !== epoch.tab || header.epoch !== epoch.epoch || header.batch !== nextBatch) {
        return { ok: false, fault: 'batch_out_of_order' };
      }
      if (header.parts < 1 || header.parts > maxPartsPerBatch || bytes.length > maxPartBytes) {
        return { ok: false, fault: 'too_large' };
      }
      if (header.part !== parts.length || header.part >= header.parts) {
        return { ok: false, fault: 'part_out_of_order' };
      }
      parts.push(bytes);
      if (parts.length < header.parts) return null;
      const inflated = inflate(joinParts(parts), dictionary);
      parts = [];
      nextBatch += 1;
      if (!inflated.ok) return inflated;
      if (!isShallow(inflated.bytes)) return { ok: false, fault: 'too_deep' };
      remember(inflated.bytes);
      try {
        const text = new TextDecoder('utf-8', { fatal: true }).decode(inflated.bytes);
        return { ok: true, events: JSON.parse(text) };
      } catch {
        return { ok: false, fault: 'not_json' };
      }
    },
  };
}

export type BatchReader = ReturnType<typeof createBatchReader>;

export function joinParts(parts: Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
