import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';

/** Whoever's page is shared must be able to press Stop, whatever the page puts in front of it. */

const root = fileURLToPath(new URL('../..', import.meta.url));
let browser: Browser;
let page: Page;
let out: string;

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'rapport-overlay-'));
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? '\0entry.ts' : null),
        load: (id) =>
          id === '\0entry.ts'
            ? `import { createOverlay } from '${root}/widget/cobrowse/overlay.ts';
               import { bannerStyles } from '${root}/widget/cobrowse/banner-styles.ts';
               Object.assign(globalThis, { createOverlay, bannerStyles });`
            : null,
      },
    ],
    build: { outDir: out, rolldownOptions: { input: 'entry', output: { entryFileNames: 'entry.js' } } },
  });
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 800, height: 600 } });
});

afterAll(async () => {
  await browser?.close();
  await rm(out, { recursive: true, force: true });
});

beforeEach(async () => {
  await page.goto('about:blank');
  await page.addScriptTag({ type: 'module', path: join(out, 'entry.js') });
  await page.waitForFunction(() => 'createOverlay' in globalThis);
  await page.evaluate(() => {
    const heard = { stops: 0, blocked: [] as boolean[] };
    const { createOverlay, bannerStyles } = globalThis as unknown as {
      bannerStyles: string;
      createOverlay(parts: object): { banner: HTMLElement; show(): void };
    };
    const overlay = createOverlay({
      styles: document.createElement('div').attachShadow({ mode: 'open' }),
      onBlocked: (isBlocked: boolean) => heard.blocked.push(isBlocked),
    });
    const banner = document.createElement('section');
    banner.className = 'cb-banner';
    const stop = document.createElement('button');
    stop.textContent = 'Stop';
    stop.onclick = () => {
      heard.stops += 1;
    };
    banner.append(stop);
    overlay.banner.append(banner);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(bannerStyles);
    (overlay.banner.getRootNode() as ShadowRoot).adoptedStyleSheets.push(sheet);
    overlay.show();
    Object.assign(globalThis, { heard });
  });
});

const heard = () =>
  page.evaluate(() => (globalThis as unknown as { heard: { stops: number; blocked: boolean[] } }).heard);

/** Opens a modal dialog inside of as many shadow roots, one in the other. */
const opensDialog = (modes: ShadowRootMode[]) =>
  page.evaluate((all) => {
    let place: Element | ShadowRoot = document.body;
    for (const mode of all) {
      const host = document.createElement('div');
      place.append(host);
      place = host.attachShadow({ mode });
    }
    const dialog = document.createElement('dialog');
    dialog.append('A modal dialog');
    place.append(dialog);
    dialog.showModal();
    Object.assign(globalThis, { dialog });
  }, modes);

const pressesStop = () => page.getByRole('button', { name: 'Stop' }).click();

test.each([
  ['in the page', []],
  ['in a shadow root', ['open']],
  ['in a shadow root of a shadow root', ['open', 'open']],
] as Array<[string, ShadowRootMode[]]>)('Stop can be pressed over a modal dialog %s', async (_, modes) => {
  await opensDialog(modes);
  await pressesStop();
  expect((await heard()).stops).toBe(1);
  expect((await heard()).blocked).not.toContain(true);
});

test('a dialog in a closed shadow root keeps the visitor from Stop, and is told of', async () => {
  await opensDialog(['closed']);
  await expect.poll(async () => (await heard()).blocked).toEqual([true]);
  await page.evaluate(() => (globalThis as unknown as { dialog: HTMLDialogElement }).dialog.close());
  await expect.poll(async () => (await heard()).blocked).toEqual([true, false]);
  await pressesStop();
  expect((await heard()).stops).toBe(1);
});
