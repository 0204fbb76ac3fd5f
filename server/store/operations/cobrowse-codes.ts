import { RapportError } from '../../../shared/errors.ts';
import type { ArgsOf } from '../calls.ts';
import type { Db } from '../schema.ts';

export async function saveCobrowseCode(
  db: Db,
  { codeHash, siteId, visitorId, expiresAtMs, nowMs }: ArgsOf<'saveCobrowseCode'>,
): Promise<void> {
  await db
    .deleteFrom('cobrowse_codes')
    .where((where) => where.or([where('expires_at_ms', '<=', nowMs), where('visitor_id', '=', visitorId)]))
    .execute();
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('cobrowse_codes')
    .values({ code_hash: codeHash, site_id: siteId, visitor_id: visitorId, expires_at_ms: expiresAtMs })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) throw new RapportError('already_exists');
}

export async function takeCobrowseCode(
  db: Db,
  { codeHash, siteIds, nowMs }: ArgsOf<'takeCobrowseCode'>,
): Promise<{ siteId: string; visitorId: string } | null> {
  if (siteIds.length === 0) return null;
  const row = await db
    .deleteFrom('cobrowse_codes')
    .where('code_hash', '=', codeHash)
    .where('site_id', 'in', siteIds)
    .where('expires_at_ms', '>', nowMs)
    .returning(['site_id', 'visitor_id'])
    .executeTakeFirst();
  return row ? { siteId: row.site_id, visitorId: row.visitor_id } : null;
}
