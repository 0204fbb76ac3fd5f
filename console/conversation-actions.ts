import { batch, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Refusal } from '../shared/errors.ts';
import type { ConversationState, Entry, Priority } from '../shared/model/conversation.ts';
import type { AgentRequests, PayloadOf, Reply, ReplyOf } from '../shared/protocol.ts';
import type { AgentConnection } from './agent-connection.ts';
import type { ExpectedChange } from './conversation-item.ts';
import type { Conversations } from './conversations.ts';
import type { WrittenMessage } from './outbox.ts';
import { newClientId } from './random-id.ts';

export interface ConversationActionsParts {
  connection: Pick<AgentConnection, 'request'>;
  conversations: Pick<Conversations, 'get' | 'receive' | 'receiveCobrowse' | 'expect'>;
  /** Of the outbox. */
  allSent(conversationId: string): true | Promise<boolean>;
  /** An answer has made a conversation the agent's that nobody had. */
  onTaken(conversationId: string): void;
}

/** A change that shows at once and is asked for later, so that taking it back leaves no trace at the visitor's. */
export interface DelayedChange {
  /** Asks for it now. Resolves to null when it was carried out, or when it is over already. */
  send(): Promise<Refusal | null>;
  /** Takes it back: nothing was sent. */
  cancel(): void;
}

/** Who is to answer. A part that is missing stays as it is; with a note it is a transfer. */
export interface AssignmentWish {
  agent?: { id: string; name: string } | null;
  team?: { id: string; name: string } | null;
  /** `mentions`: ids of agents; whom it is given to is mentioned anyway. */
  note?: { text: string; mentions: string[] };
}

export interface MessagePlace {
  of: 'message' | 'note';
  seq: number;
}

/** What an agent does with a conversation. Everything shows at once; a refusal takes it back. */
export interface ConversationActions {
  /** Changes of messages that the log does not hold yet, in the form of entries. */
  provisional(id: string): ReadonlySignal<readonly Entry[]>;
  /** Sends a message or note. */
  sendMessage(message: WrittenMessage): Promise<Refusal | null>;
  /**
   * Shows the conversation as closed; the server hears of it when the change is sent, because a closing that is taken
   * back must not leave a question with the visitor. It never overtakes a message of the agent that waits for the line.
   * It stays open if the visitor wrote meanwhile (`onOvertaken`), or such a message has failed (`onUnsent`).
   */
  close(id: string, on: { onOvertaken(): void; onUnsent(): void }): DelayedChange;
  reopen(id: string): Promise<Refusal | null>;
  snooze(id: string, untilMs: number): Promise<Refusal | null>;
  assign(id: string, wish: AssignmentWish): Promise<Refusal | null>;
  label(id: string, change: { added: string[]; removed: string[] }): Promise<Refusal | null>;
  setPriority(id: string, priority: Priority): Promise<Refusal | null>;
  runMacro(id: string, macroId: string): Promise<Refusal | null>;
  edit(id: string, place: MessagePlace, text: string): Promise<Refusal | null>;
  /** Shows a message as deleted; its text is erased when the change is sent. */
  remove(id: string, place: MessagePlace): DelayedChange;
  askToSee(id: string): Promise<Refusal | null>;
  /** Sends at once what is delayed: the page is going away, or the agent signs out. */
  flush(): void;
}

const closed: ExpectedChange = { status: 'closed', snoozedUntilMs: null, waitingSinceMs: null };

