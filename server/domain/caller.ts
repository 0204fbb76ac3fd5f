import type { Agent } from '../../shared/model/agent.ts';
import type { Attributes } from '../../shared/model/visitor.ts';

/** What a site has signed of a customer. */
export interface SignedIdentity {
  /** Name of the key that signed it. */
  kid: string;
  externalId: string;
  name: string | null;
  email: string | null;
  attributes: Attributes;
  /** From then on it proves nothing: the token's end, and what clocks may differ by. */
  provesUntilMs: number;
}

/** A visitor of one site, known by the hash of the widget's token. */
export interface VisitorCaller {
  siteId: string;
  tokenHash: string;
  /** The record of this browser; null until the first message, offer or proved identity makes it. */
  visitorId: string | null;
  /** Whom this connection, or this one request, has proved to be. Nothing of it is taken from the record. */
  identity: SignedIdentity | null;
  /**
   * Records whose conversations the caller may read and write: its own, and all of the same proved customer (other
   * browsers, other devices). Entries are still sent in the name of the conversation's own visitor.
   */
  visitorIds: readonly string[];
  /** e.g. "Chrome 156 on Windows". */
  browser: string;
  /** The socket that asks, which may go; missing over HTTP. */
  connection?: string;
}

/** Whether a conversation, file or co-browse session of this record is the caller's business. */
export function isOwnRecord(caller: VisitorCaller, owner: { siteId: string; visitorId: string }): boolean {
  return owner.siteId === caller.siteId && caller.visitorIds.includes(owner.visitorId);
}

/** An agent who is signed in. What the agent may do is looked up at each request. */
export interface AgentCaller {
  agent: Agent;
  /** The sign-in, ended by signing out. */
  sessionId: string;
  /** The socket that asks, which may go; missing over HTTP. */
  connection?: string;
}
