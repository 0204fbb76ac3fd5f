import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../server/store/open-store.ts';
import type { Store } from '../../../server/store/store.ts';
import { addSite, logOf, message, startTalk } from './cast.ts';
import { type Place, postgres } from './databases.ts';

/** A way to the database that can be cut and mended. */
async function createCable(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port || 5432), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens on a port');
  const { port } = address;
  const near = new URL(databaseUrl);
  near.hostname = '127.0.0.1';
  near.port = String(port);
  return {
    databaseUrl: near.href,
    async cut() {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      await closed;
    },
    mend: () => listen(port),
  };
}

describe.skipIf(!postgres.reachable)('PostgreSQL', () => {
  const opened: Store[] = [];
  const places: Place[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
    await Promise.all(places.splice(0).map((place) => place.drop()));
  });
  async function newPlace(): Promise<Place> {
    const place = await postgres.create();
    places.push(place);
    return place;
  }

  it('opens while the schemas of others come and go', async () => {
    const place = await postgres.create();
    places.push(place);
    let isOver = false;
    const others = Promise.all(
      ['one', 'two', 'three'].map(async () => {
        while (!isOver) {
          const other = await postgres.create();
          await (await other.open()).close();
          await other.drop();
        }
      }),
    );
    try {
      for (let count = 0; count < 12; count += 1) await (await place.open()).close();
    } finally {
      isOver = true;
      await others;
    }
  });

  it('is set up once by nodes that start together', async () => {
    const place = await newPlace();

    opened.push(...(await Promise.all(Array.from({ length: 4 }, () => place.open()))));

    const epochs = await Promise.all(opened.map((store) => store.epoch()));
    expect(new Set(epochs).size).toBe(1);
  });

  it('keeps one order of a log that several nodes write', async () => {
    const place = await newPlace();
    opened.push(await place.open(), await place.open());
    const [one, two] = opened;
    if (!one || !two) throw new Error('two are open');
    const site = await addSite(one);
    const talk = await startTalk(one, site.id);
    const requests = Array.from({ length: 40 }, (_, index) => message(talk, `${index}`));

    // Each request reaches both nodes, as after a reconnect.
    const appended = await Promise.all(
      requests.flatMap((entry) => [one.append({ entries: [entry] }), two.append({ entries: [entry] })]),
    );

    expect(appended.flat().filter(({ repeated }) => repeated)).toHaveLength(40);
    const log = await logOf(two, talk.id);
    expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
  });

  it('says so when it cannot be reached at the start', async () => {
    const databaseUrl = 'postgres://postgres@127.0.0.1:1/test';

    await expect(openStore({ dataFolder: tmpdir(), databaseUrl })).rejects.toMatchObject({
      name: 'StoreOpenError',
      code: 'database_unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('is unavailable while the connection is cut, then goes on, and nothing is lost or twice', async () => {
    const cable = await createCable((await newPlace()).databaseUrl ?? '');
    const store = await openStore({ dataFolder: tmpdir(), databaseUrl: cable.databaseUrl });
    opened.push(store);
    const talk = await startTalk(store, (await addSite(store)).id);
    const requests = Array.from({ length: 30 }, (_, index) => message(talk, `${index}`));
    const sendAll = () => requests.map((entry) => store.append({ entries: [entry] }));

    const calls = sendAll();
    const settled = Promise.allSettled(calls);
    await calls[0];
    await cable.cut();

    const lost = (await settled).filter(({ status }) => status === 'rejected');
    expect(lost.length).toBeGreaterThan(0);
    for (const call of lost) expect(call).toMatchObject({ reason: { code: 'unavailable' } });
    await expect(store.ping()).rejects.toMatchObject({ code: 'unavailable' });

    await cable.mend();
    // What was confirmed stands; of the rest some may have reached the disk before the reply was lost.
    const again = await Promise.all(sendAll());
    for (const [index, call] of (await settled).entries()) {
      if (call.status === 'fulfilled') expect(again[index]).toMatchObject([{ repeated: true }]);
    }
    const log = await logOf(store, talk.id);
    expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));

    await store.close();
    await cable.cut();
  });
});
