import type { Entry } from '../../shared/model/conversation.ts';

/** A window in which somebody reads and writes: a tab of the visitor's, or an agent's console. */
export interface Writer {
  /** Composes a message, at once, whatever the network does. False when there is no conversation to write in. */
  send(text: string): boolean;
  /** Changes or takes back the newest own message that has arrived; resolves when the server has answered, or cannot. */
  editNewest(text: string | null): Promise<void>;
  /** The page goes, as when it is reloaded, and comes back with what the browser keeps. */
  reload(): Promise<void>;
  /** Composed and not yet known to stand in the log. A message that failed is tried again. */
  unsent(): number;
  /** The log as this window holds it, by conversation; whole conversations only. */
  logs(): ReadonlyMap<string, readonly Entry[]>;
  /** Fetches what it does not hold. */
  openAll(conversationIds: readonly string[]): void;
  close(): void;
}
