import { satisfactionResults } from '../../shared/model/survey.ts';
import type { AgentRequests, PayloadOf, ReplyOf } from '../../shared/protocol.ts';
import type { Store } from '../store/store.ts';
import type { AgentCaller } from './caller.ts';
import type { Membership } from './membership.ts';

export type Feedback = ReturnType<typeof createFeedback>;

export function createFeedback(parts: {
  store: Pick<Store, 'satisfactionResults'>;
  membership: Pick<Membership, 'requireMember'>;
}) {
  return {
    async results(
      caller: AgentCaller,
      { siteId, fromMs }: PayloadOf<AgentRequests, 'feedback:results'>,
    ): Promise<ReplyOf<AgentRequests, 'feedback:results'>> {
      await parts.membership.requireMember(caller, siteId);
      const { distribution, asked, dismissed, answers } = await parts.store.satisfactionResults({
        siteId,
        fromMs,
      });
      return { results: satisfactionResults(distribution, { asked, dismissed }), answers };
    },
  };
}
