import { existsSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { startRapportAndDemo } from '../../support/demo-site.ts';
import { type Rapport, startRapport } from '../../support/rapport.ts';

const closing: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start(...args: Parameters<typeof startRapport>): Promise<Rapport> {
  const rapport = await startRapport(...args);
  closing.push(rapport.stop);
  return rapport;
}

it('is ready when it is handed over, and leaves nothing behind', async () => {
  const rapport = await start();
  expect((await fetch(`${rapport.origin}/healthz`)).status).toBe(200);
  expect(rapport.logs().length).toBeGreaterThan(0);
  expect(await rapport.stop()).toBe(0);
  expect(await rapport.stop()).toBe(0);
  expect(existsSync(rapport.dataFolder)).toBe(false);
  await expect(fetch(`${rapport.origin}/healthz`)).rejects.toThrow('fetch failed');
});

it('comes back on the same port and data after a kill', async () => {
  const rapport = await start();
  await rapport.kill();
  await expect(fetch(`${rapport.origin}/healthz`)).rejects.toThrow('fetch failed');
  await rapport.restart();
  const site = await fetch(`${rapport.origin}/site/${rapport.siteKey}`, {
    headers: { origin: 'http://localhost:1' },
  });
  expect(site.status).toBe(200);
});

it('says why a start failed', async () => {
  const rapport = await start();
  await expect(startRapport({ port: rapport.port })).rejects.toThrow(/did not start:[\s\S]*taken/);
});

it('the demo shop carries the script tag of a site that allows it', async () => {
  const { rapport, demo, close } = await startRapportAndDemo();
  closing.push(close);
  expect(await (await fetch(demo.origin)).text()).toContain(`${rapport.origin}/widget.js`);
  const site = await fetch(`${rapport.origin}/site/${rapport.siteKey}`, { headers: { origin: demo.origin } });
  expect(site.status).toBe(200);
});
