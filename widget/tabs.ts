import type { ConversationState, Entry } from '../shared/model/conversation.ts';

/** What the tabs of one visitor on one site tell each other beyond what stands in the visitor's storage entry. */
export type TabNews =
  | { type: 'outbox_changed' }
  | { type: 'entry_added'; entry: Entry; epoch: string }
  | { type: 'conversation_added'; conversation: ConversationState; epoch: string }
  /** The visitor has seen a conversation up to `seq`. */
  | { type: 'read'; conversationId: string; seq: number }
  /** A tab has told the server that messages up to `seq` have reached this browser. */
  | { type: 'delivered'; conversationId: string; seq: number }
  | { type: 'cobrowse_stopped'; sessionId: string }
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
  /** Another tab has written the visitor's storage entry, and this tab can read what it wrote. */
  onRecord: () => void;
}): Tabs {
  const { name, guard, onNews, onRecord } = parts;
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(name) : null;
  if (channel) channel.onmessage = (event) => guard(() => onNews(event.data as TabNews));
  const closing = new AbortController();
  // What stands in the entry is told by the entry: a message of the channel can be here before storage shows the change.
  const { signal } = closing;
  addEventListener('storage', (event) => event.key === name && guard(onRecord), { signal });

  return {
    tell: (news) => channel?.postMessage(news),
    async exclusively(work, kind = 'messages') {
      if (!navigator.locks) return work();
      try {
        await navigator.locks.request(`${name}:${kind}`, { signal }, work);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    close() {
      closing.abort();
      channel?.close();
    },
  };
}
