import { grantMs } from '../limits.ts';

/** What an agent may be allowed to do on a visitor's page. */
export const grantScopes = ['point', 'draw', 'scroll', 'click', 'type', 'navigate'] as const;
export type GrantScope = (typeof grantScopes)[number];

/** What whoever looks at a shared page may do anyway: it changes nothing of the page. */
export const watcherScopes: readonly GrantScope[] = ['point', 'draw'];
/** What control means when an agent asks for it. */
export const controlScopes: readonly GrantScope[] = ['scroll', 'click', 'type', 'navigate'];

/** `propose`: each action shows first, and the visitor accepts or refuses it. */
export type GrantMode = 'direct' | 'propose';

/** The visitor's permission, issued in the visitor's page. Server and page both check it for every verb. */
export interface Grant {
  /** Id of the agent: nobody else can use it. */
  agent: string;
  scopes: GrantScope[];
  mode: GrantMode;
  expiresAtMs: number;
  /** Random, known to the visitor, the server and this agent; never used for two grants. */
  nonce: string;
}

export interface GrantUse {
  agent: string;
  nonce: string;
  scope: GrantScope;
}

export type GrantFault = 'no_grant' | 'expired' | 'out_of_scope';

/** What is wrong with using this grant so; null when nothing is. A foreign or replayed grant is none. */
export function grantFault(grant: Grant | null, use: GrantUse, nowMs: number): GrantFault | null {
  if (!grant || grant.agent !== use.agent || grant.nonce !== use.nonce) return 'no_grant';
  if (nowMs >= grant.expiresAtMs) return 'expired';
  return grant.scopes.includes(use.scope) ? null : 'out_of_scope';
}

export interface Asked {
  agent: string;
  scopes: readonly GrantScope[];
}

/** A grant that answers what was asked: never more scopes, never longer than {@link grantMs}. */
export function issueGrant(asked: Asked, answer: { mode: GrantMode; nonce: string; nowMs: number }): Grant {
  return {
    agent: asked.agent,
    scopes: [...asked.scopes],
    mode: answer.mode,
    expiresAtMs: answer.nowMs + grantMs,
    nonce: answer.nonce,
  };
}

/** Clocks of a visitor's machine and the server differ; a longer grant than this much over the limit is forged. */
const clockSlackMs = 5 * 60_000;

/** Whether the server may take this grant for an answer to what was asked. */
export function answersRequest(
  grant: Grant,
  asked: Asked | null,
  usedNonces: ReadonlySet<string>,
  nowMs: number,
) {
  return (
    asked !== null &&
    grant.agent === asked.agent &&
    grant.scopes.length > 0 &&
    grant.scopes.every((scope) => asked.scopes.includes(scope)) &&
    !usedNonces.has(grant.nonce) &&
    grant.expiresAtMs > nowMs &&
    grant.expiresAtMs <= nowMs + grantMs + clockSlackMs
  );
}

/** The same grant, used in another way from now on: all that the visitor may change without being asked again. */
export function isSameGrant(grant: Grant, held: Grant | null): boolean {
  return (
    held !== null &&
    grant.agent === held.agent &&
    grant.nonce === held.nonce &&
    grant.expiresAtMs === held.expiresAtMs &&
    grant.scopes.length === held.scopes.length &&
    grant.scopes.every((scope) => held.scopes.includes(scope))
  );
}
