import type { ChatFile } from './chat-file.ts';
import type { Entry, Sender } from './conversation.ts';

/** A message or note as it stands after the edits and deletions of the log. */
export interface MessageView {
  seq: number;
  kind: 'message' | 'note';
  clientId: string;
  sender: Sender;
  text: string;
  files: readonly ChatFile[];
  mentions: readonly string[];
  atMs: number;
  editedAtMs: number | null;
  /** Taken back by its sender: `text` is '' and `files` is empty. */
  isDeleted: boolean;
}

/**
 * Messages and notes by seq, as they stand. The server erases the text of what is taken back from the log, a reader
 * that holds it learns so from the deletion: both see the same.
 */
export function messageViews(entries: readonly Entry[]): Map<number, MessageView> {
  const views = new Map<number, MessageView>();
  for (const entry of entries) {
    if (entry.kind === 'message' || entry.kind === 'note') {
      views.set(entry.seq, {
        seq: entry.seq,
        kind: entry.kind,
        clientId: entry.clientId,
        sender: entry.sender,
        text: entry.payload.text,
        files: entry.payload.files ?? [],
        mentions: entry.kind === 'note' ? entry.payload.mentions : [],
        atMs: entry.atMs,
        editedAtMs: null,
        isDeleted: false,
      });
    } else if (entry.kind === 'edit') {
      const view = views.get(entry.payload.seq);
      if (view && !view.isDeleted) {
        views.set(view.seq, { ...view, text: entry.payload.text, editedAtMs: entry.atMs });
      }
    } else if (entry.kind === 'deletion') {
      const view = views.get(entry.payload.seq);
      if (view)
        views.set(view.seq, {
          ...view,
          text: '',
          files: [],
          mentions: [],
          editedAtMs: null,
          isDeleted: true,
        });
    }
  }
  return views;
}
