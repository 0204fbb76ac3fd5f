import type { Kysely, Migration } from 'kysely';
import type { ColumnTypes } from './column-types.ts';

/** The visitor's record of what was shared, and the switch for strict privacy in the settings of the sites that are there. */
export const shareLog = ({ key, bigNumber, tableEnd }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('share_log')
      // With the visitor's record the log goes, too.
      .addColumn('visitor_id', key, (column) =>
        column.notNull().references('visitors.id').onDelete('cascade'),
      )
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('session_id', key, (column) => column.notNull())
      .addColumn('at_ms', bigNumber, (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('hash', key, (column) => column.notNull())
      .addPrimaryKeyConstraint('share_log_pk', ['visitor_id', 'seq'])
      .modifyEnd(tableEnd)
      .execute();
    await upgradeSites(db);
  },
});

async function upgradeSites(upgraded: Kysely<unknown>): Promise<void> {
  const db = upgraded as Kysely<{ sites: { id: string; settings: string } }>;
  for (const { id, settings } of await db.selectFrom('sites').select(['id', 'settings']).execute()) {
    const stored = JSON.parse(settings) as { privacy: object };
    const upgradedSettings = { ...stored, privacy: { strict: false, ...stored.privacy } };
    await db
      .updateTable('sites')
      .set({ settings: JSON.stringify(upgradedSettings) })
      .where('id', '=', id)
      .execute();
  }
}