export function createConversationActions({
  connection,
  conversations,
  allSent,
  onTaken,
}: ConversationActionsParts): ConversationActions {
  const changes = new Map<string, Signal<readonly Entry[]>>();
  const delayed = new Set<DelayedChange>();

  const shown = (id: string): ConversationState | null =>
    conversations.get(id).shown.peek()?.conversation ?? null;
  const facts = (id: string) => ({ conversationId: id, clientId: newClientId() });

  /** Asks for a change that is shown already, and takes in what comes back. */
  async function ask<E extends keyof AgentRequests & string>(
    settle: () => void,
    event: E,
    payload: PayloadOf<AgentRequests, E>,
    entriesOf: (reply: ReplyOf<AgentRequests, E>) => ReadonlyArray<Entry | null>,
  ): Promise<Refusal | null> {
    const reply: Reply<ReplyOf<AgentRequests, E>> = await connection.request(event, payload);
    batch(() => {
      if (reply.ok) {
        const entries = entriesOf(reply).filter((entry) => entry !== null);
        conversations.receive(...entries.sort((a, b) => a.seq - b.seq));
      }
      settle();
    });
    return reply.ok ? null : reply;
  }
  const nothingShown = () => undefined;

  /** `after`: what it must not overtake; it is taken back when that fails. */
  function delay(
    send: () => Promise<Refusal | null>,
    cancel: () => void,
    after?: { allSent(): true | Promise<boolean>; onUnsent(): void },
  ): DelayedChange {
    const change: DelayedChange = {
      async send() {
        const sent = after && delayed.has(change) ? after.allSent() : true;
        // Nothing is awaited where nothing waits: a page that goes away must send at once.
        const isFree = sent === true || (await sent);
        if (!delayed.delete(change)) return null;
        if (isFree) return send();
        cancel();
        after?.onUnsent();
        return null;
      },
      cancel() {
        if (delayed.delete(change)) cancel();
      },
    };
    delayed.add(change);
    return change;
  }

  function changesOf(id: string): Signal<readonly Entry[]> {
    const known = changes.get(id) ?? signal<readonly Entry[]>([]);
    changes.set(id, known);
    return known;
  }
  /** Shows a change of a message until the returned function is called. */
  function provide(
    id: string,
    change:
      | Pick<Extract<Entry, { kind: 'edit' }>, 'kind' | 'payload'>
      | Pick<Extract<Entry, { kind: 'deletion' }>, 'kind' | 'payload'>,
  ) {
    const entries = changesOf(id);
    const entry: Entry = {
      ...facts(id),
      seq: shown(id)?.lastSeq ?? 0,
      sender: { role: 'system' },
      atMs: Date.now(),
      ...change,
    };
    entries.value = [...entries.value, entry];
    return () => {
      entries.value = entries.value.filter((other) => other !== entry);
    };
  }

  function setStatus(id: string, status: 'open' | 'closed', settle: () => void) {
    return ask(settle, 'conversation:setStatus', { ...facts(id), status }, (reply) => [
      reply.entry,
      reply.survey,
    ]);
  }

  /** Calls `onWritten` once the visitor writes, until the returned function is called. */
  function watchVisitor(id: string, onWritten: () => void): () => void {
    const { row } = conversations.get(id);
    const fromSeq = row.peek()?.conversation.lastSeq ?? 0;
    return effect(() => {
      const last = row.value?.conversation.lastMessage;
      // In a turn of its own: an effect cannot end itself.
      if (last?.role === 'visitor' && last.seq > fromSeq) queueMicrotask(onWritten);
    });
  }

  return {
    provisional: changesOf,
    sendMessage({ conversationId, clientId, kind, text, files, mentions }) {
      const ids = files.map(({ id }) => id);
      const body = { conversationId, clientId, text, ...(ids.length > 0 ? { files: ids } : {}) };
      return kind === 'note'
        ? ask(nothingShown, 'note:add', { ...body, mentions: [...mentions] }, ({ entry }) => [entry])
        : ask(nothingShown, 'message:send', body, ({ entry, assignment }) => {
            if (assignment) onTaken(conversationId);
            return [entry, assignment];
          });
    },
    close(id, { onOvertaken, onUnsent }) {
      const settle = conversations.expect(id, closed);
      const change = delay(
        () => {
          stopWatching();
          return setStatus(id, 'closed', settle);
        },
        () => {
          stopWatching();
          settle();
        },
        { allSent: () => allSent(id), onUnsent },
      );
      const stopWatching = watchVisitor(id, () => {
        if (!delayed.has(change)) return;
        change.cancel();
        onOvertaken();
      });
      return change;
    },
    reopen: (id) => setStatus(id, 'open', conversations.expect(id, { status: 'open', snoozedUntilMs: null })),
    snooze: (id, untilMs) =>
      ask(
        conversations.expect(id, { status: 'snoozed', snoozedUntilMs: untilMs }),
        'conversation:snooze',
        { ...facts(id), untilMs },
        ({ entry }) => [entry],
      ),
    assign(id, { agent, team, note }) {
      const settle = conversations.expect(id, {
        ...(agent === undefined ? {} : { assignee: agent }),
        ...(team === undefined ? {} : { team }),
      });
      const wish = {
        ...(agent === undefined ? {} : { agentId: agent?.id ?? null }),
        ...(team === undefined ? {} : { teamId: team?.id ?? null }),
        ...(note === undefined ? {} : { note: note.text, mentions: note.mentions }),
      };
      return ask(settle, 'conversation:assign', { ...facts(id), ...wish }, (reply) => [
        reply.entry,
        reply.note,
      ]);
    },
    label(id, { added, removed }) {
      const now = shown(id)?.labels ?? [];
      const labels = [...new Set([...now, ...added])].filter((one) => !removed.includes(one)).sort();
      const settle = conversations.expect(id, { labels });
      return ask(settle, 'conversation:label', { ...facts(id), added, removed }, ({ entry }) => [entry]);
    },
    setPriority(id, priority) {
      const settle = conversations.expect(id, { priority });
      return ask(settle, 'conversation:setPriority', { ...facts(id), priority }, ({ entry }) => [entry]);
    },
    runMacro: (id, macroId) =>
      ask(nothingShown, 'macro:run', { ...facts(id), macroId }, ({ entries }) => [...entries]),
    edit(id, place, text) {
      const settle = provide(id, { kind: 'edit', payload: { ...place, text } });
      return ask(settle, 'message:edit', { ...facts(id), seq: place.seq, text }, ({ entry }) => [entry]);
    },
    remove(id, place) {
      const settle = provide(id, { kind: 'deletion', payload: { ...place } });
      const send = () =>
        ask(settle, 'message:delete', { ...facts(id), seq: place.seq }, ({ entry }) => [entry]);
      return delay(send, settle);
    },
    async askToSee(id) {
      const reply = await connection.request('cobrowse:request', { conversationId: id });
      if (!reply.ok) return reply;
      conversations.receiveCobrowse(reply.session);
      return null;
    },
    flush() {
      for (const change of [...delayed]) void change.send();
    },
  };
}
