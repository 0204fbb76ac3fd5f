import type { Storage } from './page/storage.ts';

/** A message that was begun. */
export interface Draft {
  text: string;
  /** The outbox item with the files picked for it. */
  heldId: string | null;
}

/** What one tab remembers over page loads: whether the panel is open, where, and the messages begun in it. */
export interface TabMemory {
  isOpen(): boolean;
  setOpen(open: boolean): void;
  /** The conversation that was on screen. */
  conversationId(): string | null;
  setConversationId(id: string | null): void;
  draft(name: string): Draft;
  setDraft(name: string, change: Partial<Draft>): void;
  /** What is filled in in the form before the first message, by field. */
  form(): Record<string, string>;
  setForm(values: Record<string, string>): void;
  /** The chat has been moved into a window of its own. */
  hasPopout(): boolean;
  setPopout(has: boolean): void;
  forget(): void;
}

interface Kept {
  open?: boolean;
  conversationId?: string | null;
  drafts?: Record<string, Draft>;
  form?: Record<string, string>;
  popout?: boolean;
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
  const drafts = () => new Map(Object.entries(read().drafts ?? {}));
  const draft = (key: string): Draft => ({ text: '', heldId: null, ...drafts().get(key) });

  return {
    isOpen: () => read().open === true,
    setOpen: (open) => write({ ...read(), open }),
    conversationId: () => read().conversationId ?? null,
    setConversationId: (conversationId) => write({ ...read(), conversationId }),
    draft,
    setDraft(key, change) {
      const all = drafts();
      const next = { ...draft(key), ...change };
      if (next.text || next.heldId) all.set(key, next);
      else all.delete(key);
      write({ ...read(), drafts: Object.fromEntries(all) });
    },
    form: () => read().form ?? {},
    setForm: (form) => write({ ...read(), form }),
    hasPopout: () => read().popout === true,
    setPopout: (popout) => write({ ...read(), popout }),
    forget: () => storage.remove(name),
  };
}
