import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { dragOver, middle, pressAt, showsInMirror } from '../support/agent-hand.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type HostPages, hostPage, scriptTag, startHostPages } from '../support/host-page.ts';
import { signInOwner } from '../support/owner.ts';
import { type Rapport, startRapport } from '../support/rapport.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

/** Fields of every kind, as pages have them; `heard` keeps what the page's own scripts hear. */
const form = `
<h1 style="padding-top:120px">Order</h1>
<p><button id="press" type="button">Press me</button> <output id="presses">0</output>
<label>Name <input id="name" data-rapport-unmask></label>
<label>Masked <input id="plain" value="mine"></label></p>
<p><input id="secret" type="password" data-rapport-unmask aria-label="Password">
<input id="card" autocomplete="cc-number" data-rapport-unmask aria-label="Card">
<input id="fixed" readonly value="fixed" data-rapport-unmask aria-label="Fixed">
<span id="veil"><button id="hidden" type="button" data-rapport-mask>Hidden</button></span>
<button id="kept" type="button" data-rapport-readonly>Kept</button>
<input id="file" type="file" aria-label="File"></p>
<p><select id="wood" data-rapport-unmask aria-label="Wood"><option>Oak</option><option>Walnut</option></select>
<input id="day" type="date" data-rapport-unmask aria-label="Day">
<label><input id="tick" type="checkbox"> Gift</label>
<input id="slider" type="range" min="0" max="10" value="0" data-rapport-unmask aria-label="Size"></p>
<div id="rich" contenteditable="true" data-rapport-unmask aria-label="Note">Note</div>
<p><label>Upper <input id="tracked" data-rapport-unmask></label> <span id="controlled"></span> <span id="tree"></span></p>
<p><a id="away" href="https://elsewhere.example/">Away</a> <a id="code" href="javascript:document.title='run'">Code</a>
<a id="next" href="/next">Next page</a></p>
<div style="height:2000px"></div><p id="bottom">Bottom</p>
<script>
  heard = [];
  for (const name of ['pointerdown','mousedown','focusin','pointerup','mouseup','click'])
    document.getElementById('press').addEventListener(name, () => heard.push(name));
  document.getElementById('press').addEventListener('click', () => presses.value = Number(presses.value) + 1);
  hidden.onclick = kept.onclick = () => heard.push('never');
  // As React does it: an own setter on the element takes what a script sets for what it has set itself.
  let known = tracked.value;
  const own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
  Object.defineProperty(tracked, 'value', { get() { return own.get.call(this); }, set(value) { known = value; own.set.call(this, value); } });
  tracked.addEventListener('input', () => { if (tracked.value !== known) tracked.value = tracked.value.toUpperCase(); });
  const root = tree.attachShadow({ mode: 'open' });
  root.innerHTML = '<button id="inner">In a tree</button>';
  root.getElementById('inner').onclick = () => heard.push('inner');
</script>
<script type="module">
  import { h, render } from '/preact.mjs';
  const draw = (value) => render(h('input', { id: 'preact', 'data-rapport-unmask': '', 'aria-label': 'Preact', value,
    onInput: (event) => draw(event.target.value.replace(/[^a-z]/g, '')) }), controlled);
  draw('');
</script>`;

const preact = readFileSync(
  fileURLToPath(new URL('../../node_modules/preact/dist/preact.mjs', import.meta.url)),
  'utf8',
);

let browser: Browser;
let rapport: Rapport;
let pages: HostPages;
let agent: Agent;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchChromium();
  pages = await startHostPages();
  rapport = await startRapport({ demoOrigin: pages.origin });
  const head = scriptTag(rapport);
  pages.serve('/form', { html: hostPage({ title: 'Order', head, body: form }) });
  pages.serve('/next', {
    html: hostPage({ title: 'Next', head, body: '<h1 id="next-page">The next page</h1>' }),
  });
  pages.serve('/preact.mjs', { html: preact, headers: { 'content-type': 'text/javascript' } });
  agent = await openAgent(browser, rapport);
  visitor = await openVisitor(browser, `${pages.origin}/form`);
  await startCobrowse(agent, visitor, 'Fill this in with me');
});
afterAll(async () => {
  await browser.close();
  await pages.close();
  await rapport.stop();
});

const card = (name: 'ask' | 'held') => visitor.page.locator(`.cb-control-${name}`);
const word = () => agent.page.locator('.assist-word');
const value = (selector: string) =>
  visitor.page.locator(selector).evaluate((field) => (field as HTMLInputElement).value);
const heard = () => visitor.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
const button = (name: string) => visitor.page.getByRole('button', { name, exact: true });

