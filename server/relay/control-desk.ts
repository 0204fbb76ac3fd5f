import { controlAskMs, verbBurst, verbsPerSecond } from '../../shared/limits.ts';
import type { AgentCard } from '../../shared/model/agent.ts';
import type { ControlRefusal, Verb } from '../../shared/model/control.ts';
import {
  answersRequest,
  type Grant,
  type GrantScope,
  grantFault,
  isSameGrant,
} from '../../shared/model/grant.ts';
import { TokenBucket } from '../../shared/model/token-bucket.ts';
import { scopeOf } from '../../shared/model/verb-scope.ts';

export interface ControlState {
  asked: { agent: AgentCard; scopes: GrantScope[]; expiresAtMs: number } | null;
  held: { agent: AgentCard; grant: Grant } | null;
}

/** Nonces remembered, so that no grant is used twice; a session has few grants. */
const maxNonces = 500;

/**
 * Who may act on a visitor's page in one co-browse session.
 *
 * CC1 control is a grant of the visitor's: nothing an agent sends makes one.
 * CC2 one agent holds it; a grant to another one ends it.
 * CC3 every verb is checked against it: who, nonce, scope, time.
 * CC4 it ends with its time, with the visitor's word, and when its agent leaves.
 */
export class ControlDesk {
  #asked: ControlState['asked'] = null;
  #held: ControlState['held'] = null;
  readonly #nonces = new Set<string>();
  readonly #rates = new Map<string, TokenBucket>();

  /** What holds now. */
  state(nowMs: number): ControlState {
    this.#expire(nowMs);
    return { asked: this.#asked, held: this.#held };
  }

  /** False while another agent's question is open: the visitor is asked one thing at a time. */
  ask(agent: AgentCard, scopes: GrantScope[], nowMs: number): boolean {
    this.#expire(nowMs);
    if (this.#asked && this.#asked.agent.id !== agent.id) return false;
    this.#asked = { agent, scopes: [...new Set(scopes)], expiresAtMs: nowMs + controlAskMs };
    return true;
  }

  /** The visitor's answer, from one of the visitor's tabs. False when it answers nothing that was asked. */
  answer(agentId: string, grant: Grant | null, nowMs: number): boolean {
    this.#expire(nowMs);
    const held = this.#held;
    if (grant && held && isSameGrant(grant, held.grant)) {
      this.#held = { ...held, grant: { ...held.grant, mode: grant.mode } };
      return true;
    }
    const asked = this.#asked;
    if (asked?.agent.id !== agentId) return false;
    if (grant === null) {
      this.#asked = null;
      return true;
    }
    const question = { agent: asked.agent.id, scopes: asked.scopes };
    if (!answersRequest(grant, question, this.#nonces, nowMs) || this.#nonces.size >= maxNonces) return false;
    this.#nonces.add(grant.nonce);
    this.#asked = null;
    this.#held = { agent: asked.agent, grant };
    return true;
  }

  /** Null: it may be passed on. */
  fault(agent: AgentCard, use: { nonce: string; verb: Verb }, nowMs: number): ControlRefusal | null {
    const scope = scopeOf(use.verb.kind);
    const fault = grantFault(this.#held?.grant ?? null, { agent: agent.id, nonce: use.nonce, scope }, nowMs);
    if (fault) return fault;
    const rate =
      this.#rates.get(agent.id) ??
      new TokenBucket({ ratePerSecond: verbsPerSecond, burst: verbBurst }, nowMs);
    this.#rates.set(agent.id, rate);
    return rate.take(nowMs) > 0 ? 'too_fast' : null;
  }

  /** False when there was nothing to revoke. */
  revoke(): boolean {
    const had = this.#held !== null;
    this.#held = null;
    return had;
  }

  /** The agent takes a question back, gives control back, or has gone. False when there was neither. */
  release(agentId: string): boolean {
    const isAsking = this.#asked?.agent.id === agentId;
    const isHolding = this.#held?.agent.id === agentId;
    if (isAsking) this.#asked = null;
    if (isHolding) this.#held = null;
    return isAsking || isHolding;
  }

  /** When something will end by itself; null when nothing will. */
  nextEndMs(): number | null {
    const ends = [this.#asked?.expiresAtMs, this.#held?.grant.expiresAtMs].filter((end) => end !== undefined);
    return ends.length > 0 ? Math.min(...ends) : null;
  }

  #expire(nowMs: number): void {
    if (this.#asked && nowMs >= this.#asked.expiresAtMs) this.#asked = null;
    if (this.#held && nowMs >= this.#held.grant.expiresAtMs) this.#held = null;
  }
}
