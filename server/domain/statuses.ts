import { RapportError } from '../../shared/errors.ts';
import type { AgentRequests, PayloadOf, ReplyOf, VisitorRequests } from '../../shared/protocol.ts';
import type { Store } from '../store/store.ts';
import type { AgentCaller, VisitorCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import { askedNow, closedBefore, closingEntries } from './closing.ts';
import type { ConversationLog, Participant } from './conversation-log.ts';
import type { Lanes } from './lanes.ts';

type AgentPayload<E extends keyof AgentRequests> = PayloadOf<AgentRequests, E>;
type AgentReply<E extends keyof AgentRequests> = Promise<ReplyOf<AgentRequests, E>>;

/** Longest snooze: a year. What is put off longer is not meant to come back. */
const maxSnoozeMs = 366 * 24 * 60 * 60_000;

export type Statuses = ReturnType<typeof createStatuses>;

/** Open, snoozed, closed, and how it was. */
export function createStatuses(parts: {
  store: Pick<Store, 'satisfactionFacts'>;
  log: ConversationLog;
  /** By site: with routing, so that nobody is given a conversation that is closed at the same moment. */
  lanes: Lanes;
  /** A conversation sleeps until then. */
  onSnoozed(untilMs: number): void;
  clock: Clock;
}) {
  const { store, log, lanes, clock } = parts;

  const close = async (
    caller: Participant,
    { conversationId, clientId }: { conversationId: string; clientId: string },
  ) => {
    const { siteId } = await log.require(caller, conversationId);
    return lanes.run(siteId, async () => {
      const conversation = await log.require(caller, conversationId);
      const sender = log.senderOf(caller, conversation);
      const before = await closedBefore(log, conversation, { clientId, sender });
      if (before) return before;
      const entries = await closingEntries(store, conversation, { clientId, sender, atMs: clock.nowMs() });
      const [closed, survey] = await log.append(...entries);
      if (!closed) throw new RapportError('internal');
      return { entry: closed.entry, survey: askedNow(survey) };
    });
  };

  return {
    async set(
      caller: AgentCaller,
      { conversationId, clientId, status }: AgentPayload<'conversation:setStatus'>,
    ): AgentReply<'conversation:setStatus'> {
      if (status === 'closed') return close(caller, { conversationId, clientId });
      const conversation = await log.require(caller, conversationId);
      const entry = await lanes.run(conversation.siteId, () =>
        log.appendOne({
          conversationId,
          kind: 'status',
          clientId,
          sender: log.senderOf(caller, conversation),
          payload: { status },
          atMs: clock.nowMs(),
        }),
      );
      return { entry, survey: null };
    },

    /** The visitor is done. */
    end: (
      caller: VisitorCaller,
      request: PayloadOf<VisitorRequests, 'conversation:end'>,
    ): Promise<ReplyOf<VisitorRequests, 'conversation:end'>> => close(caller, request),

    async snooze(
      caller: AgentCaller,
      { conversationId, clientId, untilMs }: AgentPayload<'conversation:snooze'>,
    ): AgentReply<'conversation:snooze'> {
      const conversation = await log.require(caller, conversationId);
      const sender = log.senderOf(caller, conversation);
      const atMs = clock.nowMs();
      const isRefused = untilMs <= atMs || untilMs > atMs + maxSnoozeMs;
      if (isRefused && (await log.written(conversation, sender, [clientId])) === null) {
        throw new RapportError('malformed', { field: 'untilMs' });
      }
      const entry = await lanes.run(conversation.siteId, () =>
        log.appendOne({
          conversationId,
          kind: 'status',
          clientId,
          sender,
          payload: { status: 'snoozed', untilMs },
          atMs,
        }),
      );
      parts.onSnoozed(untilMs);
      return { entry };
    },
  };
}
