import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGroupCommit } from '../../../../../server/store/dialects/group-commit.ts';
import { openSqlite } from '../../../../../server/store/dialects/sqlite-database.ts';

let folder = '';
let raw: Database;
let other: Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-group-'));
  raw = openSqlite(join(folder, 'some.db'), 'write').raw;
  raw.exec('create table t (a primary key)');
  other = openSqlite(join(folder, 'some.db'), 'read').raw;
});
afterEach(() => {
  raw.close();
  other.close();
  rmSync(folder, { recursive: true, force: true });
});

const kept = () => other.prepare('select a from t order by a').pluck().all();

function write(writes: ReturnType<typeof createGroupCommit>, run: () => unknown): Promise<unknown> {
  return new Promise((done, failed) => writes.add({ run: async () => run(), done, failed }));
}

const insert = (value: number) => raw.prepare('insert into t values (?)').run(value).changes;

it('commits what arrives together once, and tells each only when all is there', async () => {
  const writes = createGroupCommit(raw, () => {});
  const seenWhileWriting: unknown[] = [];
  const told = [1, 2, 3].map((value) =>
    write(writes, () => {
      seenWhileWriting.push(kept());
      return insert(value);
    }).then(kept),
  );

  expect(await Promise.all(told)).toEqual([
    [1, 2, 3],
    [1, 2, 3],
    [1, 2, 3],
  ]);
  expect(seenWhileWriting).toEqual([[], [], []]);
});

it('takes back a write that fails, and leaves its neighbours', async () => {
  const writes = createGroupCommit(raw, () => {});
  const [first, broken, last] = await Promise.allSettled([
    write(writes, () => insert(1)),
    write(writes, () => {
      insert(2);
      throw new Error('changed my mind');
    }),
    write(writes, () => insert(3)),
  ]);

  expect([first.status, last.status]).toEqual(['fulfilled', 'fulfilled']);
  expect(broken).toMatchObject({ reason: { message: 'changed my mind' } });
  expect(kept()).toEqual([1, 3]);
});

it('fails all of a group whose transaction is lost, those that had been written too', async () => {
  const writes = createGroupCommit(raw, () => {});
  const settled = await Promise.allSettled([
    write(writes, () => insert(1)),
    // As SQLite itself does when the disk is full.
    write(writes, () => {
      raw.exec('rollback');
      throw new Error('disk full');
    }),
    write(writes, () => insert(3)),
  ]);

  for (const write of settled) expect(write).toMatchObject({ reason: { message: 'disk full' } });
  expect(kept()).toEqual([]);
  await write(writes, () => insert(4));
  expect(kept()).toEqual([4]);
});

it('takes the next group while one is written, and is idle when all is done', async () => {
  const writes = createGroupCommit(raw, () => {});
  const late: Promise<unknown>[] = [];
  void write(writes, () => {
    late.push(write(writes, () => insert(2)));
    return insert(1);
  });

  await writes.idle();

  expect(kept()).toEqual([1, 2]);
  expect(await Promise.all(late)).toEqual([1]);
});

it('does what belongs to the whole group once, in its transaction, and loses all when that fails', async () => {
  let isBroken = false;
  const seen: unknown[] = [];
  const writes = createGroupCommit(raw, () => {
    seen.push(raw.prepare('select a from t order by a').pluck().all());
    insert(100 + seen.length);
    if (isBroken) throw new Error('no room for the index');
  });
  await Promise.all([1, 2].map((value) => write(writes, () => insert(value))));
  isBroken = true;

  const settled = await Promise.allSettled([3, 4].map((value) => write(writes, () => insert(value))));

  for (const write of settled) expect(write).toMatchObject({ reason: { message: 'no room for the index' } });
  expect(seen).toEqual([
    [1, 2],
    [1, 2, 3, 4, 101],
  ]);
  expect(kept()).toEqual([1, 2, 101]);
});
