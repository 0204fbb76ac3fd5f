import { RapportError } from '../../../shared/errors.ts';
import type { EntryPayloads } from '../../../shared/model/conversation.ts';
import type { Db } from '../schema.ts';
import { eraseFiles } from './files.ts';
import { docWords, rewordMessage, searchableText } from './search-docs.ts';

/** An edit or a deletion that has been written to the log. */
export type Amendment = { seq: number; conversationId: string; siteId: string; senderKey: string } & (
  | { kind: 'edit'; payload: EntryPayloads['edit'] }
  | { kind: 'deletion'; payload: EntryPayloads['deletion'] }
);

/** Only an own message or note that still stands. */
export async function amend(db: Db, amendment: Amendment): Promise<void> {
  const { conversationId, payload } = amendment;
  const target = await db
    .selectFrom('entries')
    .select(['seq', 'kind', 'sender_key', 'payload', 'at_ms'])
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', payload.seq)
    .executeTakeFirst();
  if (target?.kind !== payload.of || target.sender_key !== amendment.senderKey) {
    throw new RapportError('not_found');
  }
  if (await isTakenBack(db, amendment)) throw new RapportError('not_found');

  const written: EntryPayloads['message'] & Partial<EntryPayloads['note']> = JSON.parse(target.payload);
  const message = { conversationId, seq: target.seq, atMs: target.at_ms };
  if (amendment.kind === 'edit') {
    const text = searchableText({ ...written, text: amendment.payload.text });
    await rewordMessage(db, message, docWords(amendment.siteId, text));
    return;
  }
  await rewordMessage(db, message, null);
  await erase(db, amendment, written.mentions);
}

async function isTakenBack(db: Db, { conversationId, seq, payload }: Amendment): Promise<boolean> {
  const deletion = await db
    .selectFrom('entries')
    .select('seq')
    .where('conversation_id', '=', conversationId)
    .where('of_seq', '=', payload.seq)
    .where('kind', '=', 'deletion')
    .where('seq', '<', seq)
    .executeTakeFirst();
  return deletion !== undefined;
}

/** Mentions stay in the log, because the state of the conversation follows from them. */
async function erase(
  db: Db,
  { conversationId, payload }: Amendment,
  mentions: string[] | undefined,
): Promise<void> {
  const { of, seq } = payload;
  await db
    .updateTable('entries')
    .set({ payload: JSON.stringify(mentions ? { text: '', mentions } : { text: '' }) })
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', seq)
    .execute();
  await db
    .updateTable('entries')
    .set({ payload: JSON.stringify({ of, seq, text: '' }) })
    .where('conversation_id', '=', conversationId)
    .where('of_seq', '=', seq)
    .where('kind', '=', 'edit')
    .execute();
  await eraseFiles(db, conversationId, seq);
}
