import type {
  AgentFacts,
  AgentRequests,
  EventsOfFacts,
  PayloadOf,
  Reply,
  ReplyOf,
} from '../shared/protocol.ts';

/** What the rest of the console sees of the line to the server. */
export interface AgentConnection {
  /**
   * Asks the server and waits for its reply, at most `replyTimeoutMs`. Never rejects: without a reply the answer
   * is the refusal `unavailable`, and the request may or may not have been carried out.
   */
  request<E extends keyof AgentRequests>(
    event: E,
    payload: PayloadOf<AgentRequests, E>,
  ): Promise<Reply<ReplyOf<AgentRequests, E>>>;
  /** Calls `listener` for each such fact until the returned function is called. */
  onFact<F extends keyof AgentFacts>(fact: F, listener: EventsOfFacts<AgentFacts>[F]): () => void;
  /** A token that is good for a while; renewed first if it is about to expire. Rejects when signed out. */
  accessToken(): Promise<string>;
}
