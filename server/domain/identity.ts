import { randomBytes } from 'node:crypto';
import type { Site } from '../../shared/model/site.ts';
import type { AgentRequests, PayloadOf, ReplyOf } from '../../shared/protocol.ts';
import type { IdentityKey } from '../../shared/wire.ts';
import type { Store } from '../store/store.ts';
import type { AgentCaller, SignedIdentity } from './caller.ts';
import type { Clock } from './clock.ts';
import type { Connections } from './connections.ts';
import { randomSecret } from './identifier.ts';
import { verifyIdentityToken } from './identity-token.ts';
import type { Membership } from './membership.ts';

export type Identity = ReturnType<typeof createIdentity>;

/** The keys with which a site signs who its customers are, and what such a signature proves. */
export function createIdentity(parts: {
  store: Pick<Store, 'addIdentityKey' | 'identityKeys' | 'removeIdentityKey'>;
  membership: Pick<Membership, 'requireOwner'>;
  connections: Pick<Connections, 'endIdentities'>;
  clock: Clock;
}) {
  const { store, membership, clock } = parts;

  const shown = ({ kid, createdAtMs }: IdentityKey): IdentityKey => ({ kid, createdAtMs });

  return {
    /** `identity_invalid` or `identity_expired` for a token that proves nothing. */
    async verify({ id: siteId, key }: Site, token: string): Promise<SignedIdentity> {
      const keys = await store.identityKeys({ siteId });
      return verifyIdentityToken(token, { keys, siteKey: key, nowMs: clock.nowMs() });
    },

    async keys(
      caller: AgentCaller,
      { siteId }: PayloadOf<AgentRequests, 'identity:keys'>,
    ): Promise<ReplyOf<AgentRequests, 'identity:keys'>> {
      await membership.requireOwner(caller, siteId);
      return { keys: (await store.identityKeys({ siteId })).map(shown) };
    },

    async addKey(
      caller: AgentCaller,
      { siteId }: PayloadOf<AgentRequests, 'identity:addKey'>,
    ): Promise<ReplyOf<AgentRequests, 'identity:addKey'>> {
      await membership.requireOwner(caller, siteId);
      const kid = `key_${randomBytes(9).toString('base64url')}`;
      const secret = randomSecret();
      const key = await store.addIdentityKey({ siteId, kid, secret, nowMs: clock.nowMs() });
      return { key: shown(key), secret };
    },

    /** Who proved an identity with this key has to prove it again. */
    async removeKey(
      caller: AgentCaller,
      { siteId, kid }: PayloadOf<AgentRequests, 'identity:removeKey'>,
    ): Promise<ReplyOf<AgentRequests, 'identity:removeKey'>> {
      await membership.requireOwner(caller, siteId);
      const keys = await store.removeIdentityKey({ siteId, kid });
      parts.connections.endIdentities(siteId, kid);
      return { keys: keys.map(shown) };
    },
  };
}
