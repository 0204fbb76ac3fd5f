import type { ArgsOf } from '../calls.ts';
import type { Db, RecordingTable } from '../schema.ts';
import type { StoredRecording } from '../store.ts';

function recordingOf(row: RecordingTable): StoredRecording {
  return {
    sessionId: row.session_id,
    siteId: row.site_id,
    conversationId: row.conversation_id,
    file: row.file,
    startedAtMs: row.started_at_ms,
    endedAtMs: row.ended_at_ms,
    chunks: row.chunks,
    bytes: row.bytes,
    deleteAtMs: row.delete_at_ms,
  };
}

/** A repeat changes nothing: a session has one recording. */
export async function createRecording(db: Db, { recording }: ArgsOf<'createRecording'>): Promise<void> {
  await db
    .insertInto('recordings')
    .values({
      session_id: recording.sessionId,
      site_id: recording.siteId,
      conversation_id: recording.conversationId,
      file: recording.file,
      started_at_ms: recording.startedAtMs,
      ended_at_ms: recording.endedAtMs,
      chunks: recording.chunks,
      bytes: recording.bytes,
      is_deleted: 0,
      delete_at_ms: recording.deleteAtMs,
    })
    .onConflict((conflict) => conflict.column('session_id').doNothing())
    .execute();
}

export async function recording(db: Db, { sessionId }: ArgsOf<'recording'>): Promise<StoredRecording | null> {
  const row = await db
    .selectFrom('recordings')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('is_deleted', '=', 0)
    .executeTakeFirst();
  return row ? recordingOf(row) : null;
}

export async function advanceRecording(
  db: Db,
  { sessionId, chunks, bytes, endedAtMs }: ArgsOf<'advanceRecording'>,
): Promise<void> {
  await db
    .updateTable('recordings')
    .set({ chunks, bytes, ...(endedAtMs === null ? {} : { ended_at_ms: endedAtMs }) })
    .where('session_id', '=', sessionId)
    .where('ended_at_ms', 'is', null)
    .execute();
}

export async function keepRecordings(db: Db, { siteId, keepMs }: ArgsOf<'keepRecordings'>): Promise<void> {
  await db
    .updateTable('recordings')
    .set(({ eb }) => ({ delete_at_ms: eb('started_at_ms', '+', keepMs) }))
    .where('site_id', '=', siteId)
    .execute();
}

/** False when there was none, or somebody else has deleted it. */
export async function deleteRecording(db: Db, { sessionId }: ArgsOf<'deleteRecording'>): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('recordings')
    .set({ is_deleted: 1 })
    .where('session_id', '=', sessionId)
    .where('is_deleted', '=', 0)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function dropRecording(db: Db, { sessionId }: ArgsOf<'dropRecording'>): Promise<void> {
  await db.deleteFrom('recordings').where('session_id', '=', sessionId).where('is_deleted', '=', 1).execute();
}

export async function recordingsDue(
  db: Db,
  { nowMs, limit }: ArgsOf<'recordingsDue'>,
): Promise<Array<StoredRecording & { isDeleted: boolean }>> {
  const rows = await db
    .selectFrom('recordings')
    .selectAll()
    .where(({ eb, or }) => or([eb('is_deleted', '=', 1), eb('delete_at_ms', '<=', nowMs)]))
    .orderBy('delete_at_ms')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...recordingOf(row), isDeleted: row.is_deleted === 1 }));
}
