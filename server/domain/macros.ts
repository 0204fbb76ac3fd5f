import { RapportError } from '../../shared/errors.ts';
import type { ConversationState } from '../../shared/model/conversation.ts';
import type { TemplateValues } from '../../shared/model/template.ts';
import { type Macro, maxMacroActions } from '../../shared/model/workspace.ts';
import type { AgentRequests, PayloadOf, ReplyOf } from '../../shared/protocol.ts';
import type { Appended, NewEntry, Store, StoredVisitor } from '../store/store.ts';
import type { AgentCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import { closingEntries } from './closing.ts';
import type { ConversationLog } from './conversation-log.ts';
import { derivedClientId } from './identifier.ts';
import type { Lanes } from './lanes.ts';
import { macroEntries } from './macro-entries.ts';
import type { SiteDirectory } from './site-directory.ts';
import { takingId } from './taking-entry.ts';

export type Macros = ReturnType<typeof createMacros>;

/** Several actions in one step: all of them or none. */
export function createMacros(parts: {
  store: Pick<Store, 'satisfactionFacts' | 'team' | 'visitorById' | 'workspace'>;
  log: ConversationLog;
  directory: Pick<SiteDirectory, 'byId'>;
  lanes: Lanes;
  onSnoozed(untilMs: number): void;
  clock: Clock;
}) {
  const { store, log, lanes, clock } = parts;

  const newEntries = async (
    caller: AgentCaller,
    conversation: ConversationState,
    macro: Macro,
    clientIdOf: (place: number) => string,
    { labels, teams }: Awaited<ReturnType<Store['workspace']>>,
  ): Promise<NewEntry[]> => {
    const { siteId, visitorId } = conversation;
    const [team, visitor, site] = await Promise.all([
      store.team({ siteId }),
      store.visitorById({ siteId, visitorId }),
      parts.directory.byId(siteId),
    ]);
    const atMs = clock.nowMs();
    const entries = macroEntries(macro, {
      conversation,
      agent: caller.agent,
      members: team.map(({ agent }) => agent),
      teams,
      labels,
      values: templateValues(conversation, caller.agent.name, visitor, site?.settings.name ?? null),
      clientIdOf,
      atMs,
    });
    const closes = entries.findIndex(({ kind, payload }) => kind === 'status' && payload.status === 'closed');
    if (closes < 0) return entries;
    const helps = entries.slice(0, closes).some(({ kind }) => kind === 'message');
    const { clientId, sender } = entries[closes] as NewEntry;
    const [, ...asked] = await closingEntries(store, conversation, { clientId, sender, atMs, helps });
    return [...entries, ...asked];
  };

  return {
    async run(
      caller: AgentCaller,
      { conversationId, clientId, macroId }: PayloadOf<AgentRequests, 'macro:run'>,
    ): Promise<ReplyOf<AgentRequests, 'macro:run'>> {
      const { siteId } = await log.require(caller, conversationId);
      return lanes.run(siteId, async () => {
        const conversation = await log.require(caller, conversationId);
        // A repeat has other texts and times by now, or its macro is gone: what the first run wrote is the answer.
        const clientIdOf = (place: number) => derivedClientId(clientId, `macro ${place}`);
        const ids = Array.from({ length: maxMacroActions }, (_, place) => clientIdOf(place));
        const clientIds = ids.flatMap((id) => [id, takingId(id)]);
        const before = await log.written(conversation, log.senderOf(caller, conversation), clientIds);
        if (before) return { entries: before };

        const workspace = await store.workspace({ siteId });
        const macro = workspace.macros.find(({ id }) => id === macroId);
        if (!macro) throw new RapportError('not_found', { field: 'macroId' });
        const entries = await newEntries(caller, conversation, macro, clientIdOf, workspace);
        const appended = await log.append(...entries);
        for (const { entry } of appended) {
          if (entry.kind === 'status' && entry.payload.status === 'snoozed') {
            parts.onSnoozed(entry.payload.untilMs);
          }
        }
        return { entries: appended.filter(isNewHere).map(({ entry }) => entry) };
      });
    },
  };
}

/** Not the question that an earlier closing has asked. */
const isNewHere = ({ entry, repeated }: Appended): boolean => entry.kind !== 'survey' || !repeated;

function templateValues(
  conversation: Pick<ConversationState, 'id'>,
  agentName: string,
  visitor: Pick<StoredVisitor, 'name' | 'email'> | null,
  siteName: string | null,
): TemplateValues {
  return {
    'visitor.name': visitor?.name ?? null,
    'visitor.firstName': firstWord(visitor?.name),
    'visitor.email': visitor?.email ?? null,
    'agent.name': agentName,
    'agent.firstName': firstWord(agentName),
    'site.name': siteName,
    'conversation.id': conversation.id,
  };
}

const firstWord = (name: string | null | undefined): string | null => name?.trim().split(/\s+/)[0] || null;
