import type { ErrorCode } from '../shared/errors.ts';
import type { CobrowseSession } from '../shared/model/cobrowse.ts';
import type { ConversationState, Entry } from '../shared/model/conversation.ts';
import type { Visit } from '../shared/model/page.ts';
import type { Connection } from './connection.ts';
import { isUnsure, type OutboxItem, type Outcome } from './outbox.ts';

export interface DeliverParts {
  connection: Pick<Connection, 'request'>;
  visit(): Visit;
  onStarted(conversation: ConversationState, entry: Entry, epoch: string): void;
  onEntry(entry: Entry): void;
  onStopDelivered(sessionId: string, result: CobrowseSession | ErrorCode): void;
}

/** One try to bring an item of the outbox to the server. */
export function createDeliver(parts: DeliverParts): (item: OutboxItem) => Promise<Outcome> {
  const { connection } = parts;

  return async ({ clientId, task }) => {
    switch (task.kind) {
      case 'message': {
        const { conversationId, text } = task;
        if (conversationId === null) {
          const reply = await connection.request('conversation:start', {
            clientId,
            text,
            visit: parts.visit(),
          });
          if (!reply.ok) return reply;
          parts.onStarted(reply.conversation, reply.entry, reply.epoch);
          return { ok: true, conversationId: reply.conversation.id };
        }
        const reply = await connection.request('message:send', { conversationId, clientId, text });
        if (!reply.ok) return reply;
        parts.onEntry(reply.entry);
        return { ok: true, conversationId };
      }
      case 'survey_answer': {
        const { conversationId, surveyId, score, comment } = task;
        const payload = { conversationId, clientId, surveyId, score, comment };
        const reply = await connection.request('survey:answer', payload);
        if (reply.ok) parts.onEntry(reply.entry);
        return reply.ok ? { ok: true, conversationId } : reply;
      }
      case 'survey_dismiss': {
        const { conversationId, surveyId } = task;
        const reply = await connection.request('survey:dismiss', { conversationId, clientId, surveyId });
        if (reply.ok) parts.onEntry(reply.entry);
        return reply.ok ? { ok: true, conversationId } : reply;
      }
      case 'cobrowse_stop': {
        const { sessionId } = task;
        const reply = await connection.request('cobrowse:stop', { sessionId });
        if (reply.ok) parts.onStopDelivered(sessionId, reply.session);
        else if (!isUnsure(reply.error)) parts.onStopDelivered(sessionId, reply.error);
        return reply.ok ? { ok: true, conversationId: null } : reply;
      }
    }
  };
}