async function getControl(answer = 'Allow') {
  await agent.button('Ask for control').click();
  await card('ask').waitFor();
  await button(answer).click();
  await card('held').waitFor();
  await agent.page.getByText(answer === 'Allow' ? /^In control/ : /^Suggesting/).waitFor();
}
/** Presses in the mirror until the page shows it: the mirror may be laid out anew in between. */
async function writesInto(selector: string, text: string) {
  await pressAt(agent, selector);
  await expect.poll(() => visitor.page.evaluate(() => document.activeElement?.id)).toBe(selector.slice(1));
  await agent.page.keyboard.type(text);
}

describe('control of a page', () => {
  beforeEach(async () => {
    if (!visitor.page.url().endsWith('/form')) await visitor.goesTo(`${pages.origin}/form`);
    await showsInMirror(agent, '#press');
  });

  it('is asked for and given; both sides say who has it', async () => {
    await getControl();
    await expect.poll(() => card('held').textContent()).toContain('Owner can act on this page');
    await expect.poll(() => word().textContent()).toBe('You have control.');
    expect(await accessibilityFaults(visitor.page, ['div[data-rapport-own]'])).toEqual([]);
  });

  it('presses with the whole sequence of a pointer', async () => {
    await pressAt(agent, '#press');
    await expect.poll(() => visitor.page.locator('#presses').textContent()).toBe('1');
    expect(await heard()).toEqual(['pointerdown', 'mousedown', 'focusin', 'pointerup', 'mouseup', 'click']);
  });

  it('types, and the agent sees it where it stands', async () => {
    await writesInto('#name', 'Annax');
    await agent.page.keyboard.press('Backspace');
    await expect.poll(() => value('#name')).toBe('Anna');
    await expect.poll(() => agent.mirror.locator('#name').inputValue()).toBe('Anna');
  });

  it('reaches fields whose values a framework keeps', async () => {
    await writesInto('#tracked', 'oak');
    await expect.poll(() => value('#tracked')).toBe('OAK');
    await writesInto('#preact', 'a1b2c');
    await expect.poll(() => value('#preact')).toBe('abc');
  });

  it('chooses, picks a date, ticks, slides, and writes into editable text and shadow trees', async () => {
    await pressAt(agent, '#wood');
    await agent.viewer.getByLabel('Choose for the visitor').selectOption('Walnut');
    await agent.viewer.getByRole('button', { name: 'Set' }).click();
    await expect.poll(() => value('#wood')).toBe('Walnut');

    await pressAt(agent, '#day');
    await agent.viewer.getByLabel('Value for the visitor’s field').fill('2026-05-04');
    await agent.viewer.getByRole('button', { name: 'Set' }).click();
    await expect.poll(() => value('#day')).toBe('2026-05-04');

    await pressAt(agent, '#tick');
    await expect.poll(() => visitor.page.locator('#tick').isChecked()).toBe(true);

    await dragOver(agent, ['#slider', { x: 0.05, y: 0.5 }], ['#slider', { x: 0.95, y: 0.5 }]);
    await expect.poll(async () => Number(await value('#slider'))).toBeGreaterThan(8);

    await writesInto('#rich', ' of Ben');
    await expect.poll(() => visitor.page.locator('#rich').textContent()).toContain('of Ben');

    await pressAt(agent, '#inner');
    await expect.poll(heard).toContain('inner');
  });

  it.each([
    ['#plain', 'private'],
    ['#secret', 'private'],
    ['#card', 'private'],
    ['#veil', 'private'],
    ['#file', 'private'],
    ['#kept', 'cannot be changed'],
    ['#away', 'leads out of this site'],
    ['#code', 'leads out of this site'],
  ])('never touches %s, and says why', async (selector, why) => {
    await pressAt(agent, '#press');
    await expect.poll(() => word().textContent()).not.toContain(why);
    await pressAt(agent, selector);
    await expect.poll(() => word().textContent()).toContain(why);
    expect(await visitor.page.title()).toBe('Order');
    expect(await heard()).not.toContain('never');
    expect(await visitor.page.evaluate(() => document.activeElement?.id)).not.toBe(selector.slice(1));
  });

  it('reads a read-only field and does not write it', async () => {
    await pressAt(agent, '#fixed');
    await agent.page.keyboard.type('x');
    await expect.poll(() => word().textContent()).toContain('cannot be changed');
    expect(await value('#fixed')).toBe('fixed');
  });

  it('takes the agent’s last change back, unless the visitor has changed it since', async () => {
    await visitor.page.locator('#name').fill('');
    await writesInto('#name', 'Bert');
    await expect.poll(() => value('#name')).toBe('Bert');
    await agent.button('Undo my last change').click();
    await expect.poll(() => value('#name')).toBe('');

    await writesInto('#name', 'Carl');
    await expect.poll(() => value('#name')).toBe('Carl');
    await visitor.page.locator('#name').fill('Carla');
    await agent.button('Undo my last change').click();
    await expect.poll(() => word().textContent()).toContain('nothing of yours left to undo');
    expect(await value('#name')).toBe('Carla');
  });

  it('waits while the visitor types', async () => {
    await visitor.page.locator('#name').fill('');
    await visitor.page.locator('#plain').click();
    await visitor.page.keyboard.type('my own words');
    await pressAt(agent, '#press');
    // What the visitor typed is whole, and the press comes when the hands rest.
    expect(await value('#plain')).toContain('my own words');
    await expect.poll(() => visitor.page.evaluate(() => document.activeElement?.id)).toBe('press');
    expect(await value('#plain')).toContain('my own words');
  });

  it('scrolls', async () => {
    await agent.page.mouse.move(700, 450);
    await agent.page.mouse.wheel(0, 600);
    await expect.poll(() => visitor.page.evaluate(() => scrollY)).toBeGreaterThan(300);
    await agent.page.mouse.wheel(0, -5_000);
    await expect.poll(() => visitor.page.evaluate(() => scrollY)).toBe(0);
  });

  it('goes to another page of the site and back, and stays what it is', async () => {
    const address = agent.page.getByLabel('Open an address of this site');
    await address.fill('https://elsewhere.example/');
    await address.press('Enter');
    await expect.poll(() => word().textContent()).toContain('leads out of this site');
    await address.fill('/next');
    await address.press('Enter');
    await visitor.page.waitForURL('**/next');
    await card('held').waitFor();
    await agent.mirror.locator('#next-page').waitFor();
    await agent.button('Back on the visitor’s page').click();
    await visitor.page.waitForURL('**/form');
    await card('held').waitFor();
    await showsInMirror(agent, '#press');
    await pressAt(agent, '#next', middle);
    await visitor.page.waitForURL('**/next');
  });

  it('ends when the visitor presses Escape twice', async () => {
    await card('held').waitFor();
    await visitor.page.keyboard.press('Escape');
    await visitor.page.keyboard.press('Escape');
    await card('held').waitFor({ state: 'detached' });
    await agent.page.getByText('Your control has ended.').waitFor();
    await agent.button('Ask for control').waitFor();
  });

  it('can be suggestions that the visitor accepts or refuses', async () => {
    await getControl('Ask me for each action');
    await pressAt(agent, '#press');
    await visitor.page.locator('.cb-ghost').waitFor();
    await visitor.page.getByText('Owner would like to press “Press me”').first().waitFor();
    expect(await heard()).not.toContain('click');
    await button('Don’t').click();
    await expect.poll(() => word().textContent()).toContain('The visitor said no.');
    expect(await heard()).not.toContain('click');
    await pressAt(agent, '#press');
    await button('Do it').click();
    await expect.poll(heard).toContain('click');

    await visitor.page.locator('#name').fill('');
    await pressAt(agent, '#name');
    await agent.page.keyboard.type('Dora');
    await visitor.page.getByText('Owner would like to write “Dora”').first().waitFor();
    expect(await value('#name')).toBe('');
    await button('Do it').click();
    await expect.poll(() => value('#name')).toBe('Dora');

    await button('Allow without asking').click();
    await agent.page.getByText(/^In control/).waitFor();
  });

  it('goes to another agent only with the visitor’s word', async () => {
    const { email, password } = await (await signInOwner(rapport)).addsAgent('Ben');
    const colleague = await openAgent(browser, rapport, { signIn: { email, password } });
    await colleague.opens('Fill this in with me');
    await colleague.viewsPage();
    await colleague.liveState.getByText(/^Live/).first().waitFor();
    await colleague.page.getByText('Owner has control').waitFor();
    await colleague.button('Ask for control').click();
    await visitor.page.getByText('Ben asks to control this page').first().waitFor();
    await button('Allow').click();
    await colleague.page.getByText(/^In control/).waitFor();
    await agent.page.getByText('Ben has control').waitFor();
    // Who leaves has nothing any more.
    await colleague.leaves();
    await card('held').waitFor({ state: 'detached' });
  });

  it('ends with the sharing', async () => {
    await getControl();
    await visitor.sign.stops();
    await card('held').waitFor({ state: 'detached' });
    expect(await visitor.page.evaluate(() => localStorage.getItem('rapport:grant'))).toBeNull();
  });
});
