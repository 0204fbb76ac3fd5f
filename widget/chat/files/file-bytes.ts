import type { FileDoor } from '../chat-parts.ts';

/** Files kept in memory while the page is open: what was seen once is not fetched again. */
const mostKept = 60;

const kept = new Map<string, Promise<Blob>>();

/** The server holds no such file (any more), or not for this visitor. */
export class FileGone extends Error {}

/** Bytes of a file, read with the visitor's own authority. */
export function fileBytes(id: string, door: FileDoor): Promise<Blob> {
  const known = kept.get(id);
  if (known) return known;
  const reading = read(id, door);
  keepBytes(id, reading);
  reading.catch(() => kept.delete(id));
  return reading;
}

/** What this browser has sent itself need not be fetched. */
export function keepBytes(id: string, bytes: Promise<Blob>): void {
  kept.set(id, bytes);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
}

async function read(id: string, door: FileDoor): Promise<Blob> {
  const response = await fetch(`${door.url}/${id}`, { headers: await door.headers(), credentials: 'omit' });
  if (response.status === 404 || response.status === 403) throw new FileGone();
  if (!response.ok) throw new Error(`file: ${response.status}`);
  return response.blob();
}

/** Has the browser save these bytes. */
export function saveBytes(bytes: Blob, name: string): void {
  const address = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // At once would be too early for some browsers: the download has its own hold a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
