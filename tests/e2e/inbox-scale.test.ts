import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../../server/store/open-store.ts';
import { type Agent, openAgent } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Rapport, startRapport } from '../support/rapport.ts';

/** More than the list could ever draw at once, and enough for many pages. */
const many = 2_000;

let browser: Browser;
let rapport: Rapport;
let anna: Agent;
const dataFolder = mkdtempSync(join(tmpdir(), 'rapport-scale-'));

beforeAll(async () => {
  rapport = await startRapport({ dataFolder });
  await rapport.kill();
  const store = await openStore({
    dataFolder,
    databaseUrl: null,
    sqliteWorkerUrl: new URL('../../dist/server/sqlite-worker.js', import.meta.url),
  });
  const [site] = await store.listSites();
  const random = (prefix: string) => `${prefix}_${randomBytes(16).toString('base64url')}`;
  const startMs = Date.now() - 60 * 60_000;
  for (let from = 0; from < many; from += 100) {
    await Promise.all(
      Array.from({ length: 100 }, (_, step) =>
        store.startConversation({
          siteId: site?.id ?? '',
          tokenHash: random('hash'),
          visitorId: random('vis'),
          conversationId: random('cnv'),
          visit: {
            page: { url: 'https://shop.example/', title: 'Shop' },
            referrer: '',
            language: 'en',
            timeZone: 'Europe/London',
          },
          browser: 'Chrome 156 on Windows',
          clientId: random('c').slice(0, 22),
          text: `Number ${from + step}.`,
          nowMs: startMs + (from + step) * 1_000,
        }),
      ),
    );
  }
  await store.close();
  await rapport.restart();
  browser = await launchChromium();
  anna = await openAgent(browser, rapport);
});
afterAll(async () => {
  await browser.close();
  await rapport.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

const focused = () => anna.page.evaluate(() => document.activeElement?.textContent ?? '');

it('thousands of conversations are a list of a few rows, in order, without holes, by wheel and by key', async () => {
  await anna.page.goto(`${rapport.origin}/console/inbox`);
  await anna.row('Number 0.').waitFor();
  await expect.poll(() => anna.page.locator('.inbox-view-count').nth(2).textContent()).toBe('2k');
  expect(await anna.rows.count()).toBeLessThan(60);

  // Down to the end, page by page, as far as the list knows each time.
  const list = anna.page.locator('.window-list');
  await expect
    .poll(
      async () => {
        await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
        return anna.row(`Number ${many - 1}.`).count();
      },
      { interval: 50 },
    )
    .toBe(1);
  expect(await anna.rows.count()).toBeLessThan(60);
  expect(await list.evaluate((element) => element.scrollHeight)).toBe(many * 64);

  // Somewhere in the middle every row stands where it belongs.
  await list.evaluate((element) => element.scrollTo(0, 1_000 * 64));
  await anna.row('Number 1000.').waitFor();
  const places = await anna.page.locator('.window-row').evaluateAll((rows) =>
    rows
      .map((row) => ({
        top: (row as HTMLElement).offsetTop,
        number: Number(/Number (\d+)\./.exec(row.textContent ?? '')?.[1]),
      }))
      .filter(({ top }) => top > 0),
  );
  expect(places.length).toBeGreaterThan(10);
  for (const { top, number } of places) expect(top).toBe(number * 64);

  await anna.row('Number 1000.').focus();
  await anna.page.keyboard.press('PageDown');
  await expect.poll(focused).toContain('Number 1008.');
  await anna.page.keyboard.press('End');
  await expect.poll(focused).toContain(`Number ${many - 1}.`);
  await anna.page.keyboard.press('Home');
  await expect.poll(focused).toContain('Number 0.');
  await anna.page.keyboard.press('Enter');
  await anna.message('Number 0.').waitFor();
  await anna.page.keyboard.press('J');
  await anna.messages.waitFor();
});
