import { RapportError } from '../../shared/errors.ts';
import { agentSessionMs } from '../../shared/limits.ts';
import type { Agent } from '../../shared/model/agent.ts';
import type { AgentRequests, PayloadOf, ReplyOf } from '../../shared/protocol.ts';
import type { Store, StoredAgent } from '../store/store.ts';
import { createAccessTokens } from './access-token.ts';
import type { AgentCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { Connections } from './connections.ts';
import { digest, randomId, randomSecret } from './identifier.ts';
import type { Passwords } from './password.ts';
import { createSignInLimiter } from './sign-in-limiter.ts';

/** What a sign-in or its renewal gives: the token for the console's memory and the one for its cookie. */
export interface SignedIn {
  agent: Agent;
  accessToken: string;
  expiresAtMs: number;
  renewalToken: string;
}

export interface SignInParts {
  store: Pick<
    Store,
    | 'agentByEmail'
    | 'agentById'
    | 'agentOfSession'
    | 'createAgentSession'
    | 'endAgentSession'
    | 'endAgentSessions'
    | 'rotateAgentSession'
    | 'setPassword'
  >;
  /** Signs access tokens. */
  secret: string;
  passwords: Passwords;
  connections: Pick<Connections, 'endAgentSession' | 'endAgentSessions'>;
  clock: Clock;
}

export type SignIn = ReturnType<typeof createSignIn>;

/** Agents' sign-ins: short access tokens, renewed by a cookie that is exchanged at each use. */
export function createSignIn(parts: SignInParts) {
  const { store, passwords, connections, clock } = parts;
  const tokens = createAccessTokens({ secret: parts.secret, nowMs: clock.nowMs });
  const limiter = createSignInLimiter();

  const publicAgent = ({ id, name, email, color, avatar }: StoredAgent): Agent => ({
    id,
    name,
    email,
    color,
    avatar,
  });

  const give = async (agent: StoredAgent, sessionId: string, renewalToken: string): Promise<SignedIn> => ({
    agent: publicAgent(agent),
    ...(await tokens.issue({ agentId: agent.id, sessionId })),
    renewalToken,
  });

  /** Checks a password with the limiter's waits. Returns the agent, or throws `wrong_credentials`. */
  const check = async (account: string, address: string, password: string): Promise<StoredAgent> => {
    const who = { account, address };
    const retryAfterMs = limiter.attempt(who, clock.nowMs());
    if (retryAfterMs > 0) throw new RapportError('rate_limited', { retryAfterMs });
    const agent = await store.agentByEmail({ email: account });
    const isRight = await passwords.verify(password, agent?.passwordHash ?? null).catch((error: unknown) => {
      // Not looked at, so it was no wrong guess.
      limiter.withdraw(who);
      throw error;
    });
    if (!isRight || !agent) throw new RapportError('wrong_credentials');
    limiter.succeed(who);
    return agent;
  };

  return {
    async signIn(request: { email: string; password: string; address: string }): Promise<SignedIn> {
      const agent = await check(request.email.trim().toLowerCase(), request.address, request.password);
      const renewalToken = randomSecret();
      const sessionId = randomId('agentSession');
      await store.createAgentSession({
        id: sessionId,
        agentId: agent.id,
        tokenHash: digest(renewalToken),
        expiresAtMs: clock.nowMs() + agentSessionMs,
      });
      return give(agent, sessionId, renewalToken);
    },

    async renew(renewalToken: string): Promise<SignedIn> {
      const next = randomSecret();
      const nowMs = clock.nowMs();
      const session = await store.rotateAgentSession({
        tokenHash: digest(renewalToken),
        nextTokenHash: digest(next),
        nowMs,
        expiresAtMs: nowMs + agentSessionMs,
      });
      const agent = session && (await store.agentById({ agentId: session.agentId }));
      if (!agent) throw new RapportError('unauthenticated');
      return give(agent, session.id, next);
    },

    /** Signing out twice is fine. */
    async signOut(renewalToken: string): Promise<void> {
      const session = await store.endAgentSession({ tokenHash: digest(renewalToken) });
      if (!session) return;
      connections.endAgentSession(session.id);
    },

    /** The agent behind an access token; `unauthenticated` when it does not count (any more). */
    async authenticate(accessToken: string): Promise<AgentCaller> {
      const { agentId, sessionId } = await tokens.verify(accessToken);
      const agent = await store.agentOfSession({ sessionId, agentId });
      if (!agent) throw new RapportError('unauthenticated');
      return { agent, sessionId };
    },

    /** Signs the agent out everywhere else. */
    async changePassword(
      caller: AgentCaller,
      { current, next }: PayloadOf<AgentRequests, 'password:change'>,
    ): Promise<ReplyOf<AgentRequests, 'password:change'>> {
      await check(caller.agent.email, `session ${caller.sessionId}`, current);
      const agentId = caller.agent.id;
      await store.setPassword({ agentId, passwordHash: await passwords.hash(next) });
      await store.endAgentSessions({ agentId, exceptId: caller.sessionId });
      connections.endAgentSessions(agentId, caller.sessionId);
      return {};
    },
  };
}
