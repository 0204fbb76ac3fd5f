import type { ConversationState, Entry } from '../shared/model/conversation.ts';

/** What the tabs of one visitor on one site tell each other. */
export type TabNews =
  | { type: 'outbox_changed' }
  | { type: 'entry_added'; entry: Entry; epoch: string }
  | { type: 'conversation_added'; conversation: ConversationState; epoch: string }
  /** The visitor has seen a conversation up to `seq`. */
  | { type: 'read'; conversationId: string; seq: number }
  /** A tab has told the server that messages up to `seq` have reached this browser. */
  | { type: 'delivered'; conversationId: string; seq: number }
  | { type: 'cobrowse_stopped'; sessionId: string }
  /** The visitor's token now stands in storage: a tab that made its own takes that one. */
  | { type: 'token_kept' }
  /** The visitor has agreed to the site's terms. */
  | { type: 'consented' }
  /** The visitor has changed whether messages sound. */
  | { type: 'muted' }
  /** A sound was made, or need not be, for the message with this name. */
  | { type: 'sounded'; message: string }
  | { type: 'visitor_forgotten' };

export interface Tabs {
  tell(news: TabNews): void;
  /** Runs `work` while no other tab does any of the same kind. */
  exclusively(work: () => Promise<void>, kind?: 'messages' | 'files'): Promise<void>;
  close(): void;
}

/** Without BroadcastChannel or Web Locks (pages without HTTPS) each tab works alone: repeats are dropped by client id. */
export function createTabs(parts: {
  name: string;
  guard: (run: () => void) => void;
  onNews: (news: TabNews) => void;
}): Tabs {
  const { name, guard, onNews } = parts;
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(name) : null;
  if (channel) channel.onmessage = (event) => guard(() => onNews(event.data as TabNews));
  const closing = new AbortController();

  return {
    tell: (news) => channel?.postMessage(news),
    async exclusively(work, kind = 'messages') {
      if (!navigator.locks) return work();
      try {
        await navigator.locks.request(`${name}:${kind}`, { signal: closing.signal }, work);
      } catch (error) {
        if (!closing.signal.aborted) throw error;
      }
    },
    close() {
      closing.abort();
      channel?.close();
    },
  };
}
