import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Refusal } from '../../shared/errors.ts';
import type { FoundCustomer, FoundMessage } from '../../shared/wire.ts';
import type { AgentConnection } from '../agent-connection.ts';

/** A search runs when nothing was typed for this long. */
const typingRestMs = 180;

export interface Question {
  text: string;
  siteIds: readonly string[];
}

export interface SearchResults {
  /** What the results answer; null before the first search and for an empty text. */
  answered: ReadonlySignal<Question | null>;
  phase: ReadonlySignal<'idle' | 'loading' | Refusal>;
  messages: ReadonlySignal<readonly FoundMessage[]>;
  customers: ReadonlySignal<readonly FoundCustomer[]>;
  more: ReadonlySignal<'end' | 'idle' | 'loading' | Refusal>;
  /** Searches soon; the results of the text before stay until the new ones are there. */
  ask(question: Question): void;
  /** Searches at once, also for the same text again. */
  askNow(question: Question): void;
  loadMore(): void;
  close(): void;
}

/** What the server found for the text that was typed last, page by page. */
export function createSearchResults(connection: Pick<AgentConnection, 'request'>): SearchResults {
  const answered = signal<Question | null>(null);
  const phase = signal<'idle' | 'loading' | Refusal>('idle');
  const messages = signal<readonly FoundMessage[]>([]);
  const customers = signal<readonly FoundCustomer[]>([]);
  const more = signal<'end' | 'idle' | 'loading' | Refusal>('end');
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Grows with each question: answers to older ones are dropped. */
  let asked = 0;

  async function find(question: Question) {
    clearTimeout(timer);
    const number = ++asked;
    const { text, siteIds } = question;
    if (text.trim() === '' || siteIds.length === 0) {
      batch(() => {
        answered.value = null;
        phase.value = 'idle';
        messages.value = [];
        customers.value = [];
        more.value = 'end';
      });
      return;
    }
    phase.value = 'loading';
    const reply = await connection.request('search:find', { siteIds: [...siteIds], text, beforeMs: null });
    if (number !== asked) return;
    batch(() => {
      phase.value = reply.ok ? 'idle' : reply;
      if (!reply.ok) return;
      answered.value = question;
      messages.value = reply.messages;
      customers.value = reply.customers;
      more.value = reply.hasMore ? 'idle' : 'end';
    });
  }

  async function loadMore() {
    const question = answered.value;
    const last = messages.value.at(-1);
    if (!question || !last || more.value === 'loading' || more.value === 'end') return;
    const number = asked;
    more.value = 'loading';
    const reply = await connection.request('search:find', {
      siteIds: [...question.siteIds],
      text: question.text,
      beforeMs: last.atMs,
    });
    if (number !== asked) return;
    batch(() => {
      more.value = reply.ok ? (reply.hasMore ? 'idle' : 'end') : reply;
      if (reply.ok) messages.value = [...messages.value, ...reply.messages];
    });
  }

  return {
    answered,
    phase,
    messages,
    customers,
    more,
    ask(question) {
      clearTimeout(timer);
      timer = setTimeout(() => void find(question), typingRestMs);
    },
    askNow: (question) => void find(question),
    loadMore: () => void loadMore(),
    close() {
      asked += 1;
      clearTimeout(timer);
    },
  };
}
