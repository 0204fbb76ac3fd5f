import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { SqliteError } from 'better-sqlite3';
import type { ArgsOf, StoreMethod } from '../calls.ts';
import { migrate } from '../migrations/migrate.ts';
import { StoreOpenError } from '../open-error.ts';
import { refreshSearch } from '../operations/search-refresh.ts';
import { isReading, operations } from '../operations.ts';
import type { Db } from '../schema.ts';
import { createGroupCommit } from './group-commit.ts';
import { openSqlite, type SqliteDatabase } from './sqlite-database.ts';
import { sqliteErrorCode } from './sqlite-error.ts';
import type { FromWorker, MethodCall, Outcome, ToWorker, WorkerOptions } from './sqlite-messages.ts';
import { wordChangesMove } from './word-changes.ts';

/** The thread that owns the SQLite file: one connection writes in groups, one reads what is committed. */

async function migrated(writer: SqliteDatabase): Promise<void> {
  writer.raw.exec('begin immediate');
  try {
    await migrate(writer.db, 'sqlite');
    await refreshSearch(writer.db, wordChangesMove(writer.raw));
    writer.raw.exec('commit');
  } catch (error) {
    if (writer.raw.inTransaction) writer.raw.exec('rollback');
    throw error;
  }
}

function run<M extends StoreMethod>(
  db: Db,
  { method, args }: { method: M; args: ArgsOf<M> },
): Promise<unknown> {
  return operations[method](db, args);
}

const failure = (error: unknown): Outcome => ({
  ok: false,
  code: sqliteErrorCode(error),
  detail: error instanceof Error ? error.message : String(error),
  databaseCode: error instanceof SqliteError ? error.code : null,
});

function serve(port: MessagePort, writer: SqliteDatabase, reader: SqliteDatabase): void {
  const replies: Extract<FromWorker, { type: 'replies' }>['replies'] = [];
  const writes = createGroupCommit(writer.raw, wordChangesMove(writer.raw));
  const reads = new Set<Promise<void>>();

  /** Replies made in one turn of the loop travel together. */
  function reply(id: number, outcome: Outcome): void {
    if (replies.push({ id, outcome }) === 1) queueMicrotask(flush);
  }
  function flush(): void {
    if (replies.length > 0) post(port, { type: 'replies', replies: replies.splice(0) });
  }

  async function read(id: number, call: MethodCall): Promise<void> {
    try {
      // A transaction, so that all statements of one operation see the same state.
      reply(id, { ok: true, value: await reader.db.transaction().execute((db) => run(db, call)) });
    } catch (error) {
      reply(id, failure(error));
    }
  }

  function receive(message: ToWorker): void {
    switch (message.type) {
      case 'call': {
        const { id, call } = message;
        if (isReading(call.method)) {
          const reading = read(id, call).finally(() => reads.delete(reading));
          reads.add(reading);
          return;
        }
        writes.add({
          run: () => run(writer.db, call),
          done: (value) => reply(id, { ok: true, value }),
          failed: (error) => reply(id, failure(error)),
        });
        return;
      }
      case 'ping':
        try {
          reader.raw.prepare('select count(*) from meta').get();
          reply(message.id, { ok: true, value: null });
        } catch (error) {
          reply(message.id, failure(error));
        }
        return;
      case 'close':
        void close();
    }
  }

  async function close(): Promise<void> {
    await Promise.all([writes.idle(), ...reads]);
    flush();
    reader.close();
    writer.close();
    port.close();
  }

  port.on('message', receive);
}

function post(port: MessagePort, message: FromWorker): void {
  port.postMessage(message);
}

async function start(port: MessagePort, { file }: WorkerOptions): Promise<void> {
  try {
    const writer = openSqlite(file, 'write');
    await migrated(writer);
    serve(port, writer, openSqlite(file, 'read'));
    post(port, { type: 'ready' });
  } catch (error) {
    const { code, what } =
      error instanceof StoreOpenError
        ? error
        : {
            code: 'database_broken' as const,
            what: `${file}: ${error instanceof Error ? error.message : error}`,
          };
    post(port, { type: 'not_opened', code, what });
    port.close();
  }
}

if (parentPort) void start(parentPort, workerData);
