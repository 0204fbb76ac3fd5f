import { RapportError } from '../../shared/errors.ts';
import { maxEntriesPerFetch } from '../../shared/limits.ts';
import type { ConversationState, Entry } from '../../shared/model/conversation.ts';
import { isSatisfactionDue } from '../../shared/model/survey.ts';
import type { AgentRequests, PayloadOf, ReplyOf, VisitorRequests } from '../../shared/protocol.ts';
import type { InboxRow } from '../../shared/wire.ts';
import type { Appended, NewEntry, Store, StoredVisitor } from '../store/store.ts';
import type { AgentCaller, VisitorCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { Connections } from './connections.ts';
import { derivedId, randomId } from './identifier.ts';
import type { Membership } from './membership.ts';
import type { Presence } from './presence.ts';
import type { Publisher } from './publisher.ts';

type VisitorPayload<E extends keyof VisitorRequests> = PayloadOf<VisitorRequests, E>;
type VisitorReply<E extends keyof VisitorRequests> = Promise<ReplyOf<VisitorRequests, E>>;
type AgentPayload<E extends keyof AgentRequests> = PayloadOf<AgentRequests, E>;
type AgentReply<E extends keyof AgentRequests> = Promise<ReplyOf<AgentRequests, E>>;

/** Either side of a conversation, after the door. */
type Participant = VisitorCaller | AgentCaller;

export interface ConversationParts {
  store: Pick<
    Store,
    | 'append'
    | 'conversation'
    | 'entries'
    | 'inbox'
    | 'inboxRow'
    | 'openCobrowse'
    | 'satisfactionFacts'
    | 'startConversation'
    | 'team'
  >;
  /** The store's epoch. */
  epoch: string;
  publisher: Publisher;
  connections: Pick<Connections, 'knowVisitor'>;
  presence: Pick<Presence, 'seen'>;
  membership: Pick<Membership, 'requireMember'>;
  clock: Clock;
}

export type Conversations = ReturnType<typeof createConversations>;

/** A conversation and its log: who may read and write it, what follows from an entry, who is told. */
export function createConversations(parts: ConversationParts) {
  const { store, epoch, publisher, clock } = parts;

  /** The conversation, if it is the caller's: somebody else's is `not_found`. */
  const require = async (caller: Participant, conversationId: string): Promise<ConversationState> => {
    const conversation = await store.conversation({ conversationId });
    if (!conversation) throw new RapportError('not_found');
    if ('agent' in caller) {
      await parts.membership.requireMember(caller, conversation.siteId);
    } else if (conversation.siteId !== caller.siteId || conversation.visitorId !== caller.visitorId) {
      throw new RapportError('not_found');
    }
    return conversation;
  };

  const tellEntry = ({ siteId, visitorId }: ConversationState, entry: Entry) => {
    publisher.toSite(siteId, 'entry:added', { entry, epoch });
    publisher.toVisitor(visitorId, 'entry:added', { entry, epoch });
  };

  /** Appends and tells what is new. The entries belong to one conversation. */
  const append = async (...entries: NewEntry[]): Promise<Appended[]> => {
    const appended = await store.append({ entries });
    for (const { entry, conversation, repeated } of appended) if (!repeated) tellEntry(conversation, entry);
    return appended;
  };

  const appendOne = async (entry: NewEntry): Promise<Entry> => {
    const [appended] = await append(entry);
    if (!appended) throw new RapportError('internal');
    return appended.entry;
  };

  const senderOf = (caller: Participant): { role: 'visitor' | 'agent'; id: string } => {
    if ('agent' in caller) return { role: 'agent', id: caller.agent.id };
    if (caller.visitorId === null) throw new RapportError('not_found');
    return { role: 'visitor', id: caller.visitorId };
  };

  const rowOf = (row: { conversation: ConversationState; visitor: StoredVisitor }): InboxRow => ({
    conversation: row.conversation,
    visitor: parts.presence.seen(row.visitor),
  });

  /** Makes visitor and conversation at the first call; `text` null starts one without a message. */
  const start = async (
    caller: VisitorCaller,
    request: { clientId: string; text: string | null; visit: VisitorPayload<'conversation:start'>['visit'] },
  ) => {
    const started = await store.startConversation({
      siteId: caller.siteId,
      tokenHash: caller.tokenHash,
      visitorId: caller.visitorId ?? randomId('visitor'),
      conversationId: randomId('conversation'),
      visit: request.visit,
      browser: caller.browser,
      clientId: request.clientId,
      text: request.text,
      nowMs: clock.nowMs(),
    });
    const { visitor, conversation, entry, repeated } = started;
    // Before anything is told: the visitor's other tabs must hear it too.
    parts.connections.knowVisitor({
      siteId: caller.siteId,
      tokenHash: caller.tokenHash,
      visitorId: visitor.id,
    });
    if (!repeated) {
      publisher.toSite(caller.siteId, 'conversation:added', { row: rowOf({ conversation, visitor }), epoch });
      publisher.toVisitor(visitor.id, 'conversation:added', { conversation, epoch });
      if (entry) tellEntry(conversation, entry);
    }
    return started;
  };

  return {
    require,
    append,
    start,

    async open(
      caller: AgentCaller,
      { conversationId }: AgentPayload<'conversation:open'>,
    ): AgentReply<'conversation:open'> {
      await require(caller, conversationId);
      const row = await store.inboxRow({ conversationId });
      if (!row) throw new RapportError('not_found');
      const { lastSeq, visitorId } = row.conversation;
      const [{ entries }, session] = await Promise.all([
        store.entries({
          conversationId,
          afterSeq: Math.max(0, lastSeq - maxEntriesPerFetch),
          limit: maxEntriesPerFetch,
        }),
        store.openCobrowse({ visitorId }),
      ]);
      return {
        row: rowOf(row),
        // The log may have grown since the row was read: row and entries must tell of the same moment.
        entries: entries.filter((entry) => entry.seq <= lastSeq),
        cobrowse: session?.conversationId === conversationId ? session : null,
        epoch,
      };
    },

    async inbox(caller: AgentCaller, request: AgentPayload<'inbox:list'>): AgentReply<'inbox:list'> {
      await parts.membership.requireMember(caller, request.siteId);
      const page = await store.inbox(request);
      return { ...page, rows: page.rows.map(rowOf) };
    },

    async fetch(
      caller: Participant,
      request: { conversationId: string; afterSeq: number; limit?: number | undefined },
    ): VisitorReply<'entries:fetch'> {
      await require(caller, request.conversationId);
      const limit = request.limit ?? maxEntriesPerFetch;
      const { entries, lastSeq } = await store.entries({ ...request, limit });
      const reached = entries.at(-1)?.seq ?? request.afterSeq;
      return { entries, lastSeq, hasMore: reached < lastSeq && entries.length > 0, epoch };
    },

    async startWithMessage(
      caller: VisitorCaller,
      request: VisitorPayload<'conversation:start'>,
    ): VisitorReply<'conversation:start'> {
      const { conversation, entry } = await start(caller, request);
      if (!entry) throw new RapportError('client_id_reused');
      return { conversation, entry, epoch };
    },

    async send(
      caller: Participant,
      { conversationId, clientId, text }: VisitorPayload<'message:send'>,
    ): VisitorReply<'message:send'> {
      await require(caller, conversationId);
      const sender = senderOf(caller);
      const atMs = clock.nowMs();
      return {
        entry: await appendOne({
          conversationId,
          kind: 'message',
          clientId,
          sender,
          payload: { text },
          atMs,
        }),
      };
    },

    /** Writes only when a message of the other side becomes read: receipts must not answer receipts. */
    async read(
      caller: Participant,
      { conversationId, clientId, seq }: VisitorPayload<'conversation:read'>,
    ): VisitorReply<'conversation:read'> {
      const conversation = await require(caller, conversationId);
      const unread = 'agent' in caller ? conversation.unreadByAgents : conversation.unreadByVisitor;
      const upTo = Math.min(seq, conversation.lastSeq);
      if (!unread.some((one) => one <= upTo)) return { entry: null };
      return {
        entry: await appendOne({
          conversationId,
          kind: 'read',
          clientId,
          sender: senderOf(caller),
          payload: { seq: upTo },
          atMs: clock.nowMs(),
        }),
      };
    },

    /** Resolving asks the visitor the satisfaction question when it is due. */
    async setStatus(
      caller: AgentCaller,
      { conversationId, clientId, status }: AgentPayload<'conversation:setStatus'>,
    ): AgentReply<'conversation:setStatus'> {
      const conversation = await require(caller, conversationId);
      const atMs = clock.nowMs();
      const entries: NewEntry[] = [
        { conversationId, kind: 'status', clientId, sender: senderOf(caller), payload: { status }, atMs },
      ];
      // One survey id and one client id for the conversation's whole life: agents who resolve at the same moment
      // cannot ask twice, and a repeated request gets the entry of the first.
      const surveyId = derivedId('survey', conversationId);
      if (status === 'resolved') {
        const isAsked = conversation.survey.state !== 'none';
        const facts = isAsked ? null : await store.satisfactionFacts({ conversationId });
        if (isAsked || (facts && isSatisfactionDue(facts, atMs).shown)) {
          entries.push({
            conversationId,
            kind: 'survey',
            clientId: `asked-${surveyId}`,
            sender: { role: 'system' },
            payload: { event: 'asked', surveyId },
            atMs,
          });
        }
      }
      const [entry, survey] = await append(...entries);
      if (!entry) throw new RapportError('internal');
      const isAnswerOfThis = survey && (!survey.repeated || entry.repeated);
      return { entry: entry.entry, survey: isAnswerOfThis ? survey.entry : null };
    },

    async assign(
      caller: AgentCaller,
      { conversationId, clientId, agentId }: AgentPayload<'conversation:assign'>,
    ): AgentReply<'conversation:assign'> {
      const { siteId } = await require(caller, conversationId);
      const members = agentId === null ? [] : await store.team({ siteId });
      const assignee = members.find(({ agent }) => agent.id === agentId)?.agent ?? null;
      if (agentId !== null && !assignee) throw new RapportError('not_found');
      return {
        entry: await appendOne({
          conversationId,
          kind: 'assignment',
          clientId,
          sender: senderOf(caller),
          payload: { agentId, agentName: assignee?.name ?? null },
          atMs: clock.nowMs(),
        }),
      };
    },

    async setTyping(
      caller: Participant,
      { conversationId, typing }: VisitorPayload<'typing:set'>,
    ): VisitorReply<'typing:set'> {
      const { siteId, visitorId } = await require(caller, conversationId);
      if ('agent' in caller) {
        const { id, name, color } = caller.agent;
        const agent = { id, name, color };
        publisher.toVisitor(visitorId, 'typing:changed', { conversationId, agent, typing });
        publisher.toSite(siteId, 'typing:changed', {
          conversationId,
          sender: { role: 'agent', agent },
          typing,
        });
      } else {
        publisher.toSite(siteId, 'typing:changed', { conversationId, sender: { role: 'visitor' }, typing });
      }
      return {};
    },

    answerSurvey: (
      caller: VisitorCaller,
      { conversationId, surveyId, score, comment }: VisitorPayload<'survey:answer'>,
    ): VisitorReply<'survey:answer'> =>
      closeSurvey(caller, conversationId, { event: 'answered', surveyId, score, comment }),

    dismissSurvey: (
      caller: VisitorCaller,
      { conversationId, surveyId }: VisitorPayload<'survey:dismiss'>,
    ): VisitorReply<'survey:dismiss'> =>
      closeSurvey(caller, conversationId, { event: 'dismissed', surveyId }),
  };

  /**
   * Only the first answer or dismissal counts. Its client id follows from the survey, so the log itself refuses a
   * second one, from whatever tab or node it comes, and takes the same one again as a repeat.
   */
  async function closeSurvey(
    caller: VisitorCaller,
    conversationId: string,
    payload: Exclude<Extract<NewEntry, { kind: 'survey' }>['payload'], { event: 'asked' }>,
  ): Promise<{ entry: Entry }> {
    const { survey } = await require(caller, conversationId);
    if (survey.state === 'none' || survey.surveyId !== payload.surveyId)
      throw new RapportError('wrong_phase');
    try {
      return {
        entry: await appendOne({
          conversationId,
          kind: 'survey',
          clientId: `closed-${payload.surveyId}`,
          sender: senderOf(caller),
          payload,
          atMs: clock.nowMs(),
        }),
      };
    } catch (error) {
      const isSecond = error instanceof RapportError && error.code === 'client_id_reused';
      throw isSecond ? new RapportError('wrong_phase') : error;
    }
  }
}
