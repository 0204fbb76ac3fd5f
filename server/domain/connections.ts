import type { Agent } from '../../shared/model/agent.ts';

/** What the domain asks of those who hold the connections. */
export interface Connections {
  /** The visitor with this token has a record now: all its tabs hear what is told to it. */
  knowVisitor(visitor: { siteId: string; tokenHash: string; visitorId: string }): void;
  /** The record belongs to this customer now: all connections that proved to be the customer hear what is told to it. */
  knowCustomer(record: { siteId: string; externalId: string; visitorId: string }): void;
  /**
   * The browser with this token holds the record of a customer, of a site that shows it to nobody without its signature:
   * tabs that came without one close, and come in again.
   */
  endUnproved(siteId: string, tokenHash: string): void;
  /** The site shows records of customers to nobody without its signature from now on: who came without comes in again. */
  endAllUnproved(siteId: string): void;
  /** A key no longer counts: connections that proved an identity with it close, and come back with another proof. */
  endIdentities(siteId: string, kid: string): void;
  /** The agent belongs to the site now. */
  joinSite(agentId: string, siteId: string): void;
  /** The agent has another name or picture: what its connections do from now on bears it. */
  changeAgent(agent: Agent): void;
  /** The sign-in has ended: its connections close. */
  endAgentSession(sessionId: string): void;
  /** Closes all connections of an agent but those of one sign-in. */
  endAgentSessions(agentId: string, exceptSessionId: string): void;
  /** The site's origins have changed: connections from pages that are no longer listed close. */
  checkOrigins(siteId: string, isListed: (origin: string) => boolean): void;
}
