import type { AgentRequests, HandlersOf } from '../../shared/protocol.ts';
import type { Agents } from './agents.ts';
import type { Assignments } from './assignments.ts';
import type { Beginnings } from './beginnings.ts';
import type { AgentCaller } from './caller.ts';
import type { Cobrowse } from './cobrowse.ts';
import type { CobrowseCodes } from './cobrowse-codes.ts';
import type { Conversations } from './conversations.ts';
import type { Feedback } from './feedback.ts';
import type { Identity } from './identity.ts';
import type { Inbox } from './inbox.ts';
import type { LiveVisitors } from './live-visitors.ts';
import type { Macros } from './macros.ts';
import type { Messages } from './messages.ts';
import type { Recordings } from './recordings.ts';
import type { SignIn } from './sign-in.ts';
import type { Sites } from './sites.ts';
import type { Statuses } from './statuses.ts';
import type { Team } from './team.ts';
import type { Viewing } from './viewing.ts';
import type { Visitors } from './visitors.ts';
import type { Workspace } from './workspace.ts';

export function createAgentHandlers(parts: {
  agents: Agents;
  inbox: Inbox;
  conversations: Conversations;
  messages: Messages;
  statuses: Statuses;
  assignments: Assignments;
  macros: Macros;
  beginnings: Beginnings;
  viewing: Viewing;
  liveVisitors: LiveVisitors;
  cobrowse: Cobrowse;
  recordings: Recordings;
  codes: CobrowseCodes;
  feedback: Feedback;
  sites: Sites;
  team: Team;
  workspace: Workspace;
  signIn: SignIn;
  visitors: Visitors;
  identity: Identity;
}) {
  const { agents, inbox, conversations, messages, statuses, assignments, cobrowse, team } = parts;
  const { workspace, visitors, identity } = parts;
  return {
    'session:open': agents.open,
    'inbox:list': inbox.list,
    'inbox:count': inbox.count,
    'search:find': inbox.find,
    'conversation:open': conversations.open,
    'entries:fetch': conversations.fetch,
    'message:send': messages.answer,
    'note:add': messages.addNote,
    'message:edit': messages.edit,
    'message:delete': messages.remove,
    'conversation:delivered': messages.delivered,
    'conversation:read': messages.read,
    'conversation:setStatus': statuses.set,
    'conversation:snooze': statuses.snooze,
    'conversation:assign': assignments.assign,
    'conversation:label': assignments.label,
    'conversation:setPriority': assignments.setPriority,
    'macro:run': parts.macros.run,
    'conversation:view': parts.viewing.view,
    'conversation:begin': parts.beginnings.begin,
    'typing:set': conversations.setTyping,
    'cobrowse:request': cobrowse.request,
    'cobrowse:redeem': parts.codes.redeem,
    'cobrowse:join': cobrowse.join,
    'cobrowse:stop': cobrowse.stopByAgent,
    'recording:open': parts.recordings.open,
    'recording:delete': parts.recordings.delete,
    'visitor:open': visitors.open,
    'visitor:change': visitors.change,
    'visitor:merge': visitors.merge,
    'visitor:unmerge': visitors.unmerge,
    'live:list': parts.liveVisitors.list,
    'workspace:open': workspace.open,
    'workspace:save': workspace.save,
    'workspace:remove': workspace.remove,
    'agent:setAvailability': agents.setAvailability,
    'agent:update': agents.update,
    'team:setCapacity': team.setCapacity,
    'identity:keys': identity.keys,
    'identity:addKey': identity.addKey,
    'identity:removeKey': identity.removeKey,
    'feedback:results': parts.feedback.results,
    'site:update': parts.sites.update,
    'team:list': team.list,
    'team:add': team.add,
    'password:change': parts.signIn.changePassword,
  } satisfies HandlersOf<AgentRequests, AgentCaller>;
}
