import type { ConversationState } from '../../../shared/model/conversation.ts';
import type { Db } from '../schema.ts';

/** Keeps the tables of labels and mentions, by which conversations are found, in step with the state. */
export async function recordMarks(
  db: Db,
  before: ConversationState,
  after: ConversationState,
): Promise<void> {
  const conversation_id = after.id;
  const added = after.labels.filter((id) => !before.labels.includes(id));
  const removed = before.labels.filter((id) => !after.labels.includes(id));
  const mentioned = after.mentions.filter((id) => !before.mentions.includes(id));
  if (added.length > 0) {
    await db
      .insertInto('conversation_labels')
      .values(added.map((label_id) => ({ conversation_id, label_id })))
      .execute();
  }
  if (removed.length > 0) {
    await db
      .deleteFrom('conversation_labels')
      .where('conversation_id', '=', conversation_id)
      .where('label_id', 'in', removed)
      .execute();
  }
  if (mentioned.length > 0) {
    await db
      .insertInto('conversation_mentions')
      .values(mentioned.map((agent_id) => ({ conversation_id, agent_id })))
      .execute();
  }
}
