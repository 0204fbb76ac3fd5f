import { type ErrorCode, errorTable, type Refusal } from '../../shared/errors.ts';

/** Pictures kept as blobs; older ones are fetched again when they come back into view. */
const maxKept = 60;

export interface FileShelf {
  /** Address of the file's bytes in this tab. Asking again gives the same while it is kept. */
  open(fileId: string): Promise<{ ok: true; url: string } | Refusal>;
  close(): void;
}

export interface FileShelfParts {
  fetch(path: string, init: RequestInit): Promise<Response>;
  accessToken(): Promise<string>;
  urls: { make(blob: Blob): string; free(url: string): void };
}

/** Files of conversations, fetched with the agent's own authority: no address carries any. */
export function createFileShelf({ fetch, accessToken, urls }: FileShelfParts): FileShelf {
  /** In the order of their last use. */
  const kept = new Map<string, Promise<{ ok: true; url: string } | Refusal>>();

  async function load(fileId: string): Promise<{ ok: true; url: string } | Refusal> {
    try {
      const token = await accessToken();
      const response = await fetch(`/api/agent/files/${encodeURIComponent(fileId)}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      if (response.ok) return { ok: true, url: urls.make(await response.blob()) };
      const code = Object.entries(errorTable).find(([, { status }]) => status === response.status)?.[0];
      return { ok: false, error: (code as ErrorCode | undefined) ?? 'unavailable' };
    } catch {
      return { ok: false, error: 'unavailable' };
    }
  }
  async function drop(fileId: string) {
    const gone = kept.get(fileId);
    kept.delete(fileId);
    const loaded = await gone;
    if (loaded?.ok) urls.free(loaded.url);
  }

  return {
    async open(fileId) {
      const known = kept.get(fileId);
      kept.delete(fileId);
      const opening = known ?? load(fileId);
      kept.set(fileId, opening);
      const oldest = kept.keys().next().value;
      if (kept.size > maxKept && oldest !== undefined) void drop(oldest);
      const loaded = await opening;
      // A failure is not kept: the next look tries again.
      if (!loaded.ok && kept.get(fileId) === opening) kept.delete(fileId);
      return loaded;
    },
    close() {
      for (const fileId of [...kept.keys()]) void drop(fileId);
    },
  };
}
