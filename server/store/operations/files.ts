import { RapportError } from '../../../shared/errors.ts';
import type { ChatFile } from '../../../shared/model/chat-file.ts';
import type { ArgsOf } from '../calls.ts';
import type { Db, FileTable } from '../schema.ts';
import type { StoredFile } from '../store.ts';

type Card = Omit<ChatFile, 'id'>;

function storedFileOf(row: FileTable): StoredFile {
  const card: Card = JSON.parse(row.card);
  return {
    ...card,
    id: row.id,
    siteId: row.site_id,
    owner: row.owner,
    conversationId: row.conversation_id,
    isInternal: row.is_internal === 1,
    createdAtMs: row.created_at_ms,
  };
}

export async function addFile(db: Db, { file }: ArgsOf<'addFile'>): Promise<void> {
  const { id, siteId, owner, conversationId, isInternal, createdAtMs, ...card } = file;
  await db
    .insertInto('files')
    .values({
      id,
      site_id: siteId,
      owner,
      conversation_id: conversationId,
      seq: null,
      is_internal: isInternal ? 1 : 0,
      is_erased: 0,
      card: JSON.stringify(card satisfies Card),
      created_at_ms: createdAtMs,
    })
    .execute();
}

/** An erased file is there for nobody. */
export async function file(db: Db, { fileId }: ArgsOf<'file'>): Promise<StoredFile | null> {
  const row = await db
    .selectFrom('files')
    .selectAll()
    .where('id', '=', fileId)
    .where('is_erased', '=', 0)
    .executeTakeFirst();
  return row ? storedFileOf(row) : null;
}

export async function dropFiles(db: Db, { beforeMs, limit }: ArgsOf<'dropFiles'>): Promise<string[]> {
  const droppable = db
    .selectFrom('files')
    .select('id')
    .where('conversation_id', 'is', null)
    .where((row) => row.or([row('is_erased', '=', 1), row('created_at_ms', '<', beforeMs)]))
    .orderBy('created_at_ms')
    .limit(limit);
  const dropped = await db
    .deleteFrom('files')
    .where('id', 'in', droppable)
    // A message may have taken it while this transaction waited for the row.
    .where('conversation_id', 'is', null)
    .returning('id')
    .execute();
  return dropped.map(({ id }) => id);
}

/** What a message shows of its files, in the order of the ids. `not_found` unless all of them are the sender's to give. */
export async function sendableFiles(
  db: Db,
  siteId: string,
  { ids, owner }: { ids: string[]; owner: string },
): Promise<ChatFile[]> {
  const rows = await db
    .selectFrom('files')
    .select(['id', 'card'])
    .where('id', 'in', ids)
    .where('site_id', '=', siteId)
    .where('owner', '=', owner)
    .where('conversation_id', 'is', null)
    .where('is_erased', '=', 0)
    .execute();
  return ids.map((id) => {
    const row = rows.find((one) => one.id === id);
    if (!row) throw new RapportError('not_found');
    const { name, mime, sizeBytes, widthPx, heightPx }: Card = JSON.parse(row.card);
    return { id, name, mime, sizeBytes, widthPx, heightPx };
  });
}

/** Gives files to a message or note. One that another message has just taken, or that is named twice, is `not_found`. */
export async function takeFiles(
  db: Db,
  by: { conversationId: string; seq: number; isInternal: boolean },
  ids: string[],
): Promise<void> {
  for (const id of ids) {
    const { numUpdatedRows } = await db
      .updateTable('files')
      .set({ conversation_id: by.conversationId, seq: by.seq, is_internal: by.isInternal ? 1 : 0 })
      .where('id', '=', id)
      .where('conversation_id', 'is', null)
      .where('is_erased', '=', 0)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new RapportError('not_found');
  }
}

/** From now on nobody gets them, and the next {@link dropFiles} takes them away. */
export async function eraseFiles(db: Db, conversationId: string, seq: number): Promise<void> {
  await db
    .updateTable('files')
    .set({ conversation_id: null, seq: null, is_erased: 1 })
    .where('conversation_id', '=', conversationId)
    .where('seq', '=', seq)
    .execute();
}
