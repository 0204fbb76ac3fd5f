import { expect, it } from 'vitest';
import { defaultSiteSettings } from '../../../shared/model/site.ts';
import { addSite, newId } from './cast.ts';
import { describeStore } from './databases.ts';

describeStore('sites', (db) => {
  it('are found by key and changed by id', async () => {
    const { store } = db;
    const site = await addSite(store);
    const settings = defaultSiteSettings('Möbel & Söhne \u0000', []);

    expect(await store.siteByKey({ key: site.key })).toEqual(site);
    expect(await store.updateSite({ siteId: site.id, settings })).toEqual({ ...site, settings });
    expect(await store.siteByKey({ key: site.key })).toEqual({ ...site, settings });
    expect(await store.listSites()).toContainEqual({ ...site, settings });
  });

  it('are refused when the key or the site is not as claimed', async () => {
    const { store } = db;
    const site = await addSite(store);

    await expect(store.createSite({ site: { ...site, id: newId('site') } })).rejects.toMatchObject({
      code: 'already_exists',
    });
    await expect(store.updateSite({ siteId: newId('site'), settings: site.settings })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await store.siteByKey({ key: 'pk_nobody' })).toBeNull();
  });
});

describeStore('the epoch and secrets', (db) => {
  it('are made once, also when many ask for the first time together', async () => {
    const { store } = db;
    const secrets = await Promise.all(Array.from({ length: 20 }, () => store.secret({ name: 'access' })));
    const epochs = await Promise.all(Array.from({ length: 20 }, () => store.epoch()));

    expect(new Set(secrets).size).toBe(1);
    expect(new Set(epochs).size).toBe(1);
    expect(Buffer.from(secrets[0] ?? '', 'base64url')).toHaveLength(32);
    expect(await store.secret({ name: 'other' })).not.toBe(secrets[0]);
  });

  it('answers a ping', async () => {
    await expect(db.store.ping()).resolves.not.toThrow();
  });
});
