import { randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { type ChunkCipher, createChunkCipher, saltBytes, sealBytes } from './chunk-cipher.ts';
import { RecordingDamaged } from './recording-damaged.ts';

/**
 * A recording's file: a head (`RREC`, version, salt), then chunks, each as length, whether it is the last, and the sealed
 * bytes. Written at its end only, so that a crash leaves everything before it readable.
 */
const head = Buffer.from('RREC\x01', 'latin1');
const headBytes = head.length + saltBytes;
const frameBytes = 5;
/** A chunk holds at least one record, whose largest is a part of a batch, and little more than the writer collects. */
export const maxChunkBytes = 1024 * 1024;

interface Frame {
  at: number;
  sealedBytes: number;
  isLast: boolean;
}

export interface FileParts {
  path: string;
  serverKey: Uint8Array;
  sessionId: string;
}

export interface RecordingWriter {
  /** Chunks in the file, and its bytes. */
  readonly chunks: number;
  readonly bytes: number;
  append(plain: Uint8Array, isLast: boolean): Promise<void>;
  close(): Promise<void>;
}

/** Opens for writing; what a crash left half-written at the end is cut off first. */
export async function openRecordingWriter({
  path,
  serverKey,
  sessionId,
}: FileParts): Promise<RecordingWriter> {
  const file = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    let salt: Buffer;
    let frames: Frame[] = [];
    if (size < headBytes) {
      await file.truncate(0);
      salt = randomBytes(saltBytes);
      await file.appendFile(Buffer.concat([head, salt]));
    } else {
      salt = await readSalt(file);
      frames = await readFrames(file);
    }
    const cipher = createChunkCipher(serverKey, salt, sessionId);
    const last = frames.at(-1);
    if (last?.isLast) throw new RecordingDamaged('the recording is complete');
    let bytes = last ? last.at + last.sealedBytes : headBytes;
    if (bytes < size) await file.truncate(bytes);
    let chunks = frames.length;
    return {
      get chunks() {
        return chunks;
      },
      get bytes() {
        return bytes;
      },
      async append(plain, isLast) {
        const sealed = cipher.seal(chunks, isLast, plain);
        const frame = Buffer.alloc(frameBytes);
        frame.writeUInt32BE(sealed.length);
        frame.writeUInt8(isLast ? 1 : 0, 4);
        await file.appendFile(Buffer.concat([frame, sealed]));
        chunks += 1;
        bytes += frame.length + sealed.length;
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Where the whole chunks are, without opening any. */
export async function countChunks(path: string): Promise<{ chunks: number; isWhole: boolean }> {
  return withFile(path, async (file) => {
    const frames = await readFrames(file);
    return { chunks: frames.length, isWhole: frames.at(-1)?.isLast === true };
  });
}

/** Reads one chunk. Throws {@link RecordingDamaged} for one that is not there or does not open. */
export async function readChunk({ path, serverKey, sessionId }: FileParts, index: number): Promise<Buffer> {
  return withFile(path, async (file) => {
    const frame = (await readFrames(file, index + 1))[index];
    if (!frame) throw new RecordingDamaged(`chunk ${index} is missing`);
    const cipher: ChunkCipher = createChunkCipher(serverKey, await readSalt(file), sessionId);
    return cipher.open(index, frame.isLast, await readAt(file, frame.at, frame.sealedBytes));
  });
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new RecordingDamaged('the file is missing') : error;
  });
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  if (bytesRead < length) throw new RecordingDamaged('the file is cut off');
  return buffer;
}

async function readSalt(file: FileHandle): Promise<Buffer> {
  const start = await readAt(file, 0, headBytes);
  if (!start.subarray(0, head.length).equals(head)) throw new RecordingDamaged('this is no recording');
  return start.subarray(head.length);
}

/** The whole frames, at most `limit`; one that is cut off at the end is left out. */
async function readFrames(file: FileHandle, limit = Number.POSITIVE_INFINITY): Promise<Frame[]> {
  const { size } = await file.stat();
  const frames: Frame[] = [];
  for (let at = headBytes; at + frameBytes <= size && frames.length < limit; ) {
    const frame = await readAt(file, at, frameBytes);
    const sealedBytes = frame.readUInt32BE();
    if (sealedBytes > maxChunkBytes + sealBytes) throw new RecordingDamaged('a chunk has no length');
    at += frameBytes;
    if (at + sealedBytes > size) break;
    frames.push({ at, sealedBytes, isLast: frame.readUInt8(4) === 1 });
    at += sealedBytes;
  }
  return frames;
}
