import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StoreOpenError } from './open-error.ts';

/**
 * Keeps a second process off a data folder. The kernel holds the lock (SQLite's own file lock, on an empty file) and
 * lets go when the process ends, however it ends: there is no stale lock to guess about, also when a process id is
 * used again or means nothing here, as between containers. `rapport.pid` only tells people who holds it.
 */
export function takeDataLock(dataFolder: string): { close(): void } {
  const pidFile = join(dataFolder, 'rapport.pid');
  const lock = new Database(join(dataFolder, 'rapport.lock'), { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
    throw new StoreOpenError('data_folder_in_use', `${dataFolder} is in use by ${holder(pidFile)}`, error);
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return {
    close() {
      if (!lock.open) return;
      rmSync(pidFile, { force: true });
      lock.close();
    },
  };
}

function holder(pidFile: string): string {
  try {
    return `process ${readFileSync(pidFile, 'utf8').trim()}`;
  } catch {
    // It is starting, or cannot be read from here.
    return 'another process';
  }
}
