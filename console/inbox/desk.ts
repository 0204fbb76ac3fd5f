import type { KeptText } from '../kept-text.ts';
import { type Attachments, createAttachments } from './attachments.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { createFileShelf, type FileShelf } from './file-shelf.ts';
import { uploadFile } from './file-transfer.ts';
import { createRecentEmoji, type RecentEmoji } from './recent-emoji.ts';

/** What lies on the agent's desk over all conversations: what was begun, files on their way, files looked at. */
export interface Desk {
  drafts: Drafts;
  attachments: Attachments;
  files: FileShelf;
  recentEmoji: RecentEmoji;
  close(): void;
}

export interface DeskParts {
  accessToken(): Promise<string>;
  kept: KeptText;
}

export function createDesk({ accessToken, kept }: DeskParts): Desk {
  const urls = {
    make: (blob: Blob) => URL.createObjectURL(blob),
    free: (url: string) => URL.revokeObjectURL(url),
  };
  const attachments = createAttachments({ upload: uploadFile, accessToken, previews: urls });
  const files = createFileShelf({ fetch: (path, init) => fetch(path, init), accessToken, urls });
  return {
    drafts: createDrafts(kept),
    attachments,
    files,
    recentEmoji: createRecentEmoji(kept),
    close() {
      attachments.close();
      files.close();
    },
  };
}
