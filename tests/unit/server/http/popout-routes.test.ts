import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { popoutRoutes } from '../../../../server/http/popout-routes.ts';
import { defaultSiteSettings, type Site } from '../../../../shared/model/site.ts';

const site: Site = {
  id: 'sit_shop',
  key: 'pk_shop',
  settings: defaultSiteSettings('Shop', ['https://shop.example']),
  createdAtMs: 0,
};

let distFolder: string;
beforeEach(() => {
  distFolder = mkdtempSync(join(tmpdir(), 'rapport-popout-'));
  mkdirSync(join(distFolder, 'widget'));
  writeFileSync(join(distFolder, 'widget', 'popout.html'), '<!doctype html>');
});
afterEach(() => rmSync(distFolder, { recursive: true, force: true }));

const get = (key: string) =>
  popoutRoutes({
    distFolder,
    ownOrigin: () => 'https://help.example',
    directory: {
      all: async () => [site],
      byId: async () => site,
      byKey: async (wanted) => (wanted === site.key ? site : null),
      isOriginListed: async () => true,
      forget: () => {},
    },
  }).request(`/popout/${key}`);

it('the page may talk to the window that opened it, load its own scripts, and be framed by nobody', async () => {
  const response = await get('pk_shop');
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('<!doctype html>');
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('cross-origin-opener-policy')).toBe('unsafe-none');
  const policy = response.headers.get('content-security-policy') ?? '';
  for (const rule of [
    "default-src 'none'",
    "script-src 'self'",
    "frame-ancestors 'none'",
    'wss://help.example',
  ]) {
    expect(policy).toContain(rule);
  }
  expect(policy).not.toContain('unsafe');
});

it.each(['pk_nowhere', 'sit_shop', '..%2Fpopout.html', '%00'])('%s has no page', async (key) => {
  expect((await get(key)).status).toBe(404);
});
