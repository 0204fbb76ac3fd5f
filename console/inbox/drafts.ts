import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ChatFile } from '../../shared/model/chat-file.ts';
import type { KeptText } from '../kept-text.ts';

/** A reply to the visitor, or a note for agents only. */
export type WritingMode = 'reply' | 'note';

export interface Draft {
  text: string;
  /** Uploaded and not sent. */
  files: readonly ChatFile[];
  /** A canned reply stands in it whose variables must be right before it is sent. */
  isTemplate: boolean;
}

export const emptyDraft: Draft = { text: '', files: [], isTemplate: false };

export interface Drafts {
  get(conversationId: string, mode: WritingMode): ReadonlySignal<Draft>;
  keep(conversationId: string, mode: WritingMode, draft: Draft): void;
  /** Puts what could not be sent behind what has been begun since. */
  giveBack(conversationId: string, mode: WritingMode, returned: Pick<Draft, 'text' | 'files'>): void;
}

/** What was begun and not sent, by conversation and mode. It outlives a reload of the tab. */
export function createDrafts(kept: KeptText): Drafts {
  const held = new Map<string, Signal<Draft>>();
  const nameOf = (conversationId: string, mode: WritingMode) => `draft ${mode} ${conversationId}`;

  function hold(name: string): Signal<Draft> {
    const known = held.get(name) ?? signal(readDraft(kept.read(name)));
    held.set(name, known);
    return known;
  }
  function keep(conversationId: string, mode: WritingMode, draft: Draft) {
    const name = nameOf(conversationId, mode);
    hold(name).value = draft;
    const isEmpty = draft.text === '' && draft.files.length === 0;
    kept.write(name, isEmpty ? null : JSON.stringify(draft));
  }
  return {
    get: (conversationId, mode) => hold(nameOf(conversationId, mode)),
    keep,
    giveBack(conversationId, mode, returned) {
      const now = hold(nameOf(conversationId, mode)).peek();
      const texts = [now.text, returned.text].filter((text) => text.trim() !== '');
      keep(conversationId, mode, {
        ...now,
        text: texts.join('\n'),
        files: [...now.files, ...returned.files],
      });
    },
  };
}

function readDraft(text: string | null): Draft {
  if (text === null) return emptyDraft;
  try {
    const value = JSON.parse(text) as Partial<Draft> | null;
    if (typeof value?.text === 'string' && Array.isArray(value.files)) {
      return { text: value.text, files: value.files, isTemplate: value.isTemplate === true };
    }
  } catch {
    // Kept by a version that kept the text alone.
  }
  return { ...emptyDraft, text };
}
