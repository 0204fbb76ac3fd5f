import type { ErrorCode } from '../shared/errors.ts';
import type { CobrowseSession } from '../shared/model/cobrowse.ts';
import type { ConversationState, Entry } from '../shared/model/conversation.ts';
import type { Visit } from '../shared/model/page.ts';
import type { Connection, ReplyTo } from './connection.ts';
import type { Outcome } from './outbox.ts';
import { isUnsure, type MessageTask, type OutboxItem, type OutboxTask } from './outbox-item.ts';

export interface DeliverParts {
  connection: Pick<Connection, 'request'>;
  visit(): Visit;
  onStarted(conversation: ConversationState, entry: Entry, epoch: string): void;
  onEntry(entry: Entry): void;
  onStopDelivered(sessionId: string, result: CobrowseSession | ErrorCode): void;
}

type EntryTask = Exclude<OutboxTask, { kind: 'message' | 'cobrowse_stop' }>;

/** Requests whose payload is the task itself with its client id, and whose reply is the entry that it became. */
const requestOf = {
  edit: 'message:edit',
  deletion: 'message:delete',
  conversation_end: 'conversation:end',
  survey_answer: 'survey:answer',
  survey_dismiss: 'survey:dismiss',
} as const satisfies Record<EntryTask['kind'], string>;

/** One try to bring an item of the outbox to the server. */
export function createDeliver(parts: DeliverParts): (item: OutboxItem) => Promise<Outcome> {
  const { connection } = parts;

  async function message(clientId: string, task: MessageTask): Promise<Outcome> {
    const { conversationId, text, form } = task;
    const ids = (task.files ?? []).flatMap(({ fileId }) => fileId ?? []);
    const said = { clientId, text, files: ids.length > 0 ? ids : undefined };
    if (conversationId === null) {
      const reply = await connection.request('conversation:start', { ...said, visit: parts.visit(), form });
      if (reply.ok) parts.onStarted(reply.conversation, reply.entry, reply.epoch);
      return reply.ok ? { ok: true, conversationId: reply.conversation.id } : reply;
    }
    const reply = await connection.request('message:send', { ...said, conversationId });
    if (reply.ok) parts.onEntry(reply.entry);
    return reply.ok ? { ok: true, conversationId } : reply;
  }

  async function stop(sessionId: string): Promise<Outcome> {
    const reply = await connection.request('cobrowse:stop', { sessionId });
    if (reply.ok) parts.onStopDelivered(sessionId, reply.session);
    else if (!isUnsure(reply.error)) parts.onStopDelivered(sessionId, reply.error);
    return reply.ok ? { ok: true, conversationId: null } : reply;
  }

  return async ({ clientId, task }) => {
    if (task.kind === 'message') return message(clientId, task);
    if (task.kind === 'cobrowse_stop') return stop(task.sessionId);
    const { kind, ...facts } = task;
    const reply: ReplyTo<(typeof requestOf)[EntryTask['kind']]> = await connection.request(requestOf[kind], {
      ...facts,
      clientId,
    } as never);
    if (!reply.ok) return reply;
    parts.onEntry(reply.entry);
    // The question that follows the end.
    if ('survey' in reply && reply.survey) parts.onEntry(reply.survey);
    return { ok: true, conversationId: task.conversationId };
  };
}
