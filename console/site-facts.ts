import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Refusal } from '../shared/errors.ts';
import type { Availability, TeamMember } from '../shared/model/agent.ts';
import type { Workspace } from '../shared/model/workspace.ts';
import type { AgentConnection } from './agent-connection.ts';

/** Whoever is not in it is offline. */
type Roster = ReadonlyMap<string, Availability>;

export interface SiteFacts {
  /** Members with their presence; null until fetched. Asking for it the first time fetches it. */
  team(siteId: string): ReadonlySignal<readonly TeamMember[] | null>;
  /** Labels, teams, canned replies and macros; null until fetched. Asking for it the first time fetches it. */
  workspace(siteId: string): ReadonlySignal<Workspace | null>;
  loadTeam(siteId: string): Promise<Refusal | null>;
  loadWorkspace(siteId: string): Promise<Refusal | null>;
  /** Takes in the workspace of a reply. */
  takeWorkspace(siteId: string, workspace: Workspace): void;
  /** After a reconnect: fetches again what was asked for. */
  resync(): void;
  close(): void;
}

/** What agents of a site share, for every site that was asked for: kept true while the line is up. */
export function createSiteFacts(parts: {
  connection: AgentConnection;
  onRoster(siteId: string, roster: Roster): void;
}): SiteFacts {
  const { connection } = parts;
  const teams = new Map<string, Signal<readonly TeamMember[] | null>>();
  const workspaces = new Map<string, Signal<Workspace | null>>();
  const rosters = new Map<string, Roster>();
  let closed = false;

  function hold<T>(map: Map<string, Signal<T | null>>, siteId: string, load: () => void): Signal<T | null> {
    let found = map.get(siteId);
    if (!found) {
      found = signal<T | null>(null);
      map.set(siteId, found);
      load();
    }
    return found;
  }
  const teamOf = (siteId: string) => hold(teams, siteId, () => void loadTeam(siteId));
  const workspaceOf = (siteId: string) => hold(workspaces, siteId, () => void loadWorkspace(siteId));

  function present(members: readonly TeamMember[], roster: Roster | undefined): readonly TeamMember[] {
    if (!roster) return members;
    return members.map((member) => ({ ...member, presence: roster.get(member.id) ?? 'offline' }));
  }

  async function loadTeam(siteId: string): Promise<Refusal | null> {
    // What is told while the answer is on its way is newer than the answer.
    rosters.delete(siteId);
    const reply = await connection.request('team:list', { siteId });
    if (!reply.ok) return reply;
    if (!closed) teamOf(siteId).value = present(reply.members, rosters.get(siteId));
    return null;
  }

  async function loadWorkspace(siteId: string): Promise<Refusal | null> {
    const reply = await connection.request('workspace:open', { siteId });
    if (!reply.ok) return reply;
    if (!closed) workspaceOf(siteId).value = reply.workspace;
    return null;
  }

  const stops = [
    connection.onFact('presence:changed', ({ siteId, agents }) => {
      const roster = new Map(agents.map(({ agent, availability }) => [agent.id, availability] as const));
      rosters.set(siteId, roster);
      const team = teams.get(siteId);
      if (team?.value) team.value = present(team.value, roster);
      parts.onRoster(siteId, roster);
    }),
    connection.onFact('workspace:changed', ({ siteId, workspace }) => {
      const known = workspaces.get(siteId);
      if (known) known.value = workspace;
    }),
  ];

  return {
    team: teamOf,
    workspace: workspaceOf,
    loadTeam,
    loadWorkspace,
    takeWorkspace(siteId, workspace) {
      workspaceOf(siteId).value = workspace;
    },
    resync() {
      for (const siteId of teams.keys()) void loadTeam(siteId);
      for (const siteId of workspaces.keys()) void loadWorkspace(siteId);
    },
    close() {
      closed = true;
      for (const stop of stops) stop();
    },
  };
}
