import type { Kysely, Migration } from 'kysely';
import { defaultSiteSettings } from '../../../shared/model/site.ts';
import type { ColumnTypes } from './column-types.ts';

/** Rules about where a site's pages are shared, and the codes by which a visitor is found while on the telephone. */
export const cobrowseWays = ({ key, bigNumber, tableEnd }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('cobrowse_codes')
      .addColumn('code_hash', key, (column) => column.primaryKey())
      .addColumn('site_id', key, (column) => column.notNull())
      .addColumn('visitor_id', key, (column) => column.notNull())
      .addColumn('expires_at_ms', bigNumber, (column) => column.notNull())
      .modifyEnd(tableEnd)
      .execute();
    // One code a visitor: a new one takes the place of the one before.
    await db.schema
      .createIndex('cobrowse_codes_visitor')
      .unique()
      .on('cobrowse_codes')
      .columns(['visitor_id'])
      .execute();
    await db.schema
      .createIndex('cobrowse_codes_expiry')
      .on('cobrowse_codes')
      .columns(['expires_at_ms'])
      .execute();
    await upgradeSites(db as Kysely<Tables>);
  },
});

/** The columns that this upgrade reads and writes, as they are at this point of the history. */
interface Tables {
  sites: { id: string; settings: string };
}

async function upgradeSites(db: Kysely<Tables>): Promise<void> {
  const { cobrowse } = defaultSiteSettings('', []);
  for (const { id, settings } of await db.selectFrom('sites').select(['id', 'settings']).execute()) {
    const stored: object = JSON.parse(settings);
    await db
      .updateTable('sites')
      .set({ settings: JSON.stringify({ cobrowse, ...stored }) })
      .where('id', '=', id)
      .execute();
  }
}
