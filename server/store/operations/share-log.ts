import { createHash } from 'node:crypto';
import {
  firstHash,
  hashedText,
  type ShareFact,
  type ShareLogEntry,
  shareLogPage,
} from '../../../shared/model/share-log.ts';
import type { ArgsOf } from '../calls.ts';
import type { Db } from '../schema.ts';
import { locked } from './row-lock.ts';

/** Adds to the visitor's chain, in the transaction of what it tells. */
export async function appendShareFact(db: Db, visitorId: string, fact: ShareFact): Promise<void> {
  // Two nodes at once would both follow the same entry: the visitor's row is held until the end.
  await locked(
    db,
    db.selectFrom('visitors').select('visitors.id').where('visitors.id', '=', visitorId),
    'visitors',
  ).executeTakeFirst();
  const last = await db
    .selectFrom('share_log')
    .select(['seq', 'hash'])
    .where('visitor_id', '=', visitorId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const seq = (last?.seq ?? 0) + 1;
  const { sessionId, atMs, event } = fact;
  await db
    .insertInto('share_log')
    .values({
      visitor_id: visitorId,
      seq,
      session_id: sessionId,
      at_ms: atMs,
      event: JSON.stringify(event),
      hash: createHash('sha256')
        .update(hashedText(last?.hash ?? firstHash, { seq, ...fact }))
        .digest('hex'),
    })
    .execute();
}

export async function shareLog(
  db: Db,
  { siteId, visitorId, afterSeq }: ArgsOf<'shareLog'>,
): Promise<ShareLogEntry[]> {
  const rows = await db
    .selectFrom('share_log')
    .innerJoin('visitors', 'visitors.id', 'share_log.visitor_id')
    .select(['seq', 'session_id', 'at_ms', 'event', 'hash'])
    .where('visitors.site_id', '=', siteId)
    .where('visitor_id', '=', visitorId)
    .where('seq', '>', afterSeq)
    .orderBy('seq')
    .limit(shareLogPage)
    .execute();
  return rows.map(({ seq, session_id, at_ms, event, hash }) => ({
    seq,
    sessionId: session_id,
    atMs: Number(at_ms),
    event: JSON.parse(event),
    hash,
  }));
}
