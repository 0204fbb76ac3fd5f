import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { type HostPages, hostPage, scriptTag, startHostPages } from '../support/host-page.ts';
import { type Rapport, startRapport } from '../support/rapport.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
let pages: HostPages;
let rapport: Rapport;
let agent: Agent;
let visitor: Visitor;

const rows = Array.from(
  { length: 1_000 },
  (_, index) => `<li id="r${index}"><b>Part ${index}</b> <span>${index % 7}</span></li>`,
).join('');

/** Changes of every kind, in and out of what has been read, for as long as the test wants. */
const restless = `
  const list = document.querySelector('ul');
  let turn = 0;
  function change() {
    turn += 1;
    const all = list.children;
    const at = (part) => all[Math.floor((all.length - 1) * part)];
    list.prepend(at(0.9));
    list.append(at(0.1));
    at(0.5).remove();
    const made = document.createElement('li');
    made.id = 'made' + turn;
    made.innerHTML = '<i>new</i> <em>' + turn + '</em>';
    at(Math.random()).after(made);
    at(Math.random()).querySelector('span,em').textContent = 'said ' + turn;
    at(Math.random()).className = 'is-' + turn;
    const moved = at(0.3);
    moved.remove();
    moved.title = 'away';
    moved.setAttribute('class', 'moved');
    at(0.7).before(moved);
    const style = document.querySelector('style');
    style.sheet.insertRule('.is-' + turn + '{color:rgb(1,2,3)}', 0);
    if (!window.isCalm) setTimeout(change, 20);
  }
  change();
`;

beforeAll(async () => {
  browser = await launchChromium();
  const port = await freePort();
  const tag = scriptTag({ origin: `http://localhost:${port}`, siteKey: 'pk_demo' });
  pages = await startHostPages({
    '/': {
      html: hostPage({
        title: 'A long list',
        head: `<style>.moved{font-weight:700}</style>${tag}`,
        body:
          '<p id="card">Card 4111 <b>1111</b> 1111</p><input id="field"><open-box></open-box>' +
          `<iframe srcdoc="&lt;p id=inner&gt;In a frame&lt;/p&gt;"></iframe><ul>${rows}</ul><p id="last">The end</p>` +
          '<script>customElements.define("open-box", class extends HTMLElement { connectedCallback() {' +
          'this.attachShadow({ mode: "open" }).innerHTML = "<p id=shadow>In the shadow</p>"; } });</script>',
      }),
    },
  });
  rapport = await startRapport({ port, demoOrigin: pages.origin });
  agent = await openAgent(browser, rapport);
  visitor = await openVisitor(browser, `${pages.origin}/`);
});
afterAll(async () => {
  await browser?.close();
  await pages?.close();
  await rapport?.stop();
});

const outline = (list: Element) =>
  [...list.children].map((row) => `${row.className} ${row.textContent?.replace(/\s+/g, ' ')}`);

it('a large page that changes while it is read comes out as it is', async () => {
  await visitor.page.evaluate(restless);
  await startCobrowse(agent, visitor, 'My list is long');
  await agent.mirror.locator('#last').waitFor();
  await visitor.page.evaluate(() => Object.assign(window, { isCalm: true }));
  await visitor.page.evaluate(() => {
    const last = document.getElementById('last');
    if (last) last.textContent = 'Calm now';
  });
  await agent.mirror.locator('#last', { hasText: 'Calm now' }).waitFor();
  const list = await visitor.page.locator('ul').evaluate(outline);
  expect(list.length).toBeGreaterThan(500);
  await expect.poll(() => agent.mirror.locator('ul').evaluate(outline)).toEqual(list);
  const color = (row: Element) => getComputedStyle(row).color;
  const named = '[class^="is-"]';
  await expect
    .poll(() => agent.mirror.locator(named).first().evaluate(color))
    .toBe(await visitor.page.locator(named).first().evaluate(color));
});

it('a new epoch of it has its frames and shadow roots, and hides what goes over several nodes', async () => {
  await agent.mirror.locator('#shadow').getByText('In the shadow').waitFor();
  await agent.mirror.frameLocator('iframe').locator('#inner').getByText('In a frame').waitFor();
  await visitor.page.evaluate(() => {
    document.getElementById('card')?.append(' 1111');
  });
  await expect.poll(() => agent.mirror.locator('#card').textContent()).not.toContain('4111');

  await visitor.page.reload();
  await agent.mirror.locator('#last', { hasText: 'The end' }).waitFor();
  await agent.mirror.locator('#shadow').getByText('In the shadow').waitFor();
  await agent.mirror.frameLocator('iframe').locator('#inner').getByText('In a frame').waitFor();
  await visitor.page.evaluate(() => {
    const row = document.getElementById('r999');
    if (row) row.textContent = 'Still told';
  });
  await agent.mirror.locator('#r999', { hasText: 'Still told' }).waitFor();
});
