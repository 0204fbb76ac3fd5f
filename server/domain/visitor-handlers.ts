import type { HandlersOf, VisitorRequests } from '../../shared/protocol.ts';
import type { VisitorCaller } from './caller.ts';
import type { Cobrowse } from './cobrowse.ts';
import type { Conversations } from './conversations.ts';
import type { Visits } from './visits.ts';

export function createVisitorHandlers({
  visits,
  conversations,
  cobrowse,
}: {
  visits: Visits;
  conversations: Conversations;
  cobrowse: Cobrowse;
}) {
  return {
    'visit:open': visits.open,
    'page:changed': visits.changePage,
    'conversation:start': conversations.startWithMessage,
    'entries:fetch': conversations.fetch,
    'message:send': conversations.send,
    'conversation:read': conversations.read,
    'typing:set': conversations.setTyping,
    'survey:answer': conversations.answerSurvey,
    'survey:dismiss': conversations.dismissSurvey,
    'cobrowse:offer': cobrowse.offer,
    'cobrowse:answer': cobrowse.answer,
    'cobrowse:stop': cobrowse.stopByVisitor,
  } satisfies HandlersOf<VisitorRequests, VisitorCaller>;
}
