import type { Storage } from './page/storage.ts';

/** What one tab remembers over page loads: whether the panel is open, where, and the texts begun in it. */
export interface TabMemory {
  isOpen(): boolean;
  setOpen(open: boolean): void;
  /** The conversation that was on screen. */
  conversationId(): string | null;
  setConversationId(id: string | null): void;
  draft(name: string): string;
  setDraft(name: string, text: string): void;
  forget(): void;
}

interface Kept {
  open?: boolean;
  conversationId?: string | null;
  drafts?: Record<string, string>;
}

export function createTabMemory(parts: { storage: Storage; name: string }): TabMemory {
  const { storage, name } = parts;

  function read(): Kept {
    try {
      const kept: unknown = JSON.parse(storage.read(name) ?? '{}');
      return typeof kept === 'object' && kept !== null ? kept : {};
    } catch {
      // Written by somebody else: begin anew.
      return {};
    }
  }
  const write = (kept: Kept) => storage.write(name, JSON.stringify(kept));

  return {
    isOpen: () => read().open === true,
    setOpen: (open) => write({ ...read(), open }),
    conversationId: () => read().conversationId ?? null,
    setConversationId: (conversationId) => write({ ...read(), conversationId }),
    draft: (key) => String(new Map(Object.entries(read().drafts ?? {})).get(key) ?? ''),
    setDraft(key, text) {
      const kept = read();
      const drafts = new Map(Object.entries(kept.drafts ?? {}));
      if (text) drafts.set(key, text);
      else drafts.delete(key);
      write({ ...kept, drafts: Object.fromEntries(drafts) });
    },
    forget: () => storage.remove(name),
  };
}
