import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type ErrorCode, errorTable, type Refusal } from '../../shared/errors.ts';
import { maxFilesPerMessage } from '../../shared/limits.ts';
import { type ChatFile, shownImageMimes } from '../../shared/model/chat-file.ts';
import { type FileRules, fileFault } from './file-check.ts';
import type { UploadParts } from './file-transfer.ts';

export interface Attachment {
  id: number;
  name: string;
  sizeBytes: number;
  /** Address of a picture of it in this tab; null for what is no picture. */
  previewUrl: string | null;
  state: { phase: 'uploading'; share: number } | { phase: 'failed'; error: ErrorCode; retryable: boolean };
}

export interface AttachmentsParts {
  upload(parts: UploadParts): Promise<{ ok: true; file: ChatFile } | Refusal>;
  accessToken(): Promise<string>;
  /** Address of a blob in this tab, and how it is given back. */
  previews: { make(file: File): string; free(url: string): void };
}

/** Where files are put: one draft of one conversation. */
export interface AttachmentPlace {
  key: string;
  siteId: string;
  rules: FileRules;
  /** Files that the draft holds already. */
  heldFiles(): number;
  /** A file is on the server: the draft takes it. */
  onUploaded(file: ChatFile): void;
}

export interface Attachments {
  /** Files on their way and files that were refused, in the order in which they were chosen. */
  of(key: string): ReadonlySignal<readonly Attachment[]>;
  /** Sends files; returns how many were left out because a message holds only so many. */
  add(place: AttachmentPlace, files: readonly File[]): number;
  /** Files of a draft in the order in which they were chosen; those of before a reload come first. */
  inOrder(files: readonly ChatFile[]): ChatFile[];
  /** A file is on its way: leaving the page would lose it. */
  isUploading(): boolean;
  /** Stops the upload, or takes the refused file off the list. */
  cancel(key: string, id: number): void;
  retry(id: number): void;
  close(): void;
}

/** Uploads go on while the agent looks at another conversation. */
export function createAttachments({ upload, accessToken, previews }: AttachmentsParts): Attachments {
  const held = new Map<string, Signal<readonly Attachment[]>>();
  const running = new Map<number, { place: AttachmentPlace; file: File; abort: AbortController }>();
  /** Ids under which uploaded files were chosen, by file. */
  const chosenAs = new Map<string, number>();
  let lastId = 0;

  function hold(key: string): Signal<readonly Attachment[]> {
    const known = held.get(key) ?? signal<readonly Attachment[]>([]);
    held.set(key, known);
    return known;
  }
  function change(key: string, id: number, state: Attachment['state']) {
    const list = hold(key);
    list.value = list.value.map((one) => (one.id === id ? { ...one, state } : one));
  }
  function forget(key: string, id: number) {
    const list = hold(key);
    const gone = list.value.find((one) => one.id === id);
    if (gone?.previewUrl) previews.free(gone.previewUrl);
    list.value = list.value.filter((one) => one.id !== id);
    running.delete(id);
  }

  async function run(id: number) {
    const job = running.get(id);
    if (!job) return;
    const { place, file, abort } = job;
    change(place.key, id, { phase: 'uploading', share: 0 });
    const token = await accessToken().catch(() => null);
    const reply: { ok: true; file: ChatFile } | Refusal =
      token === null
        ? { ok: false, error: 'unavailable' }
        : await upload({
            file,
            siteId: place.siteId,
            accessToken: token,
            onShare: (share) => change(place.key, id, { phase: 'uploading', share }),
            signal: abort.signal,
          });
    if (abort.signal.aborted || running.get(id) !== job) return;
    if (reply.ok) {
      forget(place.key, id);
      chosenAs.set(reply.file.id, id);
      place.onUploaded(reply.file);
    } else {
      const { retryable } = errorTable[reply.error];
      change(place.key, id, { phase: 'failed', error: reply.error, retryable });
    }
  }

  return {
    of: hold,
    add(place, files) {
      const list = hold(place.key);
      const room = Math.max(0, maxFilesPerMessage - place.heldFiles() - list.value.length);
      for (const file of files.slice(0, room)) {
        const id = ++lastId;
        const error = fileFault(file, place.rules);
        const isPicture = shownImageMimes.includes(file.type) && error === null;
        const attachment: Attachment = {
          id,
          name: file.name || 'pasted',
          sizeBytes: file.size,
          previewUrl: isPicture ? previews.make(file) : null,
          state:
            error === null ? { phase: 'uploading', share: 0 } : { phase: 'failed', error, retryable: false },
        };
        list.value = [...list.value, attachment];
        if (error !== null) continue;
        running.set(id, { place, file, abort: new AbortController() });
        void run(id);
      }
      return Math.max(0, files.length - room);
    },
    inOrder: (files) => [...files].sort((a, b) => (chosenAs.get(a.id) ?? 0) - (chosenAs.get(b.id) ?? 0)),
    isUploading: () =>
      [...held.values()].some((list) => list.peek().some(({ state }) => state.phase === 'uploading')),
    cancel(key, id) {
      running.get(id)?.abort.abort();
      forget(key, id);
    },
    retry(id) {
      const job = running.get(id);
      if (!job) return;
      running.set(id, { ...job, abort: new AbortController() });
      void run(id);
    },
    close() {
      for (const { abort } of running.values()) abort.abort();
      running.clear();
      for (const list of held.values()) {
        for (const { previewUrl } of list.value) if (previewUrl) previews.free(previewUrl);
        list.value = [];
      }
    },
  };
}
