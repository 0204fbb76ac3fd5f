import { createHmac, randomInt } from 'node:crypto';
import { RapportError } from '../../shared/errors.ts';
import { cobrowseCodeMs } from '../../shared/limits.ts';
import type { AgentRequests, PayloadOf, ReplyOf, VisitorRequests } from '../../shared/protocol.ts';
import type { Store } from '../store/store.ts';
import type { AgentCaller, VisitorCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { Cobrowse } from './cobrowse.ts';
import type { ConversationLog } from './conversation-log.ts';
import { createSignInLimiter } from './sign-in-limiter.ts';

/** Two visitors with one code at a time are rare: of a million codes few are out. */
const maxDraws = 8;

export type CobrowseCodes = ReturnType<typeof createCobrowseCodes>;

/**
 * Codes for the telephone. Only their keyed hash is stored, so that who reads the database can neither use nor guess one.
 * Wrong guesses make an agent wait, and all agents of a site who guess wrongly together.
 */
export function createCobrowseCodes(parts: {
  store: Pick<Store, 'conversationsOfVisitors' | 'saveCobrowseCode' | 'sitesOfAgent' | 'takeCobrowseCode'>;
  conversations: Pick<ConversationLog, 'require' | 'start'>;
  cobrowse: Pick<Cobrowse, 'request' | 'openOf' | 'requireShareable'>;
  /** Keeps codes from who can read the database. */
  secret: string;
  clock: Clock;
  /** A number below the bound; tests draw the same one twice. */
  draw?(below: number): number;
}) {
  const { store, clock, draw = randomInt } = parts;
  const key = Buffer.from(parts.secret, 'base64url');
  const limiter = createSignInLimiter();
  const hash = (code: string) => createHmac('sha256', key).update(code).digest('base64url');

  return {
    async make(
      caller: VisitorCaller,
      { clientId, conversationId, visit }: PayloadOf<VisitorRequests, 'cobrowse:code'>,
    ): Promise<ReplyOf<VisitorRequests, 'cobrowse:code'>> {
      await parts.cobrowse.requireShareable(caller.siteId, visit.page.url);
      const { siteId, visitorId } = conversationId
        ? await parts.conversations.require(caller, conversationId)
        : (await parts.conversations.start(caller, { clientId, text: null, visit })).conversation;
      const nowMs = clock.nowMs();
      const expiresAtMs = nowMs + cobrowseCodeMs;
      for (let round = 0; round < maxDraws; round++) {
        const code = String(draw(1_000_000)).padStart(6, '0');
        try {
          await store.saveCobrowseCode({ codeHash: hash(code), siteId, visitorId, expiresAtMs, nowMs });
          return { code, expiresAtMs };
        } catch (error) {
          if (!(error instanceof RapportError) || error.code !== 'already_exists') throw error;
        }
      }
      throw new RapportError('unavailable');
    },

    async redeem(
      caller: AgentCaller,
      { code }: PayloadOf<AgentRequests, 'cobrowse:redeem'>,
    ): Promise<ReplyOf<AgentRequests, 'cobrowse:redeem'>> {
      const nowMs = clock.nowMs();
      const sites = await store.sitesOfAgent({ agentId: caller.agent.id });
      const siteIds = sites.map(({ site }) => site.id);
      const who = { account: caller.agent.id, address: siteIds.slice().sort().join() };
      const retryAfterMs = limiter.attempt(who, nowMs);
      if (retryAfterMs > 0) throw new RapportError('rate_limited', { retryAfterMs });
      const found = await store.takeCobrowseCode({ codeHash: hash(code), siteIds, nowMs }).catch((error) => {
        limiter.withdraw(who);
        throw error;
      });
      if (!found) throw new RapportError('not_found');
      limiter.succeed(who);
      // Who shares already is looked at, who was asked already is not asked twice.
      const open = await parts.cobrowse.openOf(found.visitorId);
      if (open) return { session: open };
      const conversations = await store.conversationsOfVisitors({
        siteId: found.siteId,
        visitorIds: [found.visitorId],
      });
      const newest = [...conversations].sort((a, b) => b.createdAtMs - a.createdAtMs);
      const conversation = newest.find(({ status }) => status !== 'closed') ?? newest[0];
      if (!conversation) throw new RapportError('not_found');
      return parts.cobrowse.request(caller, { conversationId: conversation.id });
    },
  };
}
