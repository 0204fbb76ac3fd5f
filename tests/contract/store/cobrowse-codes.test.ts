import { expect, it } from 'vitest';
import { addSite, startMs, startTalk } from './cast.ts';
import { describeStore } from './databases.ts';

const laterMs = startMs + 600_000;

describeStore('co-browse codes', (db) => {
  async function talkOn(siteId: string) {
    const { visitorId } = await startTalk(db.store, siteId);
    return visitorId;
  }

  it('are taken once, also by several at the same moment, and only on their own site', async () => {
    const { store } = db;
    const [site, other] = [await addSite(store), await addSite(store)];
    const visitorId = await talkOn(site.id);
    const codeHash = `hash of ${visitorId}`;
    await store.saveCobrowseCode({
      codeHash,
      siteId: site.id,
      visitorId,
      expiresAtMs: laterMs,
      nowMs: startMs,
    });

    expect(await store.takeCobrowseCode({ codeHash, siteIds: [other.id], nowMs: startMs })).toBeNull();
    expect(await store.takeCobrowseCode({ codeHash, siteIds: [], nowMs: startMs })).toBeNull();
    const siteIds = [other.id, site.id];
    const taken = await Promise.all(
      Array.from({ length: 6 }, () => store.takeCobrowseCode({ codeHash, siteIds, nowMs: startMs })),
    );
    expect(taken.filter((one) => one !== null)).toEqual([{ siteId: site.id, visitorId }]);
  });

  it('run out, and make room for the same code again', async () => {
    const { store } = db;
    const site = await addSite(store);
    const [first, second] = [await talkOn(site.id), await talkOn(site.id)];
    const codeHash = `shared hash of ${first}`;
    const save = (visitorId: string, nowMs: number) =>
      store.saveCobrowseCode({ codeHash, siteId: site.id, visitorId, expiresAtMs: nowMs + 600_000, nowMs });
    await save(first, startMs);
    await expect(save(second, laterMs - 1)).rejects.toThrow('already_exists');
    const take = (nowMs: number) => store.takeCobrowseCode({ codeHash, siteIds: [site.id], nowMs });
    expect(await take(laterMs)).toBeNull();
    await save(second, laterMs);
    expect(await take(laterMs + 1)).toEqual({ siteId: site.id, visitorId: second });
  });

  it('are one at a time for a visitor: the new one counts', async () => {
    const { store } = db;
    const site = await addSite(store);
    const visitorId = await talkOn(site.id);
    const [before, after] = [`before ${visitorId}`, `after ${visitorId}`];
    for (const codeHash of [before, after]) {
      await store.saveCobrowseCode({
        codeHash,
        siteId: site.id,
        visitorId,
        expiresAtMs: laterMs,
        nowMs: startMs,
      });
    }
    const take = (codeHash: string) =>
      store.takeCobrowseCode({ codeHash, siteIds: [site.id], nowMs: startMs });
    expect(await take(before)).toBeNull();
    expect(await take(after)).toEqual({ siteId: site.id, visitorId });
  });
});
