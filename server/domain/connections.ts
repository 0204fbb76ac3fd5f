/** What the domain asks of those who hold the connections. */
export interface Connections {
  /** The visitor with this token has a record now: all its tabs hear what is told to it. */
  knowVisitor(visitor: { siteId: string; tokenHash: string; visitorId: string }): void;
  /** The agent belongs to the site now. */
  joinSite(agentId: string, siteId: string): void;
  /** The sign-in has ended: its connections close. */
  endAgentSession(sessionId: string): void;
  /** Closes all connections of an agent but those of one sign-in. */
  endAgentSessions(agentId: string, exceptSessionId: string): void;
  /** The site's origins have changed: connections from pages that are no longer listed close. */
  checkOrigins(siteId: string, isListed: (origin: string) => boolean): void;
}
