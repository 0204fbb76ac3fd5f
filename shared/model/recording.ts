import type { AssetPart, BatchPart, EpochStart } from '../protocol.ts';

/**
 * What a recording of a co-browse session holds: the stream as agents got it, in order, each record with its time since
 * the recording began. Nothing else is stored, and all of it has passed the filter in the visitor's page.
 */
export type RecordHead = { atMs: number } & (
  | ({ type: 'epoch' } & EpochStart)
  | ({ type: 'batch' } & BatchPart)
  | ({ type: 'asset' } & AssetPart)
  /** The tab that agents saw from here on, and its page; `online`: the visitor's page was connected. */
  | { type: 'shown'; tab: string | null; url: string; title: string; online: boolean }
  /** An agent did something on the page. */
  | { type: 'action'; agentName: string; words: string }
);

export interface StreamRecord {
  head: RecordHead;
  bytes: Uint8Array;
}

const recordTypes: ReadonlySet<string> = new Set(['epoch', 'batch', 'asset', 'shown', 'action']);
/** Length of the head and of the bytes, four bytes each. */
const prefixBytes = 8;

/** A record as it stands in a chunk: the two lengths, big-endian, the head as JSON, the bytes. */
export function encodeRecord({ head, bytes }: StreamRecord): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const record = new Uint8Array(prefixBytes + json.length + bytes.length);
  const lengths = new DataView(record.buffer);
  lengths.setUint32(0, json.length);
  lengths.setUint32(4, bytes.length);
  record.set(json, prefixBytes);
  record.set(bytes, prefixBytes + json.length);
  return record;
}

/** The records of a chunk, which always holds whole ones. Throws when it is none. */
export function decodeRecords(chunk: Uint8Array): StreamRecord[] {
  const records: StreamRecord[] = [];
  const lengths = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  for (let at = 0; at < chunk.length; ) {
    if (at + prefixBytes > chunk.length) throw new Error('a record is cut off');
    const headEnd = at + prefixBytes + lengths.getUint32(at);
    const end = headEnd + lengths.getUint32(at + 4);
    if (end > chunk.length) throw new Error('a record is cut off');
    const head: unknown = JSON.parse(new TextDecoder().decode(chunk.subarray(at + prefixBytes, headEnd)));
    if (!isHead(head)) throw new Error('a record has no head');
    records.push({ head, bytes: chunk.slice(headEnd, end) });
    at = end;
  }
  return records;
}

/** The chunk is authentic, so its heads are what the relay has checked at its door; this tells versions apart. */
function isHead(value: unknown): value is RecordHead {
  if (typeof value !== 'object' || value === null) return false;
  const { type, atMs } = value as Record<string, unknown>;
  return typeof type === 'string' && recordTypes.has(type) && typeof atMs === 'number' && atMs >= 0;
}
