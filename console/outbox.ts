import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { type ErrorCode, errorTable, type Refusal } from '../shared/errors.ts';
import type { ChatFile } from '../shared/model/chat-file.ts';
import type { KeptText } from './kept-text.ts';

/** Tries of one message while the line is up, before the agent is asked. */
const maxAttempts = 3;
const retryMs = 1_500;

/** What an agent has written: a message to the visitor, or a note for agents only. */
export interface WrittenMessage {
  clientId: string;
  conversationId: string;
  kind: 'message' | 'note';
  text: string;
  /** Uploaded already. */
  files: readonly ChatFile[];
  /** Ids of the agents whom a note mentions. */
  mentions: readonly string[];
}

export interface PendingMessage extends WrittenMessage {
  writtenAtMs: number;
  /** `waiting` for the line to come up. */
  state: { phase: 'waiting' | 'sending' } | { phase: 'failed'; error: ErrorCode };
}

export type NextStep = { step: 'again'; inMs: number } | { step: 'hold' } | { step: 'fail' };

/** What to do with a message that was refused. */
export function nextStep(refusal: Refusal, attempts: number, online: boolean): NextStep {
  if (!errorTable[refusal.error].retryable) return { step: 'fail' };
  if (refusal.error === 'rate_limited') return { step: 'again', inMs: refusal.retryAfterMs ?? retryMs };
  if (!online) return { step: 'hold' };
  return attempts < maxAttempts ? { step: 'again', inMs: retryMs * attempts } : { step: 'fail' };
}

export interface Outbox {
  /** Oldest first, of all conversations. */
  pending: ReadonlySignal<readonly PendingMessage[]>;
  add(message: WrittenMessage): void;
  /** Tries a failed message again with the same id, so that it can never stand twice. */
  retry(clientId: string): void;
  /** Takes a failed message back to be changed. */
  withdraw(clientId: string): PendingMessage | null;
  /** The log holds it: it is sent, whatever became of the reply. */
  settle(clientId: string): void;
  /**
   * Whether all that was written in a conversation has been sent: true at once if nothing of it waits, else resolved when
   * that is so, or to false when one of its messages has failed.
   */
  allSent(conversationId: string): true | Promise<boolean>;
  /** The line is up again. */
  resume(): void;
  clear(): void;
  close(): void;
}

export interface OutboxParts {
  /** Sends one message; the reply has been taken in when it resolves to null. */
  send(message: PendingMessage): Promise<Refusal | null>;
  isOnline(): boolean;
  kept: KeptText;
}

/** Messages that the agent has written and the log does not hold yet. They outlive a reload. */
export function createOutbox({ send, isOnline, kept }: OutboxParts): Outbox {
  const pending = signal<readonly PendingMessage[]>(restore(kept.read('outbox')));
  /** Conversations in which a message is under way: one at a time keeps their order. */
  const busy = new Set<string>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let closed = false;

  function put(next: readonly PendingMessage[]) {
    pending.value = next;
    kept.write('outbox', next.length > 0 ? JSON.stringify(next) : null);
  }
  function mark(clientId: string, state: PendingMessage['state']) {
    put(pending.value.map((message) => (message.clientId === clientId ? { ...message, state } : message)));
  }
  const find = (clientId: string) => pending.value.find((message) => message.clientId === clientId);

  async function run(conversationId: string) {
    if (busy.has(conversationId)) return;
    busy.add(conversationId);
    let attempts = 0;
    while (!closed && isOnline()) {
      const message = pending.value.find(
        (candidate) => candidate.conversationId === conversationId && candidate.state.phase !== 'failed',
      );
      if (!message) break;
      if (message.state.phase !== 'sending') mark(message.clientId, { phase: 'sending' });
      const refusal = await send(message);
      if (closed) break;
      if (refusal === null || !find(message.clientId)) {
        settle(message.clientId);
        attempts = 0;
        continue;
      }
      const next = nextStep(refusal, ++attempts, isOnline());
      if (next.step === 'again') {
        await pause(next.inMs);
      } else if (next.step === 'fail') {
        mark(message.clientId, { phase: 'failed', error: refusal.error });
        attempts = 0;
      } else break;
    }
    busy.delete(conversationId);
    if (closed) return;
    put(
      pending.value.map((message) =>
        message.conversationId === conversationId && message.state.phase === 'sending'
          ? { ...message, state: { phase: 'waiting' } }
          : message,
      ),
    );
  }

  function pause(ms: number) {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        resolve();
      }, ms);
      timers.add(timer);
    });
  }
  function settle(clientId: string) {
    if (find(clientId)) put(pending.value.filter((message) => message.clientId !== clientId));
  }

  return {
    pending,
    add(message) {
      const phase = isOnline() ? 'sending' : 'waiting';
      put([...pending.value, { ...message, writtenAtMs: Date.now(), state: { phase } }]);
      void run(message.conversationId);
    },
    retry(clientId) {
      const message = find(clientId);
      if (!message) return;
      mark(clientId, { phase: 'waiting' });
      void run(message.conversationId);
    },
    withdraw(clientId) {
      const message = find(clientId);
      if (message?.state.phase !== 'failed') return null;
      settle(clientId);
      return message;
    },
    settle,
    allSent(conversationId) {
      const left = (messages: readonly PendingMessage[]) =>
        messages.filter((message) => message.conversationId === conversationId);
      if (left(pending.peek()).length === 0) return true;
      return new Promise((resolve) => {
        const stop = pending.subscribe((messages) => {
          const own = left(messages);
          const hasFailed = own.some(({ state }) => state.phase === 'failed');
          if (own.length > 0 && !hasFailed) return;
          resolve(!hasFailed);
          // In a turn of its own: the first call comes before `stop` is there.
          queueMicrotask(() => stop());
        });
      });
    },
    resume() {
      batch(() => {
        for (const conversationId of new Set(pending.value.map((message) => message.conversationId))) {
          void run(conversationId);
        }
      });
    },
    clear: () => put([]),
    close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

function restore(text: string | null): PendingMessage[] {
  if (text === null) return [];
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return [];
    return (
      value
        .filter(isPendingMessage)
        .map((message) =>
          message.state.phase === 'failed' ? message : { ...message, state: { phase: 'waiting' } },
        )
        // Kept by a version that knew neither notes nor files.
        .map((message) => ({ ...withoutMore, ...message }))
    );
  } catch {
    // Written by another version or cut short: there is nothing to read.
    return [];
  }
}

const withoutMore = { kind: 'message', files: [], mentions: [] } as const;

function isPendingMessage(value: PendingMessage): boolean {
  return [value?.clientId, value?.conversationId, value?.text, value?.state?.phase].every(
    (part) => typeof part === 'string',
  );
}
