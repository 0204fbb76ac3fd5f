import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Store } from '../../../server/store/store.ts';
import { type CobrowseSession, offeredByVisitor } from '../../../shared/model/cobrowse.ts';
import { checkShareLog, shareLogPage } from '../../../shared/model/share-log.ts';
import { addSite, newId, startMs, startTalk } from './cast.ts';
import { describeStore } from './databases.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const agent = { id: newId('agent'), name: 'Ada “A” \u0000', color: '#0072b2' };

async function shared(store: Store, siteId: string, talk: { id: string; visitorId: string }) {
  const session: CobrowseSession = {
    id: newId('cobrowse'),
    siteId,
    conversationId: talk.id,
    visitorId: talk.visitorId,
    state: offeredByVisitor(startMs),
  };
  await store.createCobrowse({ session, nowMs: startMs });
  const startedAtMs = startMs + 5;
  const setState = (from: 'offered' | 'active', state: CobrowseSession['state']) =>
    store.setCobrowseState({ sessionId: session.id, from, state });
  await setState('offered', { phase: 'active', startedAtMs });
  return {
    id: session.id,
    note: (name: string, atMs: number) =>
      store.addCobrowseFact({
        sessionId: session.id,
        fact: { type: 'joined', agent: { ...agent, name }, atMs },
      }),
    end: () =>
      setState('active', { phase: 'ended', reason: 'visitor_stopped', startedAtMs, endedAtMs: startMs + 9 }),
  };
}

describeStore('the record of what was shared', (db) => {
  it('is a chain over all of a visitor’s sessions, written with what it tells', async () => {
    const { store } = db;
    const site = await addSite(store);
    const talk = await startTalk(store, site.id);
    const { visitorId } = talk;
    const read = (afterSeq = 0, siteId = site.id) => store.shareLog({ siteId, visitorId, afterSeq });
    expect(await read()).toEqual([]);

    for (const _ of [1, 2]) {
      const session = await shared(store, site.id, talk);
      await session.note(agent.name, startMs + 6);
      await session.end();
    }
    const log = await read();
    expect(log.map(({ event }) => event.type)).toEqual([
      'started',
      'joined',
      'ended',
      'started',
      'joined',
      'ended',
    ]);
    expect(log[1]).toMatchObject({
      seq: 2,
      atMs: startMs + 6,
      event: { agentId: agent.id, name: agent.name },
    });
    expect(await checkShareLog(log, sha256)).toMatchObject({ ok: true, entries: 6 });
    expect(await read(4)).toEqual(log.slice(4));

    const other = await addSite(store);
    expect(await read(0, other.id)).toEqual([]);
    const stranger = await startTalk(store, site.id);
    expect(await store.shareLog({ siteId: site.id, visitorId: stranger.visitorId, afterSeq: 0 })).toEqual([]);
  });

  it('holds together when much happens at once, and comes in pages', async () => {
    const { store } = db;
    const site = await addSite(store);
    const talk = await startTalk(store, site.id);
    const session = await shared(store, site.id, talk);
    const count = shareLogPage + 20;
    for (let at = 0; at < count; at += 4) await session.note(`Agent ${at}`, startMs + at);
    const others = Array.from({ length: 4 }, (_, at) => session.note(`At once ${at}`, startMs + 50));
    await Promise.allSettled([...others, session.end()]);
    const read = (afterSeq: number) =>
      store.shareLog({ siteId: site.id, visitorId: talk.visitorId, afterSeq });
    const log = await read(0);
    expect(await checkShareLog(log, sha256)).toMatchObject({ ok: true });
    expect(log.length).toBeGreaterThan(count / 4 + 1);
  });

  it('outlives a restart of the store', async () => {
    const site = await addSite(db.store);
    const talk = await startTalk(db.store, site.id);
    await shared(db.store, site.id, talk);
    const again = await db.reopened();
    expect(await again.shareLog({ siteId: site.id, visitorId: talk.visitorId, afterSeq: 0 })).toHaveLength(1);
  });
});
