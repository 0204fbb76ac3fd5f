import { Migrator, sql } from 'kysely';
import { StoreOpenError } from '../open-error.ts';
import type { Db } from '../schema.ts';
import { first } from './0001-first.ts';
import { workspace } from './0002-workspace.ts';
import { cobrowseWays } from './0003-cobrowse.ts';
import { shareLog } from './0004-share-log.ts';
import { recordings } from './0005-recordings.ts';
import { columnTypes, type DialectName } from './column-types.ts';

/** In this order, for ever: a migration that was released is never edited. */
const migrations = {
  '0001-first': first,
  '0002-workspace': workspace,
  '0003-cobrowse': cobrowseWays,
  '0004-share-log': shareLog,
  '0005-recordings': recordings,
};

const migrationTable = 'rapport_migrations';

/**
 * Brings the tables up to date. `schema` names where PostgreSQL keeps them; there Kysely takes an advisory lock, so
 * that of the nodes that start together one does the work. On SQLite the caller wraps it in a transaction.
 */
export async function migrate(db: Db, dialect: DialectName, schema?: string): Promise<void> {
  for (const name of await executedMigrations(db, schema)) {
    if (!Object.hasOwn(migrations, name)) throw new StoreOpenError('database_newer', `it holds ${name}`);
  }
  const types = columnTypes[dialect];
  const migrator = new Migrator({
    db,
    migrationTableName: migrationTable,
    migrationLockTableName: `${migrationTable}_lock`,
    migrationTableSchema: schema,
    provider: {
      getMigrations: async () =>
        Object.fromEntries(Object.entries(migrations).map(([name, make]) => [name, make(types)])),
    },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function executedMigrations(db: Db, schema: string | undefined): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  const exists = tables.some(
    (table) => table.name === migrationTable && (schema === undefined || table.schema === schema),
  );
  if (!exists) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(migrationTable)}`.execute(db);
  return rows.map(({ name }) => name);
}
