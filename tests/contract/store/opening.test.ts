import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../server/store/open-store.ts';
import { addAgent, addSite, answer, logOf, message, startTalk } from './cast.ts';
import { describeStore, sqliteWorkerUrl } from './databases.ts';

describeStore('a store', (db) => {
  it('holds everything after it was closed and opened again', async () => {
    const store = await db.reopened();
    const site = await addSite(store);
    const talk = await startTalk(store, site.id);
    await store.append({ entries: [message(talk, 'Kept'), answer(talk, await addAgent(store), 'Yes')] });
    const read = async (from = store) => ({
      log: await logOf(from, talk.id),
      state: await from.conversation({ conversationId: talk.id }),
      epoch: await from.epoch(),
      secret: await from.secret({ name: 'access' }),
    });
    const before = await read();

    expect(await read(await db.reopened())).toEqual(before);
  });

  it('refuses calls after it was closed, and may be closed twice', async () => {
    const store = await db.reopened();
    await store.close();
    await store.close();

    await expect(store.listSites()).rejects.toMatchObject({ name: 'RapportError', code: 'unavailable' });
    await expect(store.ping()).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('finishes what is under way before it closes', async () => {
    const store = await db.reopened();
    const talk = await startTalk(store, (await addSite(store)).id);
    const writes = Array.from({ length: 60 }, (_, index) =>
      store.append({ entries: [message(talk, `${index}`)] }),
    );
    const reading = store.conversation({ conversationId: talk.id });

    await store.close();

    expect(await reading).toMatchObject({ id: talk.id });
    expect(await Promise.all(writes)).toHaveLength(60);
    expect(await logOf(await db.reopened(), talk.id)).toHaveLength(61);
  });
});

describe('a data folder', () => {
  const folders: string[] = [];
  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-data-'));
    folders.push(folder);
    return folder;
  };
  const openIn = (dataFolder: string, workerUrl = sqliteWorkerUrl) =>
    openStore({ dataFolder, databaseUrl: null, sqliteWorkerUrl: workerUrl });
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  it('is made when it is not there', async () => {
    const store = await openIn(join(newFolder(), 'a', 'b'));

    await expect(store.listSites()).resolves.toEqual([]);
    await store.close();
  });

  it('serves one process at a time, and says who has it', async () => {
    const folder = newFolder();
    const store = await openIn(folder);

    await expect(openIn(folder)).rejects.toMatchObject({
      name: 'StoreOpenError',
      code: 'data_folder_in_use',
      message: expect.stringContaining(`${folder} is in use by process ${process.pid}.`),
    });

    await store.close();
    await (await openIn(folder)).close();
  });

  it('is refused when nothing can be written there', async () => {
    const file = join(newFolder(), 'a-file');
    writeFileSync(file, '');

    await expect(openIn(join(file, 'data'))).rejects.toMatchObject({
      name: 'StoreOpenError',
      code: 'data_folder_not_writable',
      message: expect.stringContaining(join(file, 'data')),
    });
  });

  it('is refused when its file is no database, and free again then', async () => {
    const folder = newFolder();
    writeFileSync(
      join(folder, 'rapport.db'),
      'This is not a database, but it is long enough to be read as one.'.repeat(9),
    );

    await expect(openIn(folder)).rejects.toMatchObject({ code: 'database_broken' });

    rmSync(join(folder, 'rapport.db'));
    await (await openIn(folder)).close();
  });

  it('is refused when a newer version has written it', async () => {
    const folder = newFolder();
    await (await openIn(folder)).close();
    const file = new Database(join(folder, 'rapport.db'));
    file.exec("insert into rapport_migrations values ('9999-from-the-future', '2999-01-01')");
    file.close();

    await expect(openIn(folder)).rejects.toMatchObject({
      code: 'database_newer',
      message: expect.stringContaining('9999-from-the-future'),
    });
  });

  it('is not opened again by half: a migration that fails leaves nothing', async () => {
    const folder = newFolder();
    mkdirSync(folder, { recursive: true });
    const file = new Database(join(folder, 'rapport.db'));
    // In the way of one of the last tables.
    file.exec('create table cobrowse_sessions (id text)');
    file.close();

    await expect(openIn(folder)).rejects.toMatchObject({ code: 'database_broken' });

    const after = new Database(join(folder, 'rapport.db'));
    const tables = after.prepare("select name from sqlite_master where type = 'table'").pluck().all();
    after.close();
    expect(tables).toEqual(['cobrowse_sessions']);
  });

  it('refuses calls when the thread of its database is lost', async () => {
    const folder = newFolder();
    const worker = join(folder, 'worker.mjs');
    writeFileSync(
      worker,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', () => { throw new Error('out of memory'); });
       parentPort.postMessage({ type: 'ready' });`,
    );
    const store = await openIn(join(folder, 'data'), pathToFileURL(worker));

    const calls = await Promise.allSettled([store.epoch(), store.listSites(), store.ping()]);

    for (const call of calls) expect(call).toMatchObject({ reason: { code: 'unavailable' } });
    await expect(store.epoch()).rejects.toMatchObject({ name: 'RapportError', code: 'unavailable' });
    await store.close();
  });

  it('is refused when the worker cannot be started', async () => {
    const nowhere = pathToFileURL(join(newFolder(), 'nothing.js'));

    await expect(openIn(newFolder(), nowhere)).rejects.toMatchObject({ code: 'database_broken' });
  });
});
