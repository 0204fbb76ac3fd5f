import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSqlite } from '../../../../../server/store/dialects/sqlite-database.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-sqlite-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('syncs every commit in full, also when the file is opened again', () => {
  const file = join(folder, 'some.db');
  for (let opened = 0; opened < 2; opened += 1) {
    const { raw, close } = openSqlite(file, 'write');
    raw.exec('create table if not exists t (a)');

    expect(raw.pragma('synchronous', { simple: true })).toBe(2);
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(raw.pragma('foreign_keys', { simple: true })).toBe(1);
    close();
  }
});

it('cannot write on the connection that reads', () => {
  const file = join(folder, 'some.db');
  const writer = openSqlite(file, 'write');
  writer.raw.exec('create table t (a)');
  const reader = openSqlite(file, 'read');

  expect(() => reader.raw.exec('insert into t values (1)')).toThrow('readonly');

  reader.close();
  writer.close();
});

it('refuses a database that cannot log ahead', () => {
  expect(() => openSqlite(':memory:', 'write')).toThrow('write-ahead');
});
