import { jwtVerify, SignJWT } from 'jose';
import { RapportError } from '../../shared/errors.ts';
import { accessTokenMs } from '../../shared/limits.ts';

const issuer = 'rapport';
const audience = 'agent';

export interface AccessTokens {
  issue(bearer: {
    agentId: string;
    sessionId: string;
  }): Promise<{ accessToken: string; expiresAtMs: number }>;
  /** Throws `unauthenticated` for a token that is not ours, changed or expired. */
  verify(accessToken: string): Promise<{ agentId: string; sessionId: string }>;
}

/** Short-lived proof of a sign-in that was there when it was made. Nothing of it is stored. */
export function createAccessTokens(parts: { secret: string; nowMs(): number }): AccessTokens {
  const key = Buffer.from(parts.secret, 'base64url');

  return {
    async issue({ agentId, sessionId }) {
      const nowMs = parts.nowMs();
      const expiresAtMs = nowMs + accessTokenMs;
      const accessToken = await new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(agentId)
        .setIssuedAt(Math.floor(nowMs / 1000))
        .setExpirationTime(Math.floor(expiresAtMs / 1000))
        .sign(key);
      return { accessToken, expiresAtMs };
    },
    async verify(accessToken) {
      try {
        const { payload } = await jwtVerify(accessToken, key, {
          algorithms: ['HS256'],
          issuer,
          audience,
          currentDate: new Date(parts.nowMs()),
        });
        const { sub, sid } = payload;
        if (typeof sub === 'string' && typeof sid === 'string') {
          return { agentId: sub, sessionId: sid };
        }
      } catch {
        // Whatever is wrong with it, the bearer learns only that it does not count.
      }
      throw new RapportError('unauthenticated');
    },
  };
}
