import type { HandlersOf, VisitorRequests } from '../../shared/protocol.ts';
import type { VisitorCaller } from './caller.ts';
import type { Cobrowse } from './cobrowse.ts';
import type { CobrowseCodes } from './cobrowse-codes.ts';
import type { Conversations } from './conversations.ts';
import type { LiveVisitors } from './live-visitors.ts';
import type { Messages } from './messages.ts';
import type { ShareLog } from './share-log.ts';
import type { Statuses } from './statuses.ts';
import type { SurveyAnswers } from './survey-answers.ts';
import type { Visitors } from './visitors.ts';
import type { Visits } from './visits.ts';

export function createVisitorHandlers(parts: {
  visits: Visits;
  visitors: Visitors;
  liveVisitors: LiveVisitors;
  conversations: Conversations;
  messages: Messages;
  statuses: Statuses;
  surveyAnswers: SurveyAnswers;
  cobrowse: Cobrowse;
  shareLog: ShareLog;
  codes: CobrowseCodes;
}) {
  const { visits, visitors, liveVisitors, conversations, messages, statuses, surveyAnswers, cobrowse } =
    parts;
  return {
    // What the site has signed is taken over wherever a record may be made.
    'visit:open': async (caller, visit) => {
      const known = await visitors.know(caller, visit);
      await liveVisitors.open(known, visit);
      return visits.open(known, visit);
    },
    'page:changed': async (caller, page) => {
      await liveVisitors.changePage(caller, page);
      return visits.changePage(caller, page);
    },
    'conversation:start': async (caller, request) =>
      conversations.start(await visitors.know(caller, request.visit), request),
    'entries:fetch': conversations.fetch,
    'message:send': messages.send,
    'message:edit': messages.edit,
    'message:delete': messages.remove,
    'conversation:delivered': messages.delivered,
    'conversation:read': messages.read,
    'conversation:end': statuses.end,
    'visitor:update': async (caller, request) =>
      visitors.update(await visitors.know(caller, request.visit), request),
    'event:track': visitors.track,
    'typing:set': conversations.setTyping,
    'survey:answer': surveyAnswers.answer,
    'survey:dismiss': surveyAnswers.dismiss,
    'cobrowse:offer': async (caller, request) =>
      cobrowse.offer(await visitors.know(caller, request.visit), request),
    'cobrowse:answer': cobrowse.answer,
    'cobrowse:code': async (caller, request) =>
      parts.codes.make(await visitors.know(caller, request.visit), request),
    'cobrowse:pause': cobrowse.pause,
    'cobrowse:stop': cobrowse.stopByVisitor,
    'cobrowse:stopRecording': cobrowse.stopRecording,
    'share:read': parts.shareLog.read,
  } satisfies HandlersOf<VisitorRequests, VisitorCaller>;
}
