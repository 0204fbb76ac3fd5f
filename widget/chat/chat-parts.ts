import type { Part } from '../ui/part.ts';

/** What only some conversations need: each is a chunk of its own, fetched on first need. */
export interface ChatParts {
  /** The visitor's conversations, on the first view. */
  list: Part<typeof import('./list/conversation-list.tsx')>;
  /** Lines between messages. */
  log: Part<typeof import('./log/log-line.tsx')>;
  /** Links, bold words, lists, quotes, code. */
  format: Part<typeof import('./format/formatted-text.tsx')>;
  files: Part<typeof import('./files/chat-files.tsx')>;
  emoji: Part<typeof import('./emoji/emoji-picker.tsx')>;
  menu: Part<typeof import('./menu/message-menu.tsx')>;
  /** Reads files as this visitor. */
  fileDoor: FileDoor;
  /** Shares of uploads that are under way, 0 to 1, by the file's key. */
  progress: Progress;
  emojiMemory: EmojiMemory;
  /** Address of an agent's picture. */
  picture(agentId: string): string | null;
}

export interface FileDoor {
  /** `https://chat.example/api/visitor/files`. */
  url: string;
  /** Who reads; never in an address. */
  headers(): Promise<Record<string, string>>;
}

export interface Progress {
  /** Null: not under way. */
  of(key: string): number | null;
  set(key: string, share: number | null): void;
  onChange(listener: () => void): () => void;
}

export interface EmojiMemory {
  read(): string | null;
  write(text: string): void;
}

export function createProgress(): Progress {
  const shares = new Map<string, number>();
  const listeners = new Set<() => void>();
  return {
    of: (key) => shares.get(key) ?? null,
    set(key, share) {
      if (share === null) shares.delete(key);
      else shares.set(key, share);
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
