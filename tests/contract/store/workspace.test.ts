import { expect, it } from 'vitest';
import type { Store } from '../../../server/store/store.ts';
import type { WorkspaceItem } from '../../../shared/model/workspace.ts';
import { addAgent, addSite, answer, entryOf, message, newId, startMs, startTalk } from './cast.ts';
import { describeStore } from './databases.ts';

const label = (name: string, id = newId('label')): WorkspaceItem => ({
  kind: 'label',
  id,
  name,
  color: '#0072b2',
});
const save = (store: Store, siteId: string, item: WorkspaceItem) =>
  store.saveItem({ siteId, item, nowMs: startMs });

describeStore('what agents share', (db) => {
  it('is kept by kind and sorted by name', async () => {
    const { store } = db;
    const siteId = (await addSite(store)).id;
    const items: WorkspaceItem[] = [
      label('refund \u0000'),
      label('Ärger'),
      { kind: 'team', id: newId('team'), name: 'Returns', agentIds: [newId('agent')] },
      { kind: 'canned', id: newId('canned'), shortcut: 'hello', text: 'Hello {{visitor.name}}' },
      {
        kind: 'macro',
        id: newId('macro'),
        name: 'Done',
        actions: [{ do: 'send', text: 'Bye' }, { do: 'close' }],
      },
    ];
    for (const item of items) await save(store, siteId, item);

    expect(await store.workspace({ siteId })).toEqual({
      labels: [items[1], items[0]],
      teams: [items[2]],
      canned: [items[3]],
      macros: [items[4]],
    });
    expect((await store.workspace({ siteId: (await addSite(store)).id })).labels).toEqual([]);
  });

  it('has one name for one thing of a kind, case aside, also when two save it at once', async () => {
    const { store } = db;
    const siteId = (await addSite(store)).id;
    const item = label('Refund');
    await save(store, siteId, item);

    await expect(save(store, siteId, label('reFUND'))).rejects.toMatchObject({ code: 'already_exists' });
    const renamed = { ...item, name: 'REFUND' };
    expect((await save(store, siteId, renamed)).labels).toEqual([renamed]);
    await save(store, siteId, { kind: 'team', id: newId('team'), name: 'Refund', agentIds: [] });
    await save(store, (await addSite(store)).id, label('Refund'));
    const settled = await Promise.allSettled([1, 2].map(() => save(store, siteId, label('New'))));
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(save(store, newId('site'), item)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is removed by kind, id and site; what is not there is no mistake', async () => {
    const { store } = db;
    const [site, other] = [await addSite(store), await addSite(store)];
    const item = label('Refund');
    await save(store, site.id, item);

    await store.removeItem({ siteId: other.id, kind: 'label', id: item.id });
    expect((await store.removeItem({ siteId: site.id, kind: 'team', id: item.id })).labels).toEqual([item]);
    expect((await store.removeItem({ siteId: site.id, kind: 'label', id: item.id })).labels).toEqual([]);
    expect((await store.removeItem({ siteId: site.id, kind: 'label', id: item.id })).labels).toEqual([]);
  });
});

describeStore('keys that sign identities', (db) => {
  it('are two at most, the older one first', async () => {
    const { store } = db;
    const [site, other] = [await addSite(store), await addSite(store)];
    const add = (kid: string, nowMs: number) =>
      store.addIdentityKey({ siteId: site.id, kid, secret: `secret of ${kid}`, nowMs });
    await add('new', startMs + 1);
    await add('old', startMs);

    await expect(add('third', startMs)).rejects.toMatchObject({ code: 'wrong_phase' });
    expect(await store.identityKeys({ siteId: site.id })).toEqual([
      { kid: 'old', secret: 'secret of old', createdAtMs: startMs },
      { kid: 'new', secret: 'secret of new', createdAtMs: startMs + 1 },
    ]);
    expect(await store.identityKeys({ siteId: other.id })).toEqual([]);

    await store.removeIdentityKey({ siteId: other.id, kid: 'old' });
    expect(await store.removeIdentityKey({ siteId: site.id, kid: 'old' })).toEqual([
      { kid: 'new', createdAtMs: startMs + 1 },
    ]);
    await expect(add('new', startMs)).rejects.toMatchObject({ code: 'already_exists' });
    await expect(
      store.addIdentityKey({ siteId: newId('site'), kid: 'a', secret: 's', nowMs: startMs }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are two at most, also when owners add them at once', async () => {
    const { store } = db;
    const siteId = (await addSite(store)).id;

    const settled = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((kid) => store.addIdentityKey({ siteId, kid, secret: 's', nowMs: startMs })),
    );

    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await store.identityKeys({ siteId })).toHaveLength(2);
  });
});

describeStore('who answers next', (db) => {
  it('is seen from how many open conversations each agent has, and when it got one last', async () => {
    const { store } = db;
    const [site, other] = [await addSite(store), await addSite(store)];
    const [ada, bea] = [await addAgent(store), await addAgent(store)];
    for (const { id: agentId } of [ada, bea])
      await store.setRole({ siteId: site.id, agentId, role: 'agent' });
    await store.setRole({ siteId: other.id, agentId: ada.id, role: 'agent' });
    await store.setCapacity({ siteId: site.id, agentId: bea.id, capacity: 3 });
    const [one, two, elsewhere] = [
      await startTalk(store, site.id),
      await startTalk(store, site.id),
      await startTalk(store, other.id),
    ];
    const give = (talk: { id: string }, atMs: number) =>
      entryOf(talk.id, { role: 'system' }, 'assignment', { agentId: ada.id, agentName: 'Ada' }, { atMs });
    await store.append({
      entries: [give(two, startMs + 9), give(one, startMs + 2), give(elsewhere, startMs + 50)],
    });
    await store.append({ entries: [entryOf(one.id, { role: 'system' }, 'status', { status: 'closed' })] });

    const loads = await store.agentLoads({ siteId: site.id });

    expect(loads).toHaveLength(2);
    expect(loads).toContainEqual({ agentId: ada.id, open: 1, capacity: null, lastAssignedAtMs: startMs + 9 });
    expect(loads).toContainEqual({ agentId: bea.id, open: 0, capacity: 3, lastAssignedAtMs: 0 });
    await expect(store.setCapacity({ siteId: other.id, agentId: bea.id, capacity: 1 })).rejects.toMatchObject(
      { code: 'not_found' },
    );
  });

  it('finds in the queue who waits and has nobody, the longest wait first', async () => {
    const { store } = db;
    const site = await addSite(store);
    const agent = await addAgent(store);
    const [late, early, answered, given, closed] = [
      await startTalk(store, site.id, { nowMs: startMs + 9 }),
      await startTalk(store, site.id, { nowMs: startMs }),
      await startTalk(store, site.id),
      await startTalk(store, site.id),
      await startTalk(store, site.id),
    ];
    await startTalk(store, site.id, { text: null });
    await startTalk(store, (await addSite(store)).id);
    const team = { agentId: null, agentName: null, teamId: newId('team'), teamName: 'Returns' };
    await store.append({
      entries: [
        answer(answered, agent, 'Hello'),
        entryOf(given.id, { role: 'system' }, 'assignment', { agentId: agent.id, agentName: 'Ada' }),
        entryOf(closed.id, { role: 'system' }, 'status', { status: 'closed' }),
        entryOf(late.id, { role: 'system' }, 'assignment', team),
      ],
    });

    expect(await store.queue({ siteId: site.id })).toEqual([
      { conversationId: early.id, visitorId: early.visitorId, teamId: null },
      { conversationId: late.id, visitorId: late.visitorId, teamId: team.teamId },
    ]);
  });

  it('wakes what is snoozed when its time has come', async () => {
    const { store } = db;
    const site = await addSite(store);
    const talks = [
      await startTalk(store, site.id),
      await startTalk(store, site.id),
      await startTalk(store, site.id),
    ];
    const farMs = startMs * 2;
    await store.append({
      entries: talks.map(({ id }, index) =>
        entryOf(id, { role: 'system' }, 'status', { status: 'snoozed', untilMs: farMs + index }),
      ),
    });
    const [first, second, third] = talks;
    if (!first || !second || !third) throw new Error('there are three');

    expect(await store.snoozesDue({ nowMs: farMs })).toEqual({
      conversationIds: [first.id],
      nextAtMs: farMs + 1,
    });
    await store.append({
      entries: [
        message(first, 'Hello?'),
        entryOf(second.id, { role: 'system' }, 'status', { status: 'open' }),
      ],
    });
    expect(await store.snoozesDue({ nowMs: farMs + 2 })).toEqual({
      conversationIds: [third.id],
      nextAtMs: null,
    });
  });

  it('knows how soon first replies came', async () => {
    const { store } = db;
    const site = await addSite(store);
    const agent = await addAgent(store);
    const reply = async (siteId: string, nowMs: number, afterMs: number) => {
      const talk = await startTalk(store, siteId, { nowMs });
      await store.append({
        entries: [
          answer(talk, agent, 'Hello', { atMs: nowMs + afterMs }),
          answer(talk, agent, 'Hello again', { atMs: nowMs + afterMs + 99 }),
        ],
      });
    };
    await reply(site.id, startMs - 1, 1);
    await reply(site.id, startMs, 2);
    await reply(site.id, startMs + 1, 3);
    await reply((await addSite(store)).id, startMs, 4);
    await startTalk(store, site.id);

    expect(await store.firstReplies({ siteId: site.id, sinceMs: startMs })).toEqual([3, 2]);
  });
});
