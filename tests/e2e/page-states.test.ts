import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { servePages } from '../fidelity/page-server.ts';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { recordTraffic, type Traffic } from '../support/frames.ts';
import { scriptTag } from '../support/host-page.ts';
import { type Rapport, startRapport } from '../support/rapport.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

/** States that rrweb does not record pass the same filter: read where they leave the visitor's page. */

const drawing = (color: string) =>
  `<canvas width="120" height="80" data-color="${color}"></canvas><script>{const c=document.currentScript.previousSibling.getContext('2d');c.fillStyle='${color}';c.fillRect(0,0,120,80)}</script>`;

const page = {
  name: 'states',
  body: `<div class="open">${drawing('teal')}<p>Open words to mark</p><input type="file"></div>
<div data-rapport-mask class="masked">${drawing('red')}<p>Masked words to mark</p><input id="masked" value="canary-value"><input type="file" id="secret"></div>
<div data-rapport-block class="blocked">${drawing('blue')}<p>Blocked words</p></div>
<input type="date" id="day" data-rapport-mask value="2026-02-03">`,
};

let browser: Browser;
let rapport: Rapport;
let site: Awaited<ReturnType<typeof servePages>>;
let agent: Agent;
let visitor: Visitor;
let traffic: Traffic;

beforeAll(async () => {
  site = await servePages([page]);
  rapport = await startRapport({ demoOrigin: site.origin });
  site.setTag(scriptTag(rapport));
  browser = await launchChromium();
  agent = await openAgent(browser, rapport);
  visitor = await openVisitor(browser, site.origin);
  traffic = await recordTraffic(visitor.page);
  await startCobrowse(agent, visitor, 'Look at the states');
  await visitor.goesTo(`${site.origin}/states`);
  await agent.mirror.locator('.open canvas').waitFor();
});
afterAll(async () => {
  await browser.close();
  await rapport.stop();
  await site.close();
});

interface Told {
  kind: string;
  id?: number | null;
  names?: string[];
  ranges?: unknown[];
}

const told = (): Told[] =>
  traffic
    .stream()
    .texts.flatMap((text) => JSON.parse(text) as Array<{ data: { tag?: string; payload: Told } }>)
    .flatMap(({ data }) => (data.tag === 'rapport-state' ? [data.payload] : []));
const of = (kind: string) => told().filter((state) => state.kind === kind);

it('a canvas is shown as a picture, and none in a masked or blocked part', async () => {
  const content = () =>
    agent.mirror.locator('.open canvas').evaluate((canvas) => getComputedStyle(canvas).content);
  await expect.poll(content).toContain('image%2Fwebp');
  // The next round has gone past the others.
  const before = of('picture').length;
  await visitor.page.evaluate(() => {
    const context = document.querySelector('canvas')?.getContext('2d');
    if (context) context.fillStyle = 'gold';
    context?.fillRect(0, 0, 60, 80);
  });
  await expect.poll(() => of('picture').length).toBeGreaterThan(before);
  expect(new Set(of('picture').map(({ id }) => id)).size).toBe(1);
});

it('a file that was chosen shows as dots, however it is called', async () => {
  const file = { name: 'canary-name.txt', mimeType: 'text/plain', buffer: Buffer.from('x') };
  await visitor.page.locator('#secret').setInputFiles(file);
  await expect.poll(() => of('files').flatMap(({ names }) => names ?? [])).toContain('••••••••');
  expect(traffic.stream().texts.join()).not.toContain('canary-name');
});

it('what is marked in a masked part is not told, nor what is selected in a masked field', async () => {
  const select = (selector: string) =>
    visitor.page.evaluate((within) => {
      const words = document.querySelector(within)?.firstChild;
      if (words) getSelection()?.setBaseAndExtent(words, 2, words, 8);
    }, selector);
  await select('.masked p');
  await visitor.page.locator('#masked').selectText();
  await select('.open p');
  await expect.poll(() => of('selection').at(-1)?.ranges).toHaveLength(1);
  expect(of('selection').filter(({ ranges }) => ranges?.length === 1)).toHaveLength(1);
  expect(of('field-selection').filter(({ id }) => id !== null)).toEqual([]);
});

it('a masked date shows dots, not an empty control', async () => {
  await expect.poll(() => agent.mirror.locator('[data-rapport-masked]').last().inputValue()).toBe('••••••••');
  expect(traffic.stream().texts.join()).not.toContain('2026-02-03');
});
