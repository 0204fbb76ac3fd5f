import { RapportError } from '../../shared/errors.ts';
import { editableMs } from '../../shared/limits.ts';
import type { ConversationState, Entry } from '../../shared/model/conversation.ts';
import type { AgentRequests, PayloadOf, ReplyOf, VisitorRequests } from '../../shared/protocol.ts';
import type { NewEntry, Store } from '../store/store.ts';
import type { AgentCaller, VisitorCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import { type ConversationLog, entryFor, isBy, type Participant } from './conversation-log.ts';
import { mentionsOf } from './mentions.ts';
import { takingEntry } from './taking-entry.ts';

type VisitorPayload<E extends keyof VisitorRequests> = PayloadOf<VisitorRequests, E>;
type VisitorReply<E extends keyof VisitorRequests> = Promise<ReplyOf<VisitorRequests, E>>;

export type Messages = ReturnType<typeof createMessages>;

/** What both sides say, change, take back, receive and read. */
export function createMessages(parts: {
  store: Pick<Store, 'entries' | 'team'>;
  log: ConversationLog;
  clock: Clock;
}) {
  const { store, log, clock } = parts;

  const filesOf = (caller: Participant, files: string[] | undefined): Pick<NewEntry, 'files'> =>
    files ? { files: { ids: files, owner: 'agent' in caller ? caller.agent.id : caller.tokenHash } } : {};

  /** The caller's own message or note; everything else is `not_found`, as are notes for visitors. */
  const ownEntry = async (
    caller: Participant,
    conversation: ConversationState,
    seq: number,
  ): Promise<Extract<Entry, { kind: 'message' | 'note' }>> => {
    const { entries } = await store.entries({
      conversationId: conversation.id,
      afterSeq: Math.max(0, seq - 1),
      limit: 1,
    });
    const [entry] = entries;
    const isOwn =
      entry?.seq === seq &&
      (entry.kind === 'message' || entry.kind === 'note') &&
      isBy(entry, log.senderOf(caller, conversation));
    if (!isOwn) throw new RapportError('not_found');
    return entry;
  };

  /** Erasing leaves neither text nor files in the log. */
  const isErased = ({ payload }: Extract<Entry, { kind: 'message' | 'note' }>) =>
    payload.text === '' && (payload.files ?? []).length === 0;

  /** The entry that may be changed now; a repeat of a change that was made in time counts as in time. */
  const changeable = async (
    caller: Participant,
    { conversationId, clientId, seq }: VisitorPayload<'message:delete'>,
  ) => {
    const conversation = await log.require(caller, conversationId);
    const sender = log.senderOf(caller, conversation);
    const entry = await ownEntry(caller, conversation, seq);
    const atMs = clock.nowMs();
    const isLate = entry.kind === 'message' && atMs > entry.atMs + editableMs;
    if ((isLate || isErased(entry)) && (await log.written(conversation, sender, [clientId])) === null) {
      throw new RapportError(isErased(entry) ? 'not_found' : 'too_late');
    }
    return { base: { conversationId, clientId, sender, atMs }, of: entry.kind };
  };

  /** Appends only if a message of the other side, not known to have come so far, has come now. */
  const receipt = async (
    kind: 'delivered' | 'read',
    caller: Participant,
    { conversationId, clientId, seq }: VisitorPayload<'conversation:read'>,
  ): Promise<{ entry: Entry | null }> => {
    const conversation = await log.require(caller, conversationId);
    const isAgent = 'agent' in caller;
    const unread = isAgent ? conversation.unreadByAgents : conversation.unreadByVisitor;
    const delivered = isAgent ? conversation.agentDeliveredSeq : conversation.visitorDeliveredSeq;
    const upTo = Math.min(seq, conversation.lastSeq);
    const isNews = unread.some((one) => one <= upTo && (kind === 'read' || one > delivered));
    if (!isNews) return { entry: null };
    const sender = log.senderOf(caller, conversation);
    const atMs = clock.nowMs();
    return {
      entry: await log.appendOne({ conversationId, kind, clientId, sender, payload: { seq: upTo }, atMs }),
    };
  };

  const messageOf = (
    caller: Participant,
    conversation: ConversationState,
    { conversationId, clientId, text, files }: VisitorPayload<'message:send'>,
  ): NewEntry => ({
    conversationId,
    kind: 'message',
    clientId,
    sender: log.senderOf(caller, conversation),
    payload: { text },
    atMs: clock.nowMs(),
    ...filesOf(caller, files),
  });

  return {
    async send(caller: VisitorCaller, request: VisitorPayload<'message:send'>): VisitorReply<'message:send'> {
      const conversation = await log.require(caller, request.conversationId);
      return { entry: await log.appendOne(messageOf(caller, conversation, request)) };
    },

    /** In a conversation that nobody has, the first answer makes it the agent's: both or nothing. */
    async answer(
      caller: AgentCaller,
      request: PayloadOf<AgentRequests, 'message:send'>,
    ): Promise<ReplyOf<AgentRequests, 'message:send'>> {
      const conversation = await log.require(caller, request.conversationId);
      const message = messageOf(caller, conversation, request);
      const [answered, taken] = await log.append(
        message,
        ...(conversation.assignee === null ? [takingEntry(message, caller.agent)] : []),
      );
      if (!answered) throw new RapportError('internal');
      return { entry: answered.entry, assignment: taken?.entry ?? null };
    },

    async addNote(
      caller: AgentCaller,
      { conversationId, clientId, text, files, mentions }: PayloadOf<AgentRequests, 'note:add'>,
    ): Promise<ReplyOf<AgentRequests, 'note:add'>> {
      const conversation = await log.require(caller, conversationId);
      const payload = { text, mentions: await mentionsOf(store, conversation.siteId, mentions) };
      return {
        entry: await log.appendOne({
          conversationId,
          kind: 'note',
          clientId,
          sender: log.senderOf(caller, conversation),
          payload,
          atMs: clock.nowMs(),
          ...filesOf(caller, files),
        }),
      };
    },

    async edit(caller: Participant, request: VisitorPayload<'message:edit'>): VisitorReply<'message:edit'> {
      const { base, of } = await changeable(caller, request);
      const { seq, text } = request;
      const entry = await log.appendOne({ ...base, kind: 'edit', payload: { of, seq, text } });
      return { entry: entryFor(caller, entry) };
    },

    /** Text and files are erased from the log; that there was a message stays. */
    async remove(
      caller: Participant,
      request: VisitorPayload<'message:delete'>,
    ): VisitorReply<'message:delete'> {
      const { base, of } = await changeable(caller, request);
      const entry = await log.appendOne({ ...base, kind: 'deletion', payload: { of, seq: request.seq } });
      return { entry: entryFor(caller, entry) };
    },

    /** A device of the caller's side holds the messages up to there. */
    delivered: (caller: Participant, request: VisitorPayload<'conversation:delivered'>) =>
      receipt('delivered', caller, request),

    /** Writes only when a message of the other side becomes read: receipts must not answer receipts. */
    read: (caller: Participant, request: VisitorPayload<'conversation:read'>) =>
      receipt('read', caller, request),
  };
}
