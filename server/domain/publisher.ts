import type { AgentFacts, EventsOfFacts, VisitorFacts } from '../../shared/protocol.ts';

export type AgentFactArgs<F extends keyof AgentFacts> = Parameters<EventsOfFacts<AgentFacts>[F]>;
export type VisitorFactArgs<F extends keyof VisitorFacts> = Parameters<EventsOfFacts<VisitorFacts>[F]>;

/** Tells facts to those who are connected. Nothing is promised: who misses one notices by seq or by the beat. */
export interface Publisher {
  /** To all agents of a site. */
  toSite<F extends keyof AgentFacts>(siteId: string, fact: F, ...args: AgentFactArgs<F>): void;
  /** To all tabs of a visitor. */
  toVisitor<F extends keyof VisitorFacts>(visitorId: string, fact: F, ...args: VisitorFactArgs<F>): void;
  /** To every connected visitor of a site. */
  toVisitorsOfSite<F extends keyof VisitorFacts>(siteId: string, fact: F, ...args: VisitorFactArgs<F>): void;
}
