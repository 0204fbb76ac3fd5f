import { RapportError } from '../../../shared/errors.ts';
import type { Site, SiteSettings } from '../../../shared/model/site.ts';
import type { ArgsOf } from '../calls.ts';
import type { Db, SiteTable } from '../schema.ts';

export function siteOf(row: SiteTable): Site {
  const settings: SiteSettings = JSON.parse(row.settings);
  return { id: row.id, key: row.key, settings, createdAtMs: row.created_at_ms };
}

export async function createSite(db: Db, { site }: ArgsOf<'createSite'>): Promise<void> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('sites')
    .values({
      id: site.id,
      key: site.key,
      settings: JSON.stringify(site.settings),
      created_at_ms: site.createdAtMs,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) throw new RapportError('already_exists');
}

export async function listSites(db: Db): Promise<Site[]> {
  const rows = await db.selectFrom('sites').selectAll().orderBy('created_at_ms').orderBy('id').execute();
  return rows.map(siteOf);
}

export async function siteByKey(db: Db, { key }: ArgsOf<'siteByKey'>): Promise<Site | null> {
  const row = await db.selectFrom('sites').selectAll().where('key', '=', key).executeTakeFirst();
  return row ? siteOf(row) : null;
}

export async function updateSite(db: Db, { siteId, settings }: ArgsOf<'updateSite'>): Promise<Site> {
  const row = await db
    .updateTable('sites')
    .set({ settings: JSON.stringify(settings) })
    .where('id', '=', siteId)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new RapportError('not_found');
  return siteOf(row);
}
