import type { AgentLoad } from '../store/store.ts';

/** A conversation nobody has taken, the longest wait first in its list. */
export interface Waiting {
  conversationId: string;
  teamId: string | null;
}

/** An agent who is there and not away, with the conversations it answers and those it can answer at once. */
export interface Server {
  agentId: string;
  open: number;
  capacity: number;
  /** 0 for never. */
  lastAssignedAtMs: number;
}

/** Agents of a team; a team that no longer exists has none, so that its conversations go to anybody. */
export type TeamMembers = ReadonlyMap<string, ReadonlySet<string>>;

export function serversOf(
  loads: readonly AgentLoad[],
  available: ReadonlySet<string>,
  siteCapacity: number,
): Server[] {
  return loads
    .filter(({ agentId }) => available.has(agentId))
    .map(({ capacity, ...load }) => ({ ...load, capacity: capacity ?? siteCapacity }));
}

const serves = (teams: TeamMembers, teamId: string | null, { agentId }: Pick<Server, 'agentId'>): boolean =>
  (teamId === null ? undefined : teams.get(teamId))?.has(agentId) ?? true;

const hasRoom = ({ open, capacity }: Server): boolean => open < capacity;

/**
 * Whom the waiting are given to, the longest wait first: of those who may take it and have room, the one whose last
 * assignment is longest ago, then who has the fewest open. Who finds nobody waits on.
 */
export function nextAssignments(
  waiting: readonly Waiting[],
  servers: readonly Server[],
  teams: TeamMembers,
): Array<{ conversationId: string; agentId: string }> {
  const loads = servers.map((server) => ({ ...server }));
  let turn = Math.max(0, ...loads.map(({ lastAssignedAtMs }) => lastAssignedAtMs));
  const assignments: Array<{ conversationId: string; agentId: string }> = [];
  for (const { conversationId, teamId } of waiting) {
    const [next] = loads
      .filter((server) => hasRoom(server) && serves(teams, teamId, server))
      .sort(
        (a, b) =>
          a.lastAssignedAtMs - b.lastAssignedAtMs || a.open - b.open || (a.agentId < b.agentId ? -1 : 1),
      );
    if (!next) continue;
    next.open += 1;
    turn += 1;
    next.lastAssignedAtMs = turn;
    assignments.push({ conversationId, agentId: next.agentId });
  }
  return assignments;
}

/**
 * Places in the queue, 1 being next. A conversation has one while agents who may take it are there and all of them are
 * at capacity; before it stand those who wait longer for any of the same agents. Nobody there at all is no queue.
 */
export function queuePlaces(
  waiting: readonly Waiting[],
  servers: readonly Server[],
  teams: TeamMembers,
): Map<string, number> {
  const groups = new Map<string | null, { agentIds: Set<string>; isFull: boolean; count: number }>();
  for (const { teamId } of waiting) {
    if (groups.has(teamId)) continue;
    const able = servers.filter((server) => serves(teams, teamId, server));
    groups.set(teamId, {
      agentIds: new Set(able.map(({ agentId }) => agentId)),
      isFull: able.length > 0 && !able.some(hasRoom),
      count: 0,
    });
  }
  const all = [...groups.values()];
  const places = new Map<string, number>();
  for (const { conversationId, teamId } of waiting) {
    const group = groups.get(teamId);
    if (!group?.isFull) continue;
    group.count += 1;
    const rivals = all.filter(({ agentIds }) => [...agentIds].some((id) => group.agentIds.has(id)));
    places.set(
      conversationId,
      rivals.reduce((sum, { count }) => sum + count, 0),
    );
  }
  return places;
}
