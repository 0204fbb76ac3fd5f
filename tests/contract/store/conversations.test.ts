import { nanoid } from 'nanoid';
import { expect, it } from 'vitest';
import {
  addSite,
  entryOf,
  logOf,
  message,
  newClientId,
  newId,
  someStart,
  startMs,
  startTalk,
  visit,
} from './cast.ts';
import { describeStore } from './databases.ts';

describeStore('conversations', (db) => {
  it('starts with a visitor, a conversation and the first message', async () => {
    const { store } = db;
    const site = await addSite(store);
    const request = someStart(site.id, { text: 'Hello?' });

    const started = await store.startConversation(request);

    expect(started).toMatchObject({
      repeated: false,
      visitor: {
        id: request.visitorId,
        siteId: site.id,
        name: null,
        page: visit.page,
        browser: 'Chrome 156 on Windows',
        firstSeenMs: startMs,
      },
      conversation: { id: request.conversationId, visitorId: request.visitorId, lastSeq: 1, status: 'open' },
      entry: { seq: 1, clientId: request.clientId, payload: { text: 'Hello?' } },
    });
    expect(await store.conversation({ conversationId: request.conversationId })).toEqual(
      started.conversation,
    );
    expect(await store.inboxRow({ conversationId: request.conversationId })).toEqual({
      conversation: started.conversation,
      visitor: started.visitor,
    });
    expect(await logOf(store, request.conversationId)).toEqual([started.entry]);
  });

  it('makes one visitor, one conversation and one message of 50 starts at once', async () => {
    const { store } = db;
    const site = await addSite(store);
    const request = someStart(site.id);

    const all = await Promise.all(
      Array.from({ length: 50 }, () =>
        store.startConversation({
          ...request,
          visitorId: newId('visitor'),
          conversationId: newId('conversation'),
        }),
      ),
    );

    expect(new Set(all.map(({ visitor }) => visitor.id)).size).toBe(1);
    expect(new Set(all.map(({ conversation }) => conversation.id)).size).toBe(1);
    expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1);
    const [first] = all;
    if (!first) throw new Error('there are 50');
    expect(all.map(({ entry }) => entry)).toEqual(all.map(() => first.entry));
    expect(await logOf(store, first.conversation.id)).toHaveLength(1);
    const ofVisitor = { siteId: site.id, visitorIds: [first.visitor.id] };
    expect(await store.conversationsOfVisitors(ofVisitor)).toHaveLength(1);
  });

  it('makes one visitor of different starts at once', async () => {
    const { store } = db;
    const site = await addSite(store);
    const tokenHash = nanoid(43);

    const all = await Promise.all(Array.from({ length: 8 }, () => startTalk(store, site.id, { tokenHash })));

    expect(new Set(all.map(({ visitorId }) => visitorId)).size).toBe(1);
    expect(new Set(all.map(({ id }) => id)).size).toBe(8);
  });

  it('returns what the first call made, as it stands now', async () => {
    const { store } = db;
    const request = someStart((await addSite(store)).id);
    const first = await store.startConversation(request);
    const talk = { id: first.conversation.id, visitorId: first.visitor.id };
    const [more] = await store.append({ entries: [message(talk, 'And in walnut?')] });

    const again = await store.startConversation({ ...request, conversationId: newId('conversation') });

    expect(again).toEqual({
      visitor: first.visitor,
      conversation: more?.conversation,
      entry: first.entry,
      repeated: true,
    });
  });

  it('refuses another first message under the same client id', async () => {
    const { store } = db;
    const request = someStart((await addSite(store)).id, { text: 'One' });
    await store.startConversation(request);

    for (const text of ['Two', null]) {
      await expect(store.startConversation({ ...request, text })).rejects.toMatchObject({
        code: 'client_id_reused',
      });
    }
  });

  it('starts without a message, for a co-browse offer', async () => {
    const { store } = db;
    const request = someStart((await addSite(store)).id, { text: null });

    const [first, again] = [await store.startConversation(request), await store.startConversation(request)];

    expect(first).toMatchObject({ entry: null, repeated: false, conversation: { lastSeq: 0 } });
    expect(again).toEqual({ ...first, repeated: true });
    await expect(store.startConversation({ ...request, text: 'Now with text' })).rejects.toMatchObject({
      code: 'client_id_reused',
    });
  });

  it('leaves nothing behind when the site is unknown', async () => {
    const { store } = db;
    const request = someStart(newId('site'));

    await expect(store.startConversation(request)).rejects.toMatchObject({ code: 'not_found' });
    expect(await store.conversation({ conversationId: request.conversationId })).toBeNull();
  });

  it('knows a visitor again and takes over the new visit', async () => {
    const { store } = db;
    const site = await addSite(store);
    const tokenHash = nanoid(43);
    const first = await startTalk(store, site.id, { tokenHash });
    const page = { url: 'https://shop.example/chairs', title: 'Chairs' };

    const next = await startTalk(store, site.id, {
      tokenHash,
      visit: { ...visit, page },
      browser: 'Firefox 150 on Linux',
      nowMs: startMs + 1_000,
    });

    expect(next.visitor).toEqual({
      ...first.visitor,
      page,
      browser: 'Firefox 150 on Linux',
      lastSeenMs: startMs + 1_000,
    });
    expect(await store.visitorById({ siteId: site.id, visitorId: first.visitorId })).toEqual(next.visitor);
    const ofVisitor = { siteId: site.id, visitorIds: [first.visitorId] };
    const ids = (await store.conversationsOfVisitors(ofVisitor)).map(({ id }) => id);
    expect(ids).toEqual([next.id, first.id]);
  });

  it('gives at most the 100 newest conversations of a visitor', async () => {
    const { store } = db;
    const site = await addSite(store);
    const tokenHash = nanoid(43);
    const talks: Array<{ id: string; visitorId: string }> = [];
    for (let index = 0; index < 103; index += 1) {
      talks.push(await startTalk(store, site.id, { tokenHash, text: null, nowMs: startMs + index }));
    }

    const listed = await store.conversationsOfVisitors({
      siteId: site.id,
      visitorIds: [talks[0]?.visitorId ?? ''],
    });

    expect(listed.map(({ id }) => id)).toEqual(
      talks
        .map(({ id }) => id)
        .reverse()
        .slice(0, 100),
    );
  });

  it('tells the heads that changed since a time, by any kind of entry', async () => {
    const { store } = db;
    const site = await addSite(store);
    const quiet = await startTalk(store, site.id, { nowMs: startMs });
    const busy = await startTalk(store, site.id, { nowMs: startMs });
    const reader = { role: 'visitor', id: busy.visitorId } as const;
    await store.append({ entries: [entryOf(busy.id, reader, 'read', { seq: 1 }, { atMs: startMs + 500 })] });

    expect(await store.heads({ siteId: site.id, sinceMs: startMs + 1 })).toEqual([
      { conversationId: busy.id, lastSeq: 2 },
    ]);
    const all = await store.heads({ siteId: site.id, sinceMs: startMs });
    expect(new Set(all.map(({ conversationId }) => conversationId))).toEqual(new Set([quiet.id, busy.id]));
  });

  it('shows a site nothing of another one', async () => {
    const { store } = db;
    const [mine, theirs] = [await addSite(store), await addSite(store)];
    const tokenHash = nanoid(43);
    const talk = await startTalk(store, theirs.id, { tokenHash, clientId: newClientId() });
    const sameToken = await startTalk(store, mine.id, { tokenHash });

    expect(sameToken.visitorId).not.toBe(talk.visitorId);
    const visitorId = talk.visitorId;
    expect(await store.visitorById({ siteId: mine.id, visitorId })).toBeNull();
    expect(await store.conversationsOfVisitors({ siteId: mine.id, visitorIds: [visitorId] })).toEqual([]);
    expect(await store.visitorByTokenHash({ siteId: mine.id, tokenHash })).toEqual(sameToken.visitor);
    await expect(
      store.updateVisit({ siteId: mine.id, visitorId, page: visit.page, nowMs: startMs }),
    ).rejects.toMatchObject({ code: 'not_found' });
    const heads = await store.heads({ siteId: mine.id, sinceMs: 0 });
    expect(heads.map(({ conversationId }) => conversationId)).toEqual([sameToken.id]);
  });

  it('follows the page of a visitor and never sets the last sight back', async () => {
    const { store } = db;
    const site = await addSite(store);
    const { visitor } = await startTalk(store, site.id);
    const page = { url: 'https://shop.example/caf%C3%A9', title: 'Café \u0000 \ud83d' };

    const later = await store.updateVisit({
      siteId: site.id,
      visitorId: visitor.id,
      page,
      nowMs: startMs + 9,
    });
    const late = await store.updateVisit({
      siteId: site.id,
      visitorId: visitor.id,
      page,
      nowMs: startMs + 4,
    });

    expect(later).toEqual({ ...visitor, page, lastSeenMs: startMs + 9 });
    expect(late).toEqual(later);
    expect(await store.visitorById({ siteId: site.id, visitorId: visitor.id })).toEqual(later);
  });
});
