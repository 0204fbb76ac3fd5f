import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { openStore } from '../../../server/store/open-store.ts';
import type { Store } from '../../../server/store/store.ts';

/** Built by `npm run build`; Node cannot run its source. */
export const sqliteWorkerUrl = new URL('../../../dist/server/sqlite-worker.js', import.meta.url);

/** A database of its own, empty at first. */
export interface Place {
  /** Opens it, again after a close. */
  open(): Promise<Store>;
  drop(): Promise<void>;
  /** Address of a database on the network. */
  databaseUrl: string | null;
}

interface TestedDatabase {
  name: string;
  reachable: boolean;
  create(): Promise<Place>;
}

async function createSqlitePlace(): Promise<Place> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'rapport-store-'));
  return {
    open: () => openStore({ dataFolder, databaseUrl: null, sqliteWorkerUrl }),
    drop: async () => rmSync(dataFolder, { recursive: true, force: true }),
    databaseUrl: null,
  };
}

const postgresUrl = process.env.RAPPORT_TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';

async function onPostgres(statement: string): Promise<void> {
  const client = new Client({ connectionString: postgresUrl, connectionTimeoutMillis: 3_000 });
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A schema for each place, so that runs do not see each other. */
async function createPostgresPlace(): Promise<Place> {
  const schema = `rapport_${process.pid}_${crypto.randomUUID().replaceAll('-', '')}`;
  await onPostgres(`create schema ${schema}`);
  const databaseUrl = new URL(postgresUrl);
  databaseUrl.searchParams.set('options', `-c search_path=${schema}`);
  return {
    open: () => openStore({ dataFolder: tmpdir(), databaseUrl: databaseUrl.href }),
    drop: () => onPostgres(`drop schema ${schema} cascade`),
    databaseUrl: databaseUrl.href,
  };
}

const refused = await onPostgres('select 1').then(
  () => null,
  (error: Error) => error,
);
if (refused) {
  const rule = '!'.repeat(100);
  console.warn(
    `\n${rule}\n!! PostgreSQL WAS SKIPPED: the store is tested on SQLite only.\n` +
      `!! ${refused.message || refused.name}\n!! Set RAPPORT_TEST_DATABASE_URL to run both.\n${rule}\n`,
  );
}

export const sqlite: TestedDatabase = { name: 'SQLite', reachable: true, create: createSqlitePlace };
export const postgres: TestedDatabase = {
  name: 'PostgreSQL',
  reachable: refused === null,
  create: createPostgresPlace,
};

interface OpenDatabase {
  readonly store: Store;
  /** Closes the store and opens the same database again. */
  reopened(): Promise<Store>;
}

/** The same stories on each database; `db.store` is opened before the first of them. */
export function describeStore(title: string, tell: (db: OpenDatabase) => void): void {
  for (const database of [sqlite, postgres]) {
    describe.skipIf(!database.reachable)(`${title}, ${database.name}`, () => {
      let open: { place: Place; store: Store } | undefined;
      const opened = () => {
        if (!open) throw new Error('the store is opened before the first test');
        return open;
      };
      beforeAll(async () => {
        const place = await database.create();
        open = { place, store: await place.open() };
      });
      afterAll(async () => {
        await open?.store.close();
        await open?.place.drop();
      });
      tell({
        get store() {
          return opened().store;
        },
        async reopened() {
          const { place, store } = opened();
          await store.close();
          open = { place, store: await place.open() };
          return open.store;
        },
      });
    });
  }
}
