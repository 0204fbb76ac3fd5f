import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { takeDataLock } from './data-lock.ts';
import { createPostgresStore } from './dialects/postgres.ts';
import { createSqliteStore } from './dialects/sqlite.ts';
import { StoreOpenError } from './open-error.ts';
import type { Store } from './store.ts';

export interface StoreOptions {
  /** Made when it is not there; holds `rapport.db` when there is no `databaseUrl`. */
  dataFolder: string;
  /** `postgres://user:password@host/database`; null for SQLite in the data folder. */
  databaseUrl: string | null;
  /** Where the built SQLite worker is; default: beside this program's main file. */
  sqliteWorkerUrl?: URL;
}

/** Opens the database and brings its tables up to date. Throws {@link StoreOpenError}. */
export async function openStore({ dataFolder, databaseUrl, sqliteWorkerUrl }: StoreOptions): Promise<Store> {
  if (databaseUrl !== null) return await createPostgresStore({ databaseUrl });

  const folder = resolve(dataFolder);
  makeWritable(folder);
  const lock = takeDataLock(folder);
  try {
    const store = await createSqliteStore({ file: join(folder, 'rapport.db'), workerUrl: sqliteWorkerUrl });
    return {
      ...store,
      close: async () => {
        await store.close();
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** Conversations of customers: only for the account that runs the program. */
function makeWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StoreOpenError('data_folder_not_writable', folder, error);
  }
}
