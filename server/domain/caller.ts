import type { Agent } from '../../shared/model/agent.ts';

/** A visitor of one site, known by the hash of the widget's token. */
export interface VisitorCaller {
  siteId: string;
  tokenHash: string;
  /** Null until the first message or offer makes the record. */
  visitorId: string | null;
  /** e.g. "Chrome 156 on Windows". */
  browser: string;
}

/** An agent who is signed in. What the agent may do is looked up at each request. */
export interface AgentCaller {
  agent: Agent;
  /** The sign-in, ended by signing out. */
  sessionId: string;
}
