import { expect, it } from 'vitest';
import {
  type CobrowseSession,
  type CobrowseState,
  offeredByVisitor,
} from '../../../shared/model/cobrowse.ts';
import { maxCobrowseFacts } from '../../../shared/model/cobrowse-summary.ts';
import { addSite, newId, startMs, startTalk } from './cast.ts';
import { describeStore } from './databases.ts';

const active: CobrowseState = { phase: 'active', startedAtMs: startMs + 5 };
const stopped: CobrowseState = {
  phase: 'ended',
  reason: 'visitor_stopped',
  startedAtMs: startMs + 5,
  endedAtMs: startMs + 9,
};

const offerIn = (talk: { id: string; visitorId: string }, siteId: string): CobrowseSession => ({
  id: newId('cobrowse'),
  siteId,
  conversationId: talk.id,
  visitorId: talk.visitorId,
  state: offeredByVisitor(startMs),
});

describeStore('facts of a co-browse session', (db) => {
  it('come back in their order, up to a bound, and go with their conversation’s session only', async () => {
    const { store } = db;
    const site = await addSite(store);
    const session = offerIn(await startTalk(store, site.id), site.id);
    const other = offerIn(await startTalk(store, site.id), site.id);
    await store.createCobrowse({ session, nowMs: startMs });
    await store.createCobrowse({ session: other, nowMs: startMs });
    const facts = Array.from({ length: maxCobrowseFacts }, (_, index) => ({
      type: 'page' as const,
      url: `https://shop.example/${index}`,
      title: '\u0000 “Tables” \ud800',
      atMs: startMs + index,
    }));
    for (const fact of facts) await store.addCobrowseFact({ sessionId: session.id, fact });
    const late = { type: 'left' as const, agentId: newId('agent'), atMs: startMs };
    await store.addCobrowseFact({ sessionId: session.id, fact: late });
    expect(await store.cobrowseFacts({ sessionId: session.id })).toEqual(facts);
    expect(await store.cobrowseFacts({ sessionId: other.id })).toEqual([]);

    await store.addCobrowseFact({ sessionId: newId('cobrowse'), fact: late });
  });
});

describeStore('co-browse sessions', (db) => {
  it('keep their state from offer to end', async () => {
    const { store } = db;
    const site = await addSite(store);
    const talk = await startTalk(store, site.id);
    const session = offerIn(talk, site.id);
    const { id: sessionId, visitorId } = session;
    expect(await store.openCobrowse({ visitorId })).toBeNull();

    await store.createCobrowse({ session, nowMs: startMs });
    expect(await store.cobrowse({ sessionId })).toEqual(session);
    expect(await store.openCobrowse({ visitorId })).toEqual(session);

    await store.setCobrowseState({ sessionId, from: 'offered', state: active });
    expect(await store.cobrowse({ sessionId })).toEqual({ ...session, state: active });
    expect(await store.openCobrowses()).toContainEqual({ ...session, state: active });

    await store.setCobrowseState({ sessionId, from: 'active', state: stopped });
    expect(await store.cobrowse({ sessionId })).toEqual({ ...session, state: stopped });
    expect(await store.openCobrowse({ visitorId })).toBeNull();
    expect((await store.openCobrowses()).map(({ id }) => id)).not.toContain(sessionId);
  });

  it('are one at a time for a visitor, also when two are asked for at once', async () => {
    const { store } = db;
    const site = await addSite(store);
    const talk = await startTalk(store, site.id);
    const offers = Array.from({ length: 5 }, () => offerIn(talk, site.id));

    const settled = await Promise.allSettled(
      offers.map((session) => store.createCobrowse({ session, nowMs: startMs })),
    );

    const refused = settled.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(4);
    for (const refusal of refused) expect(refusal).toMatchObject({ reason: { code: 'already_exists' } });

    const open = await store.openCobrowse({ visitorId: talk.visitorId });
    await store.setCobrowseState({ sessionId: open?.id ?? '', from: 'offered', state: stopped });
    await store.createCobrowse({ session: offerIn(talk, site.id), nowMs: startMs });
  });

  it('move from a phase once: of those who race, one wins', async () => {
    const { store } = db;
    const site = await addSite(store);
    const session = offerIn(await startTalk(store, site.id), site.id);
    await store.createCobrowse({ session, nowMs: startMs });

    const settled = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        store.setCobrowseState({
          sessionId: session.id,
          from: 'offered',
          state: index % 2 === 0 ? active : stopped,
        }),
      ),
    );

    const refused = settled.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(9);
    for (const refusal of refused) expect(refusal).toMatchObject({ reason: { code: 'wrong_phase' } });
    const winner = settled.findIndex(({ status }) => status === 'fulfilled');
    const kept = await store.cobrowse({ sessionId: session.id });
    expect(kept?.state).toEqual(winner % 2 === 0 ? active : stopped);
  });

  it('are not made for a conversation of another visitor or site', async () => {
    const { store } = db;
    const [site, other] = [await addSite(store), await addSite(store)];
    const [talk, foreign] = [await startTalk(store, site.id), await startTalk(store, other.id)];
    const session = offerIn(talk, site.id);

    for (const forged of [
      { ...session, siteId: other.id },
      { ...session, visitorId: foreign.visitorId },
      { ...session, conversationId: foreign.id },
    ]) {
      await expect(store.createCobrowse({ session: forged, nowMs: startMs })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    await expect(
      store.setCobrowseState({ sessionId: newId('cobrowse'), from: 'active', state: stopped }),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect(await store.cobrowse({ sessionId: newId('cobrowse') })).toBeNull();
  });
});
