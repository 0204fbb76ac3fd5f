/** Names of Socket.IO rooms. Only the server joins them. */
export const room = {
  /** Agents of a site. */
  site: (siteId: string) => `site:${siteId}`,
  /** Connected visitors of a site. */
  visitorsOf: (siteId: string) => `visitors:${siteId}`,
  /** Tabs of a visitor who has a record. */
  visitor: (visitorId: string) => `visitor:${visitorId}`,
  /** Tabs that hold a token, record or not. */
  token: (siteId: string, tokenHash: string) => `token:${siteId}:${tokenHash}`,
  /** Tabs, of any browser, that have proved to be this customer. */
  customer: (siteId: string, externalId: string) => `customer:${siteId}:${externalId}`,
  agent: (agentId: string) => `agent:${agentId}`,
  agentSession: (sessionId: string) => `session:${sessionId}`,
};
