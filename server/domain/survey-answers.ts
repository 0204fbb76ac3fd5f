import { RapportError } from '../../shared/errors.ts';
import type { Entry } from '../../shared/model/conversation.ts';
import type { PayloadOf, ReplyOf, VisitorRequests } from '../../shared/protocol.ts';
import type { NewEntry } from '../store/store.ts';
import type { VisitorCaller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { ConversationLog } from './conversation-log.ts';

export type SurveyAnswers = ReturnType<typeof createSurveyAnswers>;

/** What the visitor says to the satisfaction question. */
export function createSurveyAnswers({ log, clock }: { log: ConversationLog; clock: Clock }) {
  /**
   * Only the first answer or dismissal counts. Its client id follows from the survey, so the log itself refuses a
   * second one, from whatever tab or node it comes, and takes the same one again as a repeat.
   */
  const close = async (
    caller: VisitorCaller,
    conversationId: string,
    payload: Exclude<Extract<NewEntry, { kind: 'survey' }>['payload'], { event: 'asked' }>,
  ): Promise<{ entry: Entry }> => {
    const conversation = await log.require(caller, conversationId);
    const { survey } = conversation;
    if (survey.state === 'none' || survey.surveyId !== payload.surveyId)
      throw new RapportError('wrong_phase');
    try {
      return {
        entry: await log.appendOne({
          conversationId,
          kind: 'survey',
          clientId: `closed-${payload.surveyId}`,
          sender: log.senderOf(caller, conversation),
          payload,
          atMs: clock.nowMs(),
        }),
      };
    } catch (error) {
      const isSecond = error instanceof RapportError && error.code === 'client_id_reused';
      throw isSecond ? new RapportError('wrong_phase') : error;
    }
  };

  return {
    answer: (
      caller: VisitorCaller,
      { conversationId, surveyId, score, comment }: PayloadOf<VisitorRequests, 'survey:answer'>,
    ): Promise<ReplyOf<VisitorRequests, 'survey:answer'>> =>
      close(caller, conversationId, { event: 'answered', surveyId, score, comment }),

    dismiss: (
      caller: VisitorCaller,
      { conversationId, surveyId }: PayloadOf<VisitorRequests, 'survey:dismiss'>,
    ): Promise<ReplyOf<VisitorRequests, 'survey:dismiss'>> =>
      close(caller, conversationId, { event: 'dismissed', surveyId }),
  };
}
