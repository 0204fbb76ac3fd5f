import type { Database } from 'better-sqlite3';

/** A write that waits for its turn. */
export interface Write {
  /** Runs inside a savepoint of its own. */
  run(): Promise<unknown>;
  /** It is on disk. */
  done(value: unknown): void;
  /** Nothing of it is in the database. */
  failed(error: unknown): void;
}

/** Most writes in one transaction: bounds how long the first of them waits for the last, and readers for all. */
const maxGroup = 256;

/**
 * Group commit: what has arrived together goes to disk in one transaction and one fsync, then all are told. There is
 * no timer: while one group is synced the next one gathers, so a lone write does not wait and a crowd shares.
 * `beforeCommit` runs once for all of them, in their transaction.
 */
export function createGroupCommit(raw: Database, beforeCommit: () => void) {
  const waiting: Write[] = [];
  let working: Promise<void> | null = null;

  const begin = raw.prepare('begin immediate');
  const commit = raw.prepare('commit');
  const rollback = raw.prepare('rollback');
  const savepoint = raw.prepare('savepoint write');
  const release = raw.prepare('release write');
  const rollbackToSavepoint = raw.prepare('rollback to write');

  /** Null when it failed alone, its neighbours untouched; throws when the whole transaction is lost. */
  async function attempt(write: Write): Promise<(() => void) | null> {
    savepoint.run();
    try {
      const value = await write.run();
      release.run();
      return () => write.done(value);
    } catch (error) {
      // A full disk or a broken file ends the transaction by itself.
      if (!raw.inTransaction) throw error;
      rollbackToSavepoint.run();
      release.run();
      write.failed(error);
      return null;
    }
  }

  async function commitGroup(group: Write[]): Promise<void> {
    const left = new Set(group);
    const told: Array<() => void> = [];
    try {
      begin.run();
      for (const write of group) {
        const tell = await attempt(write);
        if (tell) told.push(tell);
        else left.delete(write);
      }
      beforeCommit();
      commit.run();
    } catch (error) {
      if (raw.inTransaction) rollback.run();
      for (const write of left) write.failed(error);
      return;
    }
    for (const tell of told) tell();
  }

  async function work(): Promise<void> {
    // The loop comes round once between groups, and takes in what was sent meanwhile.
    while (waiting.length > 0) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      await commitGroup(waiting.splice(0, maxGroup));
    }
    working = null;
  }

  return {
    add(write: Write): void {
      waiting.push(write);
      working ??= work();
    },
    /** Resolves when nothing waits. */
    async idle(): Promise<void> {
      await working;
    },
  };
}
