import { nanoid } from 'nanoid';
import { expect, it } from 'vitest';
import { maxAttributes, maxEventsPerVisitor } from '../../../shared/limits.ts';
import {
  addAgent,
  addSite,
  identify,
  logOf,
  newClientId,
  newId,
  someStart,
  startMs,
  startTalk,
} from './cast.ts';
import { describeStore } from './databases.ts';

describeStore('visitors', (db) => {
  it('say who they are, and are asked nothing twice', async () => {
    const { store } = db;
    const site = await addSite(store);
    const { visitor } = await startTalk(store, site.id);
    const ofVisitor = { siteId: site.id, visitorId: visitor.id, nowMs: startMs + 5 };

    await store.changeVisitor({
      ...ofVisitor,
      change: { name: 'Änne \u0000', email: 'ann@x.example', attributes: { plan: 'team', seats: 3 } },
    });
    const changed = await store.changeVisitor({
      ...ofVisitor,
      change: { email: null, attributes: { seats: null, isTrial: true } },
    });

    expect(changed).toEqual({
      ...visitor,
      name: 'Änne \u0000',
      email: null,
      attributes: { plan: 'team', isTrial: true },
      lastSeenMs: startMs + 5,
    });
    expect(await store.visitorById(ofVisitor)).toEqual(changed);
    const elsewhere = { ...ofVisitor, siteId: (await addSite(store)).id, change: { name: 'Mallory' } };
    await expect(store.changeVisitor(elsewhere)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are made known by the site, with a record or before there is one', async () => {
    const { store } = db;
    const site = await addSite(store);
    const talk = await startTalk(store, site.id);
    const signed = { externalId: 'user-1 \u0000', name: 'Anna', email: 'anna@shop.example' };

    const known = await identify(store, site.id, {
      ...signed,
      tokenHash: talk.tokenHash,
      attributes: { plan: 'team' },
      nowMs: startMs + 5,
    });
    const made = await identify(store, site.id, { ...signed, nowMs: startMs + 9 });

    expect(known).toEqual({
      ...talk.visitor,
      ...signed,
      verified: true,
      attributes: { plan: 'team' },
      lastSeenMs: startMs + 5,
    });
    expect(made).toMatchObject({ ...signed, verified: true, firstSeenMs: startMs + 9 });
    const same = { siteId: site.id, externalId: signed.externalId };
    expect(await store.visitorsByExternalId(same)).toEqual([made, known]);
    expect(await store.visitorsByExternalId({ ...same, siteId: (await addSite(store)).id })).toEqual([]);
    expect(await store.inboxRow({ conversationId: talk.id })).toMatchObject({ visitor: known });
  });

  it('keep what the site has signed, whatever their page says then', async () => {
    const { store } = db;
    const site = await addSite(store);
    const tokenHash = nanoid(43);
    const anna = await identify(store, site.id, {
      tokenHash,
      externalId: 'anna',
      attributes: { plan: 'team' },
    });

    const changed = await store.changeVisitor({
      siteId: site.id,
      visitorId: anna.id,
      change: { name: 'Mallory', email: null, attributes: { theme: 'dark', plan: 'enterprise' } },
      nowMs: startMs,
    });
    const again = await identify(store, site.id, { tokenHash, externalId: 'anna', name: null, email: null });
    const upgraded = await identify(store, site.id, {
      tokenHash,
      externalId: 'anna',
      attributes: { plan: 'pro', theme: 'light' },
    });
    const tried = await store.changeVisitor({
      siteId: site.id,
      visitorId: anna.id,
      change: { attributes: { plan: null, theme: 'dark', seats: 3 } },
      nowMs: startMs,
    });

    expect(changed).toEqual({ ...anna, attributes: { plan: 'team', theme: 'dark' } });
    expect(again).toEqual(changed);
    await expect(
      identify(store, site.id, { tokenHash, externalId: 'bob', name: 'Bob' }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(tried).toEqual({ ...upgraded, attributes: { plan: 'pro', theme: 'light', seats: 3 } });
    const { visitor } = await startTalk(store, site.id, {
      tokenHash,
      form: { payload: { fields: [], consent: null }, change: { attributes: { plan: 'none' } } },
    });
    expect(visitor.attributes).toEqual(tried.attributes);
    expect((await store.visitorByTokenHash({ siteId: site.id, tokenHash }))?.attributes).toEqual(
      tried.attributes,
    );
  });

  it('have room for so many attributes, those of the site first', async () => {
    const { store } = db;
    const site = await addSite(store);
    const { visitor, tokenHash } = await startTalk(store, site.id);
    const many = Object.fromEntries(
      Array.from({ length: maxAttributes }, (_, index) => [`a${index}`, index]),
    );
    const change = (attributes: Record<string, number>) =>
      store.changeVisitor({ siteId: site.id, visitorId: visitor.id, change: { attributes }, nowMs: startMs });
    await change(many);

    await expect(change({ one: 1 })).rejects.toMatchObject({ code: 'too_large' });
    const form = {
      payload: { fields: [], consent: null },
      change: { name: 'Anna', attributes: { a1: 99, one: 1 } },
    };
    const { visitor: formed } = await startTalk(store, site.id, { tokenHash, form });
    expect(formed).toMatchObject({ name: 'Anna', attributes: { ...many, a1: 99 } });
    const identified = await identify(store, site.id, { tokenHash, attributes: { plan: 1 } });

    expect(Object.keys(identified.attributes)).toHaveLength(maxAttributes);
    expect(identified.attributes).toMatchObject({ plan: 1, a0: 0 });
  });

  it('are one person when an agent says so, over any number of steps, and are not when it is taken back', async () => {
    const { store } = db;
    const site = await addSite(store);
    const siteId = site.id;
    const people: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      people.push((await startTalk(store, siteId, { nowMs: startMs + index })).visitorId);
    }
    const [a = '', b = '', c = '', d = '', stranger = ''] = people;
    const merge = (visitorId: string, intoId: string | null) =>
      store.mergeVisitor({ siteId, visitorId, intoId });
    const same = async (visitorId: string) =>
      (await store.samePerson({ siteId, visitorId })).map(({ id }) => id);

    await store.changeVisitor({ siteId, visitorId: b, change: { name: 'Bea' }, nowMs: startMs });
    expect(await merge(a, b)).toMatchObject({ id: a, mergedInto: { id: b, name: 'Bea', email: null } });
    await merge(b, c);
    await merge(d, c);

    expect(await same(a)).toEqual([d, c, b]);
    expect(await same(c)).toEqual([d, b, a]);
    expect(await same(stranger)).toEqual([]);
    for (const [one, into] of [
      [a, c],
      [c, a],
      [c, c],
    ] as const) {
      await expect(merge(one, into)).rejects.toMatchObject({ code: 'wrong_phase' });
    }

    expect(await merge(b, null)).toMatchObject({ mergedInto: null });
    expect(await merge(b, null)).toMatchObject({ mergedInto: null });
    expect(await same(a)).toEqual([b]);
    expect(await same(d)).toEqual([c]);
    const foreign = await startTalk(store, (await addSite(store)).id);
    await expect(merge(a, foreign.visitorId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(merge(foreign.visitorId, a)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('never go round in a circle, also when several agents merge at once', async () => {
    const { store } = db;
    const siteId = (await addSite(store)).id;
    const talks = await Promise.all(Array.from({ length: 3 }, () => startTalk(store, siteId)));
    const ids = talks.map(({ visitorId }) => visitorId);

    const settled = await Promise.allSettled(
      ids.map((visitorId, index) =>
        store.mergeVisitor({ siteId, visitorId, intoId: ids[(index + 1) % ids.length] ?? '' }),
      ),
    );

    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  });

  it('are one person with the other records of their signed id', async () => {
    const { store } = db;
    const siteId = (await addSite(store)).id;
    const [phone, desk] = [
      await identify(store, siteId, { externalId: 'anna', nowMs: startMs }),
      await identify(store, siteId, { externalId: 'anna', nowMs: startMs + 1 }),
    ];
    const old = await startTalk(store, siteId, { nowMs: startMs - 1 });
    await store.mergeVisitor({ siteId, visitorId: old.visitorId, intoId: phone.id });

    const same = await store.samePerson({ siteId, visitorId: desk.id });

    expect(same.map(({ id }) => id)).toEqual([phone.id, old.visitorId]);
  });

  it('have their conversations listed together', async () => {
    const { store } = db;
    const siteId = (await addSite(store)).id;
    const first = await startTalk(store, siteId, { nowMs: startMs });
    const second = await startTalk(store, siteId, { nowMs: startMs + 1 });
    await startTalk(store, siteId);

    const visitorIds = [first.visitorId, second.visitorId];
    const listed = await store.conversationsOfVisitors({ siteId, visitorIds });

    expect(listed.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(await store.conversationsOfVisitors({ siteId, visitorIds: [] })).toEqual([]);
  });

  it('tell in a form who they are, before their first message', async () => {
    const { store } = db;
    const site = await addSite(store);
    const payload = { fields: [{ label: 'Name', value: 'Anna' }], consent: 'I agree' };
    const change = { name: 'Anna', email: 'anna@x.example', attributes: { order: 17 } };
    const request = someStart(site.id, { form: { payload, change } });

    const started = await store.startConversation(request);

    expect(started.visitor).toMatchObject(change);
    expect(started.entry).toMatchObject({ seq: 2, kind: 'message', sender: { name: 'Anna' } });
    expect(await logOf(store, started.conversation.id)).toMatchObject([
      { kind: 'form', payload },
      started.entry,
    ]);
    expect(await store.startConversation(request)).toEqual({ ...started, repeated: true });
  });

  it('are written to first by an agent, who knows them or only the token of their page', async () => {
    const { store } = db;
    const site = await addSite(store);
    const agent = await addAgent(store);
    const known = await startTalk(store, site.id);
    const byAgent = { agentId: agent.id, text: 'Can I help?', nowMs: startMs + 5 };
    const toKnown = {
      ...someStart(site.id, byAgent),
      tokenHash: null,
      visitorId: known.visitorId,
      browser: 'Other',
    };

    const started = await store.startConversation(toKnown);

    expect(started).toMatchObject({
      visitor: known.visitor,
      entry: { seq: 1, sender: { role: 'agent', name: 'Ada' } },
      conversation: { unreadByVisitor: [1], waitingSinceMs: null },
    });
    expect(await store.startConversation(toKnown)).toEqual({ ...started, repeated: true });
    const fresh = await store.startConversation(someStart(site.id, byAgent));
    expect(fresh).toMatchObject({ visitor: { name: null }, entry: { sender: { role: 'agent' } } });
    const unknown = { ...toKnown, clientId: newClientId(), visitorId: newId('visitor') };
    await expect(store.startConversation(unknown)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('leave a trail of events: the newest, each once, none from the future', async () => {
    const { store } = db;
    const site = await addSite(store);
    const { visitorId } = await startTalk(store, site.id);
    const event = (name: string, atMs: number) => ({
      clientId: newClientId(),
      name,
      properties: { total: 40, coupon: '\u0000' },
      atMs,
    });
    const add = (events: Array<ReturnType<typeof event>>) =>
      store.addEvents({ siteId: site.id, visitorId, events, nowMs: startMs + 1_000 });
    const [cart, order] = [event('cart', startMs), event('order', startMs + 9_999)];

    await Promise.all([add([cart]), add([cart, order])]);
    await add([order]);

    expect(await store.events({ siteId: site.id, visitorId })).toEqual([
      { name: 'order', properties: order.properties, atMs: startMs + 1_000 },
      { name: 'cart', properties: cart.properties, atMs: startMs },
    ]);
    await add(Array.from({ length: maxEventsPerVisitor }, (_, index) => event(`${index}`, startMs + 1)));
    const kept = await store.events({ siteId: site.id, visitorId });
    expect(kept).toHaveLength(maxEventsPerVisitor);
    expect(kept.slice(0, 2).map(({ name }) => name)).toEqual(['order', `${maxEventsPerVisitor - 1}`]);
    const other = await addSite(store);
    expect(await store.events({ siteId: other.id, visitorId })).toEqual([]);
    await expect(
      store.addEvents({ siteId: other.id, visitorId, events: [cart], nowMs: startMs }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});
