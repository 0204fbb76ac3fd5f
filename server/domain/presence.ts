import type { AgentCard, AgentPresence, Availability } from '../../shared/model/agent.ts';
import type { Visitor } from '../../shared/model/visitor.ts';
import type { StoredVisitor } from '../store/store.ts';
import { agentCard } from './agent-card.ts';
import type { Clock } from './clock.ts';
import type { Publisher } from './publisher.ts';
import { createRoster } from './roster.ts';

/** Longer than a page load takes on a slow line, shorter than anybody waits for. */
export const leaveGraceMs = 3_000;

/** An agent who is connected, and whether it takes conversations. */
export interface AgentThere {
  agent: AgentCard;
  availability: Availability;
}

export interface Presence {
  /** A connection may stand for several records: those of one customer. */
  connectVisitor(visitor: { siteId: string; visitorId: string }, connection: string): void;
  disconnectVisitor(connection: string): void;
  connectAgent(there: AgentThere, siteIds: string[], connection: string): void;
  disconnectAgent(connection: string): void;
  /** The agent, if connected, serves one more site. */
  joinSite(agentId: string, siteId: string): void;
  /** The agent, if connected, has another name, picture or availability. */
  changeAgent(agentId: string, change: Partial<AgentThere>): void;
  isVisitorOnline(visitorId: string): boolean;
  /** The visitor as agents see it. */
  seen(visitor: StoredVisitor): Visitor;
  /** All who are connected, away or not. */
  agentsThere(siteId: string): AgentThere[];
  /** Those who are connected and not away: all that visitors learn of. */
  agentsAvailable(siteId: string): AgentCard[];
  ofAgent(siteId: string, agentId: string): AgentPresence;
  visitorsOnline(): Array<{ siteId: string; visitorId: string }>;
  close(): void;
}

/** Who is online on this node: visitors, and agents per site. */
export function createPresence(parts: {
  publisher: Publisher;
  clock: Clock;
  /** Reads a visitor's record to tell its site's agents. Failures are the reader's to log. */
  readVisitor(visitor: { siteId: string; visitorId: string }): Promise<StoredVisitor | null>;
  /** Who is there for visitors of this site has changed. */
  onAgentsChange(siteId: string): void;
}): Presence {
  const { publisher, clock } = parts;
  const siteOfVisitor = new Map<string, string>();
  const visitorsOf = new Map<string, Set<string>>();
  const sitesOf = new Map<string, { agentId: string; siteIds: Set<string> }>();
  const known = new Map<string, AgentThere>();
  /** What the visitors of each site were told last. */
  const toldVisitors = new Map<string, string>();
  let isClosed = false;

  const place = (siteId: string, agentId: string) => `${siteId} ${agentId}`;

  const seen = (visitor: StoredVisitor): Visitor => ({ ...visitor, online: visitors.has(visitor.id) });

  const visitors = createRoster({
    clock,
    graceMs: leaveGraceMs,
    onChange(visitorId, isThere) {
      const siteId = siteOfVisitor.get(visitorId);
      if (!siteId) return;
      if (!isThere) siteOfVisitor.delete(visitorId);
      void parts.readVisitor({ siteId, visitorId }).then((visitor) => {
        if (visitor && !isClosed) publisher.toSite(siteId, 'visitor:changed', { visitor: seen(visitor) });
      });
    },
  });

  const agents = createRoster({
    clock,
    graceMs: leaveGraceMs,
    onChange(key, isThere) {
      const [siteId = '', agentId = ''] = key.split(' ');
      tell(siteId);
      const isGone = !isThere && agents.keys().every((one) => one.split(' ')[1] !== agentId);
      if (isGone) known.delete(agentId);
    },
  });

  const agentsThere = (siteId: string): AgentThere[] =>
    agents.keys().flatMap((key) => {
      const [site, agentId = ''] = key.split(' ');
      const there = known.get(agentId);
      return site === siteId && there ? [there] : [];
    });

  const agentsAvailable = (siteId: string): AgentCard[] =>
    agentsThere(siteId).flatMap(({ agent, availability }) => (availability === 'online' ? [agent] : []));

  const tell = (siteId: string) => {
    publisher.toSite(siteId, 'presence:changed', { siteId, agents: agentsThere(siteId) });
    const available = agentsAvailable(siteId);
    // Who is away does not show: a colleague who comes back to be away is no news to visitors.
    const shown = JSON.stringify(available);
    if (shown !== (toldVisitors.get(siteId) ?? '[]')) {
      toldVisitors.set(siteId, shown);
      publisher.toVisitorsOfSite(siteId, 'presence:changed', { agents: available });
    }
    parts.onAgentsChange(siteId);
  };

  return {
    connectVisitor({ siteId, visitorId }, connection) {
      siteOfVisitor.set(visitorId, siteId);
      visitorsOf.set(connection, (visitorsOf.get(connection) ?? new Set()).add(visitorId));
      visitors.add(visitorId, connection);
    },
    disconnectVisitor(connection) {
      const visitorIds = visitorsOf.get(connection) ?? [];
      visitorsOf.delete(connection);
      for (const visitorId of visitorIds) visitors.remove(visitorId, connection);
    },
    connectAgent({ agent, availability }, siteIds, connection) {
      // A second tab knows no better than the first.
      if (!known.has(agent.id)) known.set(agent.id, { agent: agentCard(agent), availability });
      sitesOf.set(connection, { agentId: agent.id, siteIds: new Set(siteIds) });
      for (const siteId of siteIds) agents.add(place(siteId, agent.id), connection);
    },
    disconnectAgent(connection) {
      const connected = sitesOf.get(connection);
      if (!connected) return;
      sitesOf.delete(connection);
      for (const siteId of connected.siteIds) agents.remove(place(siteId, connected.agentId), connection);
    },
    joinSite(agentId, siteId) {
      for (const [connection, connected] of sitesOf) {
        if (connected.agentId !== agentId) continue;
        connected.siteIds.add(siteId);
        agents.add(place(siteId, agentId), connection);
      }
    },
    changeAgent(agentId, change) {
      const there = known.get(agentId);
      if (!there) return;
      const next = { ...there, ...change };
      known.set(agentId, { agent: agentCard(next.agent), availability: next.availability });
      for (const key of agents.keys()) {
        const [siteId = '', id] = key.split(' ');
        if (id === agentId) tell(siteId);
      }
    },
    isVisitorOnline: (visitorId) => visitors.has(visitorId),
    seen,
    agentsThere,
    agentsAvailable,
    ofAgent: (siteId, agentId) =>
      agents.has(place(siteId, agentId)) ? (known.get(agentId)?.availability ?? 'offline') : 'offline',
    visitorsOnline: () => [...siteOfVisitor].map(([visitorId, siteId]) => ({ siteId, visitorId })),
    close() {
      isClosed = true;
      visitors.close();
      agents.close();
      siteOfVisitor.clear();
    },
  };
}
