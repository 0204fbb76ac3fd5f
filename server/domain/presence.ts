import type { AgentCard } from '../../shared/model/agent.ts';
import type { Visitor } from '../../shared/model/visitor.ts';
import type { StoredVisitor } from '../store/store.ts';
import type { Clock } from './clock.ts';
import type { Publisher } from './publisher.ts';
import { createRoster } from './roster.ts';

/** Longer than a page load takes on a slow line, shorter than anybody waits for. */
const leaveGraceMs = 3_000;

export interface Presence {
  connectVisitor(visitor: { siteId: string; visitorId: string }, connection: string): void;
  disconnectVisitor(connection: string): void;
  connectAgent(agent: AgentCard, siteIds: string[], connection: string): void;
  disconnectAgent(connection: string): void;
  /** The agent, if connected, serves one more site. */
  joinSite(agentId: string, siteId: string): void;
  isVisitorOnline(visitorId: string): boolean;
  /** The visitor as agents see it. */
  seen(visitor: StoredVisitor): Visitor;
  agentsOnline(siteId: string): AgentCard[];
  visitorsOnline(): Array<{ siteId: string; visitorId: string }>;
  close(): void;
}

/** Who is online on this node: visitors, and agents per site. */
export function createPresence(parts: {
  publisher: Publisher;
  clock: Clock;
  /** Reads a visitor's record to tell its site's agents. Failures are the reader's to log. */
  readVisitor(visitor: { siteId: string; visitorId: string }): Promise<StoredVisitor | null>;
}): Presence {
  const { publisher, clock } = parts;
  const siteOfVisitor = new Map<string, string>();
  const visitorOf = new Map<string, string>();
  const agentOf = new Map<string, { agent: AgentCard; siteIds: Set<string> }>();
  const cards = new Map<string, AgentCard>();
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
    onChange(key) {
      const [siteId = ''] = key.split(' ');
      const online = agentsOnline(siteId);
      publisher.toSite(siteId, 'presence:changed', { siteId, agents: online });
      publisher.toVisitorsOfSite(siteId, 'presence:changed', { agents: online });
    },
  });

  const agentsOnline = (siteId: string): AgentCard[] =>
    agents.keys().flatMap((key) => {
      const [site, agentId = ''] = key.split(' ');
      const card = cards.get(agentId);
      return site === siteId && card ? [card] : [];
    });

  return {
    connectVisitor({ siteId, visitorId }, connection) {
      siteOfVisitor.set(visitorId, siteId);
      visitorOf.set(connection, visitorId);
      visitors.add(visitorId, connection);
    },
    disconnectVisitor(connection) {
      const visitorId = visitorOf.get(connection);
      if (!visitorId) return;
      visitorOf.delete(connection);
      visitors.remove(visitorId, connection);
    },
    connectAgent({ id, name, color }, siteIds, connection) {
      const agent = { id, name, color };
      cards.set(id, agent);
      agentOf.set(connection, { agent, siteIds: new Set(siteIds) });
      for (const siteId of siteIds) agents.add(place(siteId, id), connection);
    },
    disconnectAgent(connection) {
      const known = agentOf.get(connection);
      if (!known) return;
      agentOf.delete(connection);
      for (const siteId of known.siteIds) agents.remove(place(siteId, known.agent.id), connection);
    },
    joinSite(agentId, siteId) {
      for (const [connection, known] of agentOf) {
        if (known.agent.id !== agentId) continue;
        known.siteIds.add(siteId);
        agents.add(place(siteId, agentId), connection);
      }
    },
    isVisitorOnline: (visitorId) => visitors.has(visitorId),
    seen,
    agentsOnline,
    visitorsOnline: () => [...siteOfVisitor].map(([visitorId, siteId]) => ({ siteId, visitorId })),
    close() {
      isClosed = true;
      visitors.close();
      agents.close();
      siteOfVisitor.clear();
    },
  };
}
