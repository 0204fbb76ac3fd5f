import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Tables } from '../schema.ts';
import { createWordChanges } from './word-changes.ts';

/** How long a statement waits for another process that holds the file, such as a backup. */
const busyTimeoutMs = 5_000;
/** The write-ahead log is cut back to this after a checkpoint. */
const journalSizeLimitBytes = 64 * 1024 * 1024;

export interface SqliteDatabase {
  /** For what Kysely does not say: pragmas and the borders of transactions. */
  raw: Database.Database;
  db: Kysely<Tables>;
  close(): void;
}

/**
 * Opens the file, and throws unless commits reach the disk: a re-opened WAL database comes up with
 * `synchronous=NORMAL`, under which a power cut loses what was acknowledged.
 */
export function openSqlite(file: string, use: 'read' | 'write'): SqliteDatabase {
  const raw = new Database(file, { timeout: busyTimeoutMs });
  try {
    if (raw.pragma('journal_mode = wal', { simple: true }) !== 'wal') {
      throw new Error('the file system does not support write-ahead logging');
    }
    raw.pragma('synchronous = full');
    if (raw.pragma('synchronous', { simple: true }) !== 2) throw new Error('synchronous=FULL was refused');
    // macOS: only this makes fsync reach the disk.
    raw.pragma('fullfsync = on');
    raw.pragma('foreign_keys = on');
    // What a savepoint may have to undo stays in memory.
    raw.pragma('temp_store = memory');
    raw.pragma(`journal_size_limit = ${journalSizeLimitBytes}`);
    if (use === 'read') raw.pragma('query_only = on');
    else createWordChanges(raw);
  } catch (error) {
    raw.close();
    throw error;
  }
  const statements = new Map<string, Database.Statement<unknown[]>>();
  const prepare = (sql: string) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = raw.prepare<unknown[]>(sql);
    statements.set(sql, statement);
    return statement;
  };
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: { prepare, close: () => {} } }) });
  return { raw, db, close: () => raw.close() };
}
