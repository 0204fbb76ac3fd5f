import { expect, it } from 'vitest';
import { addAgent, addSite, logOf, message, newId, startTalk } from './cast.ts';
import { describeStore } from './databases.ts';

describeStore('agents', (db) => {
  it('are found by e-mail address and by id', async () => {
    const { store } = db;
    const agent = await addAgent(store, 'Zoë \u0000 👩');

    expect(await store.agentByEmail({ email: agent.email })).toEqual(agent);
    expect(await store.agentById({ agentId: agent.id })).toEqual(agent);
    expect(await store.agentByEmail({ email: 'nobody@shop.example' })).toBeNull();
    expect(await store.agentById({ agentId: newId('agent') })).toBeNull();
  });

  it('are one to an e-mail address, also when two are made at once', async () => {
    const { store } = db;
    const agent = await addAgent(store);
    const email = 'both@shop.example';

    const settled = await Promise.allSettled(
      [newId('agent'), newId('agent')].map((id) => store.createAgent({ agent: { ...agent, id, email } })),
    );

    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(settled.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'already_exists' },
    });
  });

  it('show a picture, until they show another', async () => {
    const { store } = db;
    const [ada, bea] = [await addAgent(store), await addAgent(store)];
    const [old, shared, loose] = [newId('file'), newId('file'), newId('file')];
    const unused = () => store.unusedAvatars({ ids: [old, shared, loose] });
    await store.updateAgent({ agentId: ada.id, avatar: old });
    await store.updateAgent({ agentId: bea.id, avatar: shared });
    expect(await unused()).toEqual([loose]);
    await store.updateAgent({ agentId: ada.id, avatar: shared });
    expect(await unused()).toEqual([old, loose]);
    await store.updateAgent({ agentId: bea.id, avatar: null });
    expect(await unused()).toEqual([old, loose]);
    expect(await store.unusedAvatars({ ids: [] })).toEqual([]);
  });

  it('get a new password', async () => {
    const { store } = db;
    const agent = await addAgent(store);

    await store.setPassword({ agentId: agent.id, passwordHash: 'scrypt:new' });

    expect(await store.agentById({ agentId: agent.id })).toEqual({ ...agent, passwordHash: 'scrypt:new' });
    await expect(
      store.setPassword({ agentId: newId('agent'), passwordHash: 'scrypt:new' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('have a role on each of their sites', async () => {
    const { store } = db;
    const [first, second, foreign] = [await addSite(store), await addSite(store), await addSite(store)];
    const [bea, ada] = [await addAgent(store, 'Bea'), await addAgent(store, 'Ada')];
    await store.setRole({ siteId: first.id, agentId: bea.id, role: 'agent' });
    await store.setRole({ siteId: second.id, agentId: bea.id, role: 'agent' });
    await store.setRole({ siteId: first.id, agentId: ada.id, role: 'agent' });
    await store.setRole({ siteId: first.id, agentId: ada.id, role: 'owner' });

    const sites = await store.sitesOfAgent({ agentId: bea.id });
    expect(new Set(sites.map(({ site }) => site.id))).toEqual(new Set([first.id, second.id]));
    const { passwordHash: _secret, availability: _ada, ...adaAsSeen } = ada;
    const { passwordHash: _other, availability: _bea, ...beaAsSeen } = bea;
    expect(await store.team({ siteId: first.id })).toEqual([
      { agent: adaAsSeen, role: 'owner', capacity: null, availability: 'online' },
      { agent: beaAsSeen, role: 'agent', capacity: null, availability: 'online' },
    ]);
    expect(await store.team({ siteId: foreign.id })).toEqual([]);
    for (const unknown of [
      { siteId: newId('site'), agentId: ada.id },
      { siteId: first.id, agentId: newId('agent') },
    ]) {
      await expect(store.setRole({ ...unknown, role: 'owner' })).rejects.toMatchObject({ code: 'not_found' });
    }
    // A refused statement has not spoilt the connection.
    const talk = await startTalk(store, first.id);
    await store.append({ entries: [message(talk, 'Still here?')] });
    expect(await logOf(store, talk.id)).toHaveLength(2);
  });
});
