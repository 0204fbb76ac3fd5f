import type { OutboxFile, OutboxTask } from './outbox-item.ts';
import type { View } from './store.ts';

/** Files picked for a message that is not sent: kept over page loads, the panel's closing and the way back. */
export interface Held {
  files: readonly OutboxFile[];
  /** Replaces them. */
  hold(files: readonly OutboxFile[]): void;
}

/** What the visitor can do; components know nothing of how. */
export interface Actions {
  closePanel(): void;
  show(view: View): void;
  /** With the files that are held for this view. */
  send(text: string): void;
  /** The first message with what the visitor filled in before it. */
  sendForm(answers: Record<string, string>, text: string): void;
  held(view: View): Held;
  form(): Record<string, string>;
  setForm(values: Record<string, string>): void;
  retry(clientId: string): void;
  remove(clientId: string): void;
  setTyping(conversationId: string, typing: boolean): void;
  /** Everything of this conversation is on screen. */
  read(conversationId: string): void;
  load(conversationId: string): void;
  /** Messages from before those that are here. */
  loadEarlier(conversationId: string): void;
  /** Changes an own message or takes it back, answers a question: done here, told by the outbox. */
  queue(task: OutboxTask): void;
  /** Takes a file out of a message that is not sent yet; a message of that file alone goes with it. */
  removeFile(clientId: string, key: string): void;
  offerCobrowse(): void;
  draft(view: View): string;
  setDraft(view: View, text: string): void;
}
