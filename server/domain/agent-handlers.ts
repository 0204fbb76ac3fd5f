import type { AgentRequests, HandlersOf } from '../../shared/protocol.ts';
import type { AgentCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { Cobrowse } from './cobrowse.ts';
import type { Conversations } from './conversations.ts';
import type { Feedback } from './feedback.ts';
import type { Membership } from './membership.ts';
import type { SignIn } from './sign-in.ts';
import type { Sites } from './sites.ts';
import type { Team } from './team.ts';

export function createAgentHandlers(parts: {
  epoch: string;
  clock: Clock;
  membership: Membership;
  conversations: Conversations;
  cobrowse: Cobrowse;
  feedback: Feedback;
  sites: Sites;
  team: Team;
  signIn: SignIn;
}) {
  const { epoch, clock, membership, conversations, cobrowse, feedback, sites, team, signIn } = parts;
  return {
    'session:open': async (caller) => ({
      agent: caller.agent,
      sites: await membership.sitesOf(caller),
      epoch,
      nowMs: clock.nowMs(),
    }),
    'inbox:list': conversations.inbox,
    'conversation:open': conversations.open,
    'entries:fetch': conversations.fetch,
    'message:send': conversations.send,
    'conversation:read': conversations.read,
    'conversation:setStatus': conversations.setStatus,
    'conversation:assign': conversations.assign,
    'typing:set': conversations.setTyping,
    'cobrowse:request': cobrowse.request,
    'cobrowse:join': cobrowse.join,
    'cobrowse:stop': cobrowse.stopByAgent,
    'feedback:results': feedback.results,
    'site:update': sites.update,
    'team:list': team.list,
    'team:add': team.add,
    'password:change': signIn.changePassword,
  } satisfies HandlersOf<AgentRequests, AgentCaller>;
}
