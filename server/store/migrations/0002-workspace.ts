import { type Kysely, type Migration, sql } from 'kysely';
import { upgradeStoredData } from './0002-stored-data.ts';
import type { ColumnTypes } from './column-types.ts';

/** Assignment, teams, labels, notes, snoozing, files, events, signed identities and search. */
export const workspace = (types: ColumnTypes): Migration => ({
  async up(db) {
    await addColumns(db, types);
    await createTables(db, types);
    await upgradeStoredData(db);
    await createIndexes(db);
    await (types.dialect === 'sqlite' ? createSqliteSearch(db) : createPostgresSearch(db));
  },
});

async function addColumns(db: Kysely<unknown>, { key, bigNumber }: ColumnTypes): Promise<void> {
  await db.schema.alterTable('agents').addColumn('avatar', key).execute();
  await db.schema
    .alterTable('agents')
    .addColumn('availability', key, (column) => column.notNull().defaultTo('online'))
    .execute();

  await db.schema.alterTable('memberships').addColumn('capacity', 'integer').execute();
  await db.schema
    .alterTable('memberships')
    .addColumn('last_assigned_at_ms', bigNumber, (column) => column.notNull().defaultTo(0))
    .execute();

  await db.schema.alterTable('visitors').addColumn('external_id', 'text').execute();
  await db.schema.alterTable('visitors').addColumn('signed_names', 'text').execute();
  await db.schema
    .alterTable('visitors')
    .addColumn('merged_into', key, (column) => column.references('visitors.id').onDelete('set null'))
    .execute();

  await db.schema
    .alterTable('conversations')
    .addColumn('is_verified', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  for (const name of ['assignee_id', 'team_id']) {
    await db.schema
      .alterTable('conversations')
      .addColumn(name, key, (column) => column.notNull().defaultTo(''))
      .execute();
  }
  await db.schema
    .alterTable('conversations')
    .addColumn('queue_key', bigNumber, (column) => column.notNull().defaultTo(0))
    .execute();
  for (const name of ['snoozed_until_ms', 'first_message_at_ms', 'first_reply_after_ms']) {
    await db.schema.alterTable('conversations').addColumn(name, bigNumber).execute();
  }

  await db.schema.alterTable('entries').addColumn('of_seq', bigNumber).execute();
}

async function createTables(db: Kysely<unknown>, { key, bigNumber, tableEnd }: ColumnTypes): Promise<void> {
  for (const [table, other] of [
    ['conversation_labels', 'label_id'],
    ['conversation_mentions', 'agent_id'],
  ] as const) {
    await db.schema
      .createTable(table)
      .addColumn('conversation_id', key, (column) =>
        column.notNull().references('conversations.id').onDelete('cascade'),
      )
      .addColumn(other, key, (column) => column.notNull())
      .addPrimaryKeyConstraint(`${table}_pk`, ['conversation_id', other])
      .modifyEnd(tableEnd)
      .execute();
    await db.schema.createIndex(`${table}_of`).on(table).columns([other, 'conversation_id']).execute();
  }

  await db.schema
    .createTable('site_items')
    .addColumn('site_id', key, (column) => column.notNull().references('sites.id').onDelete('cascade'))
    .addColumn('kind', key, (column) => column.notNull())
    .addColumn('id', key, (column) => column.notNull())
    .addColumn('name_key', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('changed_at_ms', bigNumber, (column) => column.notNull())
    .addPrimaryKeyConstraint('site_items_pk', ['site_id', 'kind', 'id'])
    .addUniqueConstraint('site_items_name', ['site_id', 'kind', 'name_key'])
    .modifyEnd(tableEnd)
    .execute();

  await db.schema
    .createTable('identity_keys')
    .addColumn('site_id', key, (column) => column.notNull().references('sites.id').onDelete('cascade'))
    .addColumn('kid', key, (column) => column.notNull())
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('created_at_ms', bigNumber, (column) => column.notNull())
    .addPrimaryKeyConstraint('identity_keys_pk', ['site_id', 'kid'])
    .modifyEnd(tableEnd)
    .execute();

  await db.schema
    .createTable('files')
    .addColumn('id', key, (column) => column.primaryKey().notNull())
    .addColumn('site_id', key, (column) => column.notNull().references('sites.id'))
    .addColumn('owner', key, (column) => column.notNull())
    // Without its conversation a file is one that nobody has taken: its bytes are removed in time.
    .addColumn('conversation_id', key, (column) => column.references('conversations.id').onDelete('set null'))
    .addColumn('seq', bigNumber)
    .addColumn('is_internal', 'integer', (column) => column.notNull())
    .addColumn('is_erased', 'integer', (column) => column.notNull())
    .addColumn('card', 'text', (column) => column.notNull())
    .addColumn('created_at_ms', bigNumber, (column) => column.notNull())
    .modifyEnd(tableEnd)
    .execute();
  await db.schema
    .createIndex('files_of_conversation')
    .on('files')
    .columns(['conversation_id', 'seq'])
    .execute();
  await db.schema
    .createIndex('files_untaken')
    .on('files')
    .column('created_at_ms')
    .where(sql<boolean>`conversation_id is null`)
    .execute();

  await db.schema
    .createTable('visitor_events')
    .addColumn('visitor_id', key, (column) => column.notNull())
    .addColumn('client_id', key, (column) => column.notNull())
    .addColumn('site_id', key, (column) => column.notNull())
    .addColumn('seq', bigNumber, (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('at_ms', bigNumber, (column) => column.notNull())
    .addPrimaryKeyConstraint('visitor_events_pk', ['visitor_id', 'client_id'])
    .addForeignKeyConstraint(
      'visitor_events_visitor',
      ['site_id', 'visitor_id'],
      'visitors',
      ['site_id', 'id'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .modifyEnd(tableEnd)
    .execute();
  await db.schema
    .createIndex('visitor_events_newest')
    .on('visitor_events')
    .columns(['site_id', 'visitor_id', 'at_ms', 'seq'])
    .execute();
}

async function createIndexes(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('conversations_inbox').execute();
  await db.schema.alterTable('conversations').dropColumn('last_activity_ms').execute();
  // The last columns are there so that filters and counts read nothing but the index.
  await db.schema
    .createIndex('conversations_inbox')
    .on('conversations')
    .columns(['site_id', 'status', 'queue_key', 'id desc', 'team_id', 'is_verified'])
    .execute();
  await db.schema
    .createIndex('conversations_of_assignee')
    .on('conversations')
    .columns(['site_id', 'status', 'assignee_id', 'queue_key', 'id desc', 'team_id', 'is_verified'])
    .execute();
  await db.schema
    .createIndex('conversations_snoozed')
    .on('conversations')
    .column('snoozed_until_ms')
    .where(sql<boolean>`snoozed_until_ms is not null`)
    .execute();
  await db.schema
    .createIndex('conversations_first_replies')
    .on('conversations')
    .columns(['site_id', 'first_message_at_ms', 'first_reply_after_ms'])
    .where(sql<boolean>`first_reply_after_ms is not null`)
    .execute();

  await db.schema
    .createIndex('entries_about')
    .on('entries')
    .columns(['conversation_id', 'of_seq', 'seq'])
    .where(sql<boolean>`of_seq is not null`)
    .execute();

  await db.schema
    .createIndex('visitors_by_external_id')
    .on('visitors')
    .columns(['site_id', 'external_id'])
    .where(sql<boolean>`external_id is not null`)
    .execute();
  await db.schema
    .createIndex('visitors_merged')
    .on('visitors')
    .column('merged_into')
    .where(sql<boolean>`merged_into is not null`)
    .execute();
}

/**
 * Words come folded and separated by spaces, so the tokenizer has to leave everything else alone. The tables hold no
 * text, only the index: what is erased from a row must go from here by the triggers, also when a whole visitor goes.
 */
async function createSqliteSearch(db: Kysely<unknown>): Promise<void> {
  for (const [table, words] of [
    ['entries', 'message_words'],
    ['visitors', 'customer_words'],
  ] as const) {
    await sql`
      create virtual table ${sql.ref(words)} using fts5(
        words, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3',
        tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
      )`.execute(db);
    await db.schema.alterTable(table).addColumn('doc_id', 'integer').execute();
    await db.schema
      .createIndex(`${table}_doc`)
      .unique()
      .on(table)
      .column('doc_id')
      .where(sql<boolean>`doc_id is not null`)
      .execute();
    await sql`
      create trigger ${sql.ref(`${table}_words_go`)} after delete on ${sql.ref(table)} when old.doc_id is not null
      begin delete from ${sql.ref(words)} where rowid = old.doc_id; end`.execute(db);
  }
}

async function createPostgresSearch(db: Kysely<unknown>): Promise<void> {
  for (const table of ['entries', 'visitors'] as const) {
    await db.schema.alterTable(table).addColumn('words', sql`tsvector`).execute();
    await db.schema.createIndex(`${table}_words`).on(table).using('gin').column('words').execute();
  }
  // For words that stand everywhere: the newest are found faster from the end.
  await db.schema
    .createIndex('entries_searched')
    .on('entries')
    .columns(['at_ms', 'conversation_id', 'seq'])
    .where(sql<boolean>`words is not null`)
    .execute();
}
