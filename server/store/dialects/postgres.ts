import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool, types } from 'pg';
import { type ErrorCode, RapportError } from '../../../shared/errors.ts';
import { type ArgsOf, type ResultOf, type StoreMethod, storeOfCalls } from '../calls.ts';
import { DatabaseFault } from '../database-fault.ts';
import { migrate } from '../migrations/migrate.ts';
import { StoreOpenError } from '../open-error.ts';
import { refreshSearch } from '../operations/search-refresh.ts';
import { isReading, operations } from '../operations.ts';
import type { Tables } from '../schema.ts';
import type { Store } from '../store.ts';
import { hasCatalogMoved, isPassing, postgresErrorCode } from './postgres-error.ts';
import { preparedPool } from './prepared-pool.ts';

/** Connections of one node. Operations are short; more would queue in the database instead of here. */
const maxConnections = 16;
const connectTimeoutMs = 5_000;
/** Tries of a transaction that the database gave up for the sake of another one. */
const maxTries = 6;

const int8 = 20;
/** 64-bit numbers come as text; ours are milliseconds and counts, below 2^53. */
const parsers = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : types.getTypeParser(oid, format),
};

/** The store over PostgreSQL, for installations of several nodes. Tables live in the connection's current schema. */
export async function createPostgresStore({ databaseUrl }: { databaseUrl: string }): Promise<Store> {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    types: parsers,
    // A server or role may have it off, and then a commit is not on disk when it is confirmed. Not by Kysely's hook for
    // new connections, which never gives back a connection that breaks there.
    onConnect: async (client) => {
      await client.query(
        "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'",
      );
    },
  });
  // The pool drops an idle connection that broke; without a listener Node would end the process. If the database is
  // gone for good, the next call says so.
  pool.on('error', () => {});
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparedPool(pool) }) });

  try {
    const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db);
    await migrateBesideOthers(db, rows[0]?.schema);
    await db.transaction().execute((open) => refreshSearch(open, () => {}));
  } catch (error) {
    await db.destroy();
    throw openError(error);
  }

  async function attempt<M extends StoreMethod>(method: M, args: ArgsOf<M>): Promise<ResultOf<M>> {
    for (let tries = 1; ; tries += 1) {
      try {
        const transaction = isReading(method)
          ? // One snapshot for all statements of the operation.
            db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
          : db.transaction();
        return await transaction.execute((open) => operations[method](open, args));
      } catch (error) {
        if (!isPassing(error) || tries === maxTries) throw error;
      }
    }
  }

  /** The pool would drop calls that still wait for a connection, so closing waits for them. */
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;

  async function take<T>(work: () => Promise<T>): Promise<T> {
    if (closing) throw refusal('unavailable', new DatabaseFault('the store is closed', null));
    const working = work();
    underWay.add(working);
    try {
      return await working;
    } catch (error) {
      throw error instanceof RapportError ? error : refusal(postgresErrorCode(error), error);
    } finally {
      underWay.delete(working);
    }
  }

  async function close(): Promise<void> {
    await Promise.allSettled(underWay);
    await db.destroy();
  }

  return storeOfCalls((method, args) => take(() => attempt(method, args)), {
    ping: () =>
      take(async () => {
        await sql`select 1`.execute(db);
      }),
    close: () => {
      closing ??= close();
      return closing;
    },
  });
}

/** Kysely lists the tables of all schemas before it migrates, also those that somebody else is dropping just then. */
async function migrateBesideOthers(db: Kysely<Tables>, schema: string | undefined): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await migrate(db, 'postgres', schema);
    } catch (error) {
      if (!hasCatalogMoved(error) || tries === maxTries) throw error;
    }
  }
}

function refusal(code: ErrorCode, cause: unknown): RapportError {
  const error = new RapportError(code);
  error.cause = cause;
  return error;
}

function openError(error: unknown): unknown {
  if (error instanceof StoreOpenError) return error;
  return new StoreOpenError(
    postgresErrorCode(error) === 'unavailable' ? 'database_unreachable' : 'database_broken',
    wordsOf(error),
    error,
  );
}

/** Node gives an error without a message when every address of a host refuses. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ('code' in error && String(error.code)) || error.name;
}
