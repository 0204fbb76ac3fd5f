import type { RefObject } from 'preact';
import { maxFilesPerMessage } from '../../shared/limits.ts';
import { useConsole } from '../console-context.ts';
import type { Attachment, AttachmentPlace } from './attachments.ts';
import type { WritingMode } from './drafts.ts';
import type { FileRules } from './file-check.ts';
import { useFileDrop } from './use-file-drop.ts';

const noRules: FileRules = { allowed: false, maxBytes: 0, kinds: [] };

export interface ComposerFiles {
  /** Files of this draft that are on their way or were refused. */
  attachments: readonly Attachment[];
  draftKey: string;
  rules: FileRules;
  add(files: readonly File[]): void;
  /** Files are held over the conversation. */
  isOver: boolean;
}

export interface ComposerFilesParts {
  conversationId: string;
  siteId: string;
  mode: WritingMode;
  inputRef: RefObject<HTMLTextAreaElement | null>;
  /** False while files have no place in what is being written. */
  isOpen: boolean;
}

/** Files for what is being written: picked, pasted, or dropped on the conversation. */
export function useComposerFiles(parts: ComposerFilesParts): ComposerFiles {
  const { conversationId, siteId, mode, inputRef, isOpen } = parts;
  const { store, desk, toasts } = useConsole();
  const draftKey = `${mode} ${conversationId}`;
  const site = store.sites.value.find((one) => one.site.id === siteId)?.site;
  const rules = site?.settings.chat.files ?? noRules;
  const draft = () => desk.drafts.get(conversationId, mode).peek();

  const add = (files: readonly File[]) => {
    if (files.length === 0 || !isOpen) return;
    const place: AttachmentPlace = {
      key: draftKey,
      siteId,
      rules,
      heldFiles: () => draft().files.length,
      onUploaded(file) {
        const now = draft();
        const all = desk.attachments.inOrder([...now.files, file]);
        desk.drafts.keep(conversationId, mode, { ...now, files: all });
      },
    };
    const left = desk.attachments.add(place, files);
    if (left > 0) {
      toasts.tell(`A message holds ${maxFilesPerMessage} files; ${left} more can go with the next one.`, {
        tone: 'danger',
      });
    }
    inputRef.current?.focus();
  };
  const isOver = useFileDrop(inputRef, rules.allowed ? add : null);
  return { attachments: desk.attachments.of(draftKey).value, draftKey, rules, add, isOver };
}
