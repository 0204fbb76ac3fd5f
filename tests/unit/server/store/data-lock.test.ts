import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeDataLock } from '../../../../server/store/data-lock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is held by one at a time, tells who, and is free again when closed', () => {
  const lock = takeDataLock(folder);
  expect(readFileSync(join(folder, 'rapport.pid'), 'utf8').trim()).toBe(String(process.pid));

  expect(() => takeDataLock(folder)).toThrow(`is in use by process ${process.pid}`);

  lock.close();
  lock.close();
  expect(existsSync(join(folder, 'rapport.pid'))).toBe(false);
  takeDataLock(folder).close();
});

it('is not held by what a dead process left behind, even when its id lives on', () => {
  takeDataLock(folder).close();
  writeFileSync(join(folder, 'rapport.pid'), `${process.ppid}\n`);

  takeDataLock(folder).close();
});

it('refuses a second process, and lets it in when the first one was killed', async () => {
  const program = `
    const Database = require('better-sqlite3');
    const lock = new Database(process.argv[1], { timeout: 0 });
    lock.exec('begin exclusive');
    console.log('held');
    setInterval(() => {}, 60_000);`;
  const other = spawn(process.execPath, ['-e', program, join(folder, 'rapport.lock')]);
  await once(other.stdout, 'data');

  expect(() => takeDataLock(folder)).toThrow('is in use by another process');

  other.kill('SIGKILL');
  await once(other, 'exit');
  takeDataLock(folder).close();
});
