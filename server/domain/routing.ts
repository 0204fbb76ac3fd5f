import type { ConversationState, Entry } from '../../shared/model/conversation.ts';
import type { QueuePlace } from '../../shared/wire.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import type { ConversationLog } from './conversation-log.ts';
import { derivedClientId } from './identifier.ts';
import type { Lanes } from './lanes.ts';
import type { Presence } from './presence.ts';
import type { Publisher } from './publisher.ts';
import { nextAssignments, queuePlaces, serversOf } from './routing-rule.ts';
import type { SiteDirectory } from './site-directory.ts';

/** A review that failed is done again after this. */
const retryMs = 5_000;
/** Between two looks at one site: a burst of messages is looked at a few times, not once each. */
const restMs = 50;

export type Routing = ReturnType<typeof createRouting>;

/**
 * Gives new conversations to agents on sites that want it so, and tells visitors where they stand while all agents are
 * busy. Looks at a site again whenever something may have changed; the rule itself is in `routing-rule.ts`.
 */
export function createRouting(parts: {
  store: Pick<Store, 'agentLoads' | 'conversation' | 'queue' | 'workspace'>;
  log: Pick<ConversationLog, 'append'>;
  /** By site, shared with what agents decide by hand: one conversation is given away once. */
  lanes: Lanes;
  directory: Pick<SiteDirectory, 'byId'>;
  presence: Pick<Presence, 'agentsAvailable'>;
  publisher: Pick<Publisher, 'toVisitor'>;
  clock: Clock;
  onFailure(error: unknown): void;
}) {
  const { store, lanes, presence, publisher, clock } = parts;
  /** Sites whose next look has not begun: one look answers for all that happened before it. */
  const asked = new Set<string>();
  const lastLooksMs = new Map<string, number>();
  const timers = new Map<string, () => void>();
  /** Places as told last, by site and conversation. */
  const told = new Map<string, Map<string, { visitorId: string; position: number }>>();
  let isClosed = false;

  const look = async (siteId: string): Promise<void> => {
    const available = new Map(presence.agentsAvailable(siteId).map((agent) => [agent.id, agent]));
    if (available.size === 0) return tell(siteId, new Map());
    const site = await parts.directory.byId(siteId);
    if (!site) return;
    const { assign, capacity } = site.settings.routing;
    const servers = serversOf(await store.agentLoads({ siteId }), new Set(available.keys()), capacity);
    const isAnyoneFull = servers.some((server) => server.open >= server.capacity);
    if (assign === 'by_hand' && !isAnyoneFull) return tell(siteId, new Map());

    const queue = await store.queue({ siteId });
    const hasTeams = queue.some(({ teamId }) => teamId !== null);
    const teams = new Map(
      (hasTeams ? (await store.workspace({ siteId })).teams : []).map(({ id, agentIds }) => [
        id,
        new Set(agentIds),
      ]),
    );
    const assignments = assign === 'round_robin' ? nextAssignments(queue, servers, teams) : [];
    const given = new Set<string>();
    for (const { conversationId, agentId } of assignments) {
      const agent = available.get(agentId);
      if (!agent || !(await give(conversationId, agent))) continue;
      given.add(conversationId);
      for (const server of servers) if (server.agentId === agentId) server.open += 1;
    }

    const waiting = queue.filter(({ conversationId }) => !given.has(conversationId));
    const positions = queuePlaces(waiting, servers, teams);
    const places = new Map<string, { visitorId: string; position: number }>();
    for (const { conversationId, visitorId } of waiting) {
      const position = positions.get(conversationId);
      if (position !== undefined) places.set(conversationId, { visitorId, position });
    }
    tell(siteId, places);
  };

  /** False when it has been closed or answered since the queue was read. */
  const give = async (conversationId: string, agent: { id: string; name: string }): Promise<boolean> => {
    const conversation = await store.conversation({ conversationId });
    if (!conversation || !isWaiting(conversation)) return false;
    const given = await parts.log.append({
      conversationId,
      kind: 'assignment',
      // The same for all who look at the same moment of the log.
      clientId: derivedClientId(conversationId, `given at ${conversation.lastSeq}`),
      sender: { role: 'system' },
      payload: {
        agentId: agent.id,
        agentName: agent.name,
        teamId: conversation.team?.id ?? null,
        teamName: conversation.team?.name ?? null,
        by: 'round_robin',
      },
      atMs: clock.nowMs(),
      // Somebody may answer at this moment.
      ifUntaken: true,
    });
    return given.length > 0;
  };

  const tell = (siteId: string, places: Map<string, { visitorId: string; position: number }>) => {
    const before = told.get(siteId) ?? new Map<string, { visitorId: string; position: number }>();
    if (places.size > 0) told.set(siteId, places);
    else told.delete(siteId);
    for (const [conversationId, { visitorId, position }] of places) {
      if (before.get(conversationId)?.position === position) continue;
      publisher.toVisitor(visitorId, 'queue:changed', { conversationId, position });
    }
    for (const [conversationId, { visitorId }] of before) {
      if (places.has(conversationId)) continue;
      publisher.toVisitor(visitorId, 'queue:changed', { conversationId, position: null });
    }
  };

  const review = (siteId: string): void => {
    if (isClosed || asked.has(siteId)) return;
    asked.add(siteId);
    const restedAtMs = (lastLooksMs.get(siteId) ?? 0) + restMs;
    lookIn(siteId, restedAtMs - clock.nowMs());
  };

  const lookIn = (siteId: string, waitMs: number): void => {
    if (waitMs <= 0) {
      lookNow(siteId);
      return;
    }
    const cancel = clock.after(waitMs, () => {
      timers.delete(siteId);
      lookNow(siteId);
    });
    timers.set(siteId, cancel);
  };

  const lookNow = (siteId: string): void => {
    const looking = lanes.run(siteId, async () => {
      asked.delete(siteId);
      lastLooksMs.set(siteId, clock.nowMs());
      if (!isClosed) await look(siteId);
    });
    looking.catch((error: unknown) => {
      if (isClosed) return;
      parts.onFailure(error);
      if (asked.has(siteId)) return;
      asked.add(siteId);
      lookIn(siteId, retryMs);
    });
  };

  return {
    /** Something that decides about the site's queue has changed: agents, capacities, teams, settings. */
    review,

    /** An entry stands: looks at the site if the entry may have moved the queue or made room. */
    onAppended(conversation: ConversationState, entry: Entry): void {
      if (mayMoveQueue(conversation, entry)) review(conversation.siteId);
    },

    /** Where these conversations stand, as told last. */
    placesOf(siteId: string, conversationIds: readonly string[]): QueuePlace[] {
      const places = told.get(siteId);
      return conversationIds.flatMap((conversationId) => {
        const place = places?.get(conversationId);
        return place ? [{ conversationId, position: place.position }] : [];
      });
    },

    close(): void {
      isClosed = true;
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}

const isWaiting = ({ status, assignee, waitingSinceMs }: ConversationState): boolean =>
  status === 'open' && assignee === null && waitingSinceMs !== null;

function mayMoveQueue({ assignee, waitingSinceMs }: ConversationState, entry: Entry): boolean {
  switch (entry.kind) {
    case 'status':
    case 'assignment':
      return true;
    case 'message':
      // One that nobody has taken joins or leaves the queue; one that wakes up takes room again.
      return assignee === null || waitingSinceMs === entry.atMs;
    default:
      return false;
  }
}
