import { RapportError } from '../../shared/errors.ts';
import type { ConversationState, Entry, EntryPayloads } from '../../shared/model/conversation.ts';
import type { AgentRequests, PayloadOf, ReplyOf } from '../../shared/protocol.ts';
import type { NewEntry, Store } from '../store/store.ts';
import type { AgentCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { ConversationLog } from './conversation-log.ts';
import { derivedClientId } from './identifier.ts';
import type { Lanes } from './lanes.ts';
import { mentionsOf } from './mentions.ts';

type AgentPayload<E extends keyof AgentRequests> = PayloadOf<AgentRequests, E>;
type AgentReply<E extends keyof AgentRequests> = Promise<ReplyOf<AgentRequests, E>>;

export type Assignments = ReturnType<typeof createAssignments>;

/** Who answers, which labels it bears and how urgent it is: what agents decide of a conversation. */
export function createAssignments(parts: {
  store: Pick<Store, 'team' | 'workspace'>;
  log: ConversationLog;
  /** By site: with routing, so that a hand and the rule do not both give away one conversation. */
  lanes: Lanes;
  clock: Clock;
}) {
  const { store, log, lanes, clock } = parts;

  /** Who answers after it: what is not asked for stays as it is. */
  const assignee = async (
    { siteId, assignee, team }: ConversationState,
    wanted: { agentId?: string | null | undefined; teamId?: string | null | undefined },
  ): Promise<EntryPayloads['assignment']> => {
    const agentId = wanted.agentId === undefined ? (assignee?.id ?? null) : wanted.agentId;
    let agentName = wanted.agentId === undefined ? (assignee?.name ?? null) : null;
    if (wanted.agentId) {
      const member = (await store.team({ siteId })).find(({ agent }) => agent.id === wanted.agentId);
      if (!member) throw new RapportError('not_found', { field: 'agentId' });
      agentName = member.agent.name;
    }
    const teamId = wanted.teamId === undefined ? (team?.id ?? null) : wanted.teamId;
    let teamName = wanted.teamId === undefined ? (team?.name ?? null) : null;
    if (wanted.teamId) {
      const known = (await store.workspace({ siteId })).teams.find(({ id }) => id === wanted.teamId);
      if (!known) throw new RapportError('not_found', { field: 'teamId' });
      teamName = known.name;
    }
    return { agentId, agentName, teamId, teamName, by: 'hand' };
  };

  return {
    /** With a note it is a transfer: both or nothing. */
    async assign(
      caller: AgentCaller,
      request: AgentPayload<'conversation:assign'>,
    ): AgentReply<'conversation:assign'> {
      const { conversationId, clientId, agentId, teamId, note, mentions = [] } = request;
      const { siteId } = await log.require(caller, conversationId);
      if (agentId === undefined && teamId === undefined) {
        throw new RapportError('malformed', { field: 'agentId' });
      }
      return lanes.run(siteId, async () => {
        const conversation = await log.require(caller, conversationId);
        const sender = log.senderOf(caller, conversation);
        const noteId = derivedClientId(clientId, 'note');
        const clientIds = note === undefined ? [clientId] : [clientId, noteId];
        const before = await log.written(conversation, sender, clientIds);
        const [entry, noteEntry = null] = before ?? (await add(conversation));
        if (!entry) throw new RapportError('internal');
        return { entry, note: noteEntry };

        async function add(state: ConversationState): Promise<Entry[]> {
          const base = { conversationId, sender, atMs: clock.nowMs() };
          const payload = await assignee(state, { agentId, teamId });
          const entries: NewEntry[] = [{ ...base, kind: 'assignment', clientId, payload }];
          if (note !== undefined) {
            const meant = await mentionsOf(store, siteId, [...(agentId ? [agentId] : []), ...mentions]);
            entries.push({
              ...base,
              kind: 'note',
              clientId: noteId,
              payload: { text: note, mentions: meant },
            });
          }
          return (await log.append(...entries)).map((appended) => appended.entry);
        }
      });
    },

    async label(
      caller: AgentCaller,
      { conversationId, clientId, added, removed }: AgentPayload<'conversation:label'>,
    ): AgentReply<'conversation:label'> {
      const conversation = await log.require(caller, conversationId);
      const sender = log.senderOf(caller, conversation);
      if (added.length + removed.length === 0) throw new RapportError('malformed', { field: 'added' });
      if (added.length > 0) {
        const { labels } = await store.workspace({ siteId: conversation.siteId });
        const isKnown = (id: string) => labels.some((label) => label.id === id);
        // A label may have gone since a request that is repeated was made.
        if (!added.every(isKnown) && (await log.written(conversation, sender, [clientId])) === null) {
          throw new RapportError('not_found', { field: 'added' });
        }
      }
      return {
        entry: await log.appendOne({
          conversationId,
          kind: 'labels',
          clientId,
          sender,
          payload: { added, removed },
          atMs: clock.nowMs(),
        }),
      };
    },

    async setPriority(
      caller: AgentCaller,
      { conversationId, clientId, priority }: AgentPayload<'conversation:setPriority'>,
    ): AgentReply<'conversation:setPriority'> {
      const conversation = await log.require(caller, conversationId);
      return {
        entry: await log.appendOne({
          conversationId,
          kind: 'priority',
          clientId,
          sender: log.senderOf(caller, conversation),
          payload: { priority },
          atMs: clock.nowMs(),
        }),
      };
    },
  };
}
