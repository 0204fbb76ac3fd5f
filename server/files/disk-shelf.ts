import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { RapportError } from '../../shared/errors.ts';
import type { FileShelf, IncomingFile } from './file-shelf.ts';

/** The database may stand on the same disk, and must be able to write when visitors have filled it. */
const defaultMinFreeBytes = 256 * 1024 * 1024;
/** An upload that a crash has cut off is removed after this; no upload takes longer. */
const abandonedMs = 60 * 60_000;

const idShape = /^[a-z]{3}_[A-Za-z0-9_-]{21,32}$/;

/**
 * Files in a folder of this machine. Each is written under a temporary name and gets its own only when all of it is on
 * disk, so that a name never stands for half a file. Folders of two letters keep directories short.
 */
export async function openDiskShelf(
  folder: string,
  options: { minFreeBytes?: number; nowMs?: () => number } = {},
): Promise<FileShelf> {
  const { minFreeBytes = defaultMinFreeBytes, nowMs = Date.now } = options;
  const incoming = join(folder, 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  await removeAbandoned(incoming, nowMs() - abandonedMs);

  const placeOf = (id: string): string => {
    if (!idShape.test(id)) throw new RapportError('not_found');
    return join(folder, id.slice(4, 6).toLowerCase(), id);
  };

  return {
    async receive(bytes, maxBytes) {
      const { bavail, bsize } = await statfs(folder).catch(fail);
      if (bavail * bsize < minFreeBytes) fail(new DiskFault('the disk is nearly full', 'ENOSPC'));
      const path = join(incoming, randomBytes(16).toString('base64url'));
      const handle = await open(path, 'wx', 0o600).catch(fail);
      const discard = () => rm(path, { force: true }).catch(fail);
      try {
        const sizeBytes = await write(handle, bytes, maxBytes);
        await handle.sync().catch(fail);
        await handle.close();
        return incomingFile(path, sizeBytes, placeOf, discard);
      } catch (error) {
        await handle.close().catch(() => {});
        await discard();
        throw error;
      }
    },

    async read(id, range) {
      const handle = await openIfThere(placeOf(id));
      if (!handle) return null;
      const stream = handle.createReadStream(range ? { start: range.from, end: range.to } : {});
      return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
    },

    async keptBefore(beforeMs) {
      const ids: string[] = [];
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(fail);
      for (const { name, parentPath } of entries) {
        if (!idShape.test(name)) continue;
        // One that has gone meanwhile is not there any more.
        const facts = await stat(join(parentPath, name)).catch(() => null);
        if (facts?.isFile() && facts.mtimeMs < beforeMs) ids.push(name);
      }
      return ids;
    },

    async remove(id) {
      await rm(placeOf(id), { force: true }).catch(fail);
    },
  };
}

/** What the disk said: the cause behind an `unavailable`, for the log. */
class DiskFault extends Error {
  override name = 'DiskFault';
  readonly code: string;
  constructor(detail: string, code: string) {
    super(detail);
    this.code = code;
  }
}

function fail(cause: unknown): never {
  throw Object.assign(new RapportError('unavailable'), { cause });
}

async function write(
  handle: FileHandle,
  bytes: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<number> {
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) throw new RapportError('too_large');
    for (let done = 0; done < chunk.length; ) {
      const { bytesWritten } = await handle.write(chunk, done).catch(fail);
      done += bytesWritten;
    }
  }
  if (sizeBytes === 0) throw new RapportError('empty_file');
  return sizeBytes;
}

function incomingFile(
  path: string,
  sizeBytes: number,
  placeOf: (id: string) => string,
  discard: () => Promise<void>,
): IncomingFile {
  return {
    path,
    sizeBytes,
    async keep(id) {
      const place = placeOf(id);
      try {
        await mkdir(dirname(place), { recursive: true, mode: 0o700 });
        await rename(path, place);
        await syncFolder(dirname(place));
      } catch (error) {
        fail(error);
      }
    },
    discard,
  };
}

/** The name itself must be on disk too. Not every system lets a folder be opened. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    return fail(error);
  }
}

async function removeAbandoned(incoming: string, beforeMs: number): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const facts = await stat(path).catch(() => null);
    if (facts && facts.mtimeMs < beforeMs) await rm(path, { force: true });
  }
}
