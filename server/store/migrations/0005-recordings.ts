import type { Migration } from 'kysely';
import type { ColumnTypes } from './column-types.ts';

/** What is remembered of a co-browse session, and recordings. */
export const recordings = ({ key, bigNumber, tableEnd }: ColumnTypes): Migration => ({
  async up(db) {
    await db.schema
      .createTable('cobrowse_facts')
      .addColumn('session_id', key, (column) =>
        column.notNull().references('cobrowse_sessions.id').onDelete('cascade'),
      )
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('fact', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('cobrowse_facts_pk', ['session_id', 'seq'])
      .modifyEnd(tableEnd)
      .execute();

    // Without a foreign key: a row that stays when its conversation goes still leads to the file that has to go.
    await db.schema
      .createTable('recordings')
      .addColumn('session_id', key, (column) => column.primaryKey().notNull())
      .addColumn('site_id', key, (column) => column.notNull())
      .addColumn('conversation_id', key, (column) => column.notNull())
      .addColumn('file', key, (column) => column.notNull().unique())
      .addColumn('started_at_ms', bigNumber, (column) => column.notNull())
      .addColumn('ended_at_ms', bigNumber)
      .addColumn('chunks', bigNumber, (column) => column.notNull())
      .addColumn('bytes', bigNumber, (column) => column.notNull())
      .addColumn('is_deleted', 'integer', (column) => column.notNull())
      .addColumn('delete_at_ms', bigNumber, (column) => column.notNull())
      .modifyEnd(tableEnd)
      .execute();
    await db.schema
      .createIndex('recordings_due')
      .on('recordings')
      .columns(['is_deleted', 'delete_at_ms'])
      .execute();
  },
});
