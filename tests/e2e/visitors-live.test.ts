import { randomBytes } from 'node:crypto';
import type { Browser, Locator } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { VisitorFacts, VisitorRequests } from '../../shared/protocol.ts';
import { openLine, type VisitorLine } from '../integration/live-line.ts';
import { type Agent, openAgent } from '../support/agent.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Owner, signInOwner } from '../support/owner.ts';
import { type Rapport, startRapport } from '../support/rapport.ts';

const shop = 'https://shop.example';

let browser: Browser;
let rapport: Rapport;
let owner: Owner;
let anna: Agent;
let siteId: string;
const lines: VisitorLine[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  rapport = await startRapport({ demoOrigin: shop });
  owner = await signInOwner(rapport);
  siteId = (await owner.request('session:open', {})).sites[0]?.site.id ?? '';
  anna = await openAgent(browser, rapport);
});
afterEach(() => {
  for (const line of lines.splice(0)) line.close();
});
afterAll(async () => {
  await browser.close();
  await rapport.stop();
});

const goesTo = (path: string) => anna.page.goto(`${rapport.origin}/console/${path}`);
const rows = () => anna.page.getByRole('list', { name: 'Visitors on the site' }).getByRole('listitem');
const row = (text: string) => rows().filter({ hasText: text });
const page = (path: string, title: string) => ({ url: shop + path, title });
/** Moves the pointer onto it; the page hears of that with its next frame, which may be a while. */
async function pointsAt(place: Locator) {
  await place.hover();
  await expect.poll(() => place.evaluate((element) => element.matches(':hover'))).toBe(true);
}
/** Switched on as an owner does it, for stories that begin there. */
async function siteShowsVisitors() {
  const { sites } = await owner.request('session:open', {});
  const settings = sites[0]?.site.settings;
  if (!settings) throw new Error('the owner has no site');
  await owner.request('site:update', { siteId, settings: { ...settings, liveVisitors: true } });
}
/** Whoever came for the story before has left, for the server too. */
const everybodyHasLeft = () =>
  expect.poll(async () => (await owner.request('live:list', { siteId })).total).toBe(0);

/** Somebody comes to a page of the shop, as the widget tells it. */
async function comes(path: string, title: string, token = `vt_${randomBytes(32).toString('base64url')}`) {
  const line: VisitorLine = await openLine<VisitorRequests, VisitorFacts>({
    origin: rapport.origin,
    namespace: '/visitor',
    auth: { site: rapport.siteKey, token },
    headers: { origin: shop },
  });
  lines.push(line);
  const visit = {
    page: page(path, title),
    referrer: 'https://search.example/',
    language: 'de',
    timeZone: 'Europe/Berlin',
  };
  await line.get('visit:open', visit);
  return { line, visit, token };
}

describe('who is on the site', () => {
  it('is not shown before an owner has switched it on, knowing what it means', async () => {
    await goesTo('visitors');
    await anna.page.getByText('Live visitors are off for this site').waitFor();
    expect(await accessibilityFaults(anna.page, ['#work'])).toEqual([]);
    await anna.page.getByRole('link', { name: 'What it means' }).click();
    await anna.page.getByText('Nothing of it is stored, in the browser or here.').waitFor();
    await anna.page.getByRole('link', { name: 'Visitors', exact: true }).click();
    await anna.button('Switch on').click();
    await anna.page.getByText('Nobody is on the site right now').waitFor();
    expect((await owner.request('session:open', {})).sites[0]?.site.settings.liveVisitors).toBe(true);
  });

  it('shows page, source and language at once, and follows to the next page', async () => {
    await siteShowsVisitors();
    await everybodyHasLeft();
    await goesTo('visitors');
    const { line } = await comes('/sofas', 'Sofas');
    await row('Sofas').getByText('/sofas').waitFor();
    await row('Sofas').getByText('From search.example').waitFor();
    await row('Sofas')
      .getByText(/German/)
      .waitFor();
    await anna.page.getByText('1 visitor on the site now').waitFor();
    await line.get('page:changed', page('/cart', 'Your cart'));
    await row('Your cart').waitFor();
    expect(await rows().count()).toBe(1);
    expect(await accessibilityFaults(anna.page, ['#work'])).toEqual([]);
  });

  it('rows under the pointer stay where they are until it leaves', async () => {
    await siteShowsVisitors();
    await everybodyHasLeft();
    await comes('/cart', 'Your cart');
    await goesTo('visitors');
    await pointsAt(row('Your cart'));
    const place = await row('Your cart').boundingBox();
    const { line } = await comes('/lamps', 'Lamps');
    await anna.button('Show 1 new').waitFor();
    // The browser looks again at what is under a pointer that rests once something was drawn there.
    await anna.page.screenshot();
    expect(await rows().count()).toBe(1);
    expect(await row('Your cart').boundingBox()).toEqual(place);
    expect(await row('Your cart').evaluate((element) => element.matches(':hover'))).toBe(true);
    await anna.page.getByRole('heading', { name: 'Visitors' }).hover();
    await expect.poll(() => rows().first().textContent()).toContain('Lamps');

    await pointsAt(row('Lamps'));
    line.close();
    await row('Lamps').getByText('Has left').waitFor();
    await anna.page.getByRole('heading', { name: 'Visitors' }).hover();
    await expect.poll(() => row('Lamps').count()).toBe(0);
  });

  it('is filtered by what is shown', async () => {
    await siteShowsVisitors();
    await everybodyHasLeft();
    await comes('/cart', 'Your cart');
    await comes('/chairs', 'Chairs');
    await goesTo('visitors');
    await expect.poll(() => rows().count()).toBe(2);
    const filter = anna.page.getByRole('searchbox', { name: 'Filter visitors' });
    await filter.fill('chairs german');
    await expect.poll(() => rows().count()).toBe(1);
    await filter.fill('nothing like that');
    await anna.page.getByText('Nobody on the site matches').waitFor();
    await anna.button('Show everybody').click();
    await expect.poll(() => rows().count()).toBe(2);
  });
});

describe('an agent writes first', () => {
  it('by keyboard; the text waits while the dialog is closed, and the visitor gets it', async () => {
    await siteShowsVisitors();
    const { line } = await comes('/beds', 'Beds');
    await goesTo('visitors');
    await row('Beds').getByRole('button', { name: 'Start a conversation' }).focus();
    await anna.page.keyboard.press('Enter');
    const message = anna.page.getByRole('textbox', { name: 'Message' });
    await expect.poll(() => message.evaluate((area) => area === document.activeElement)).toBe(true);
    await anna.page.keyboard.press('Control+Enter');
    await anna.page.getByText('Write a message first.').waitFor();
    await anna.page.keyboard.type('Can I help you choose?');
    expect(await accessibilityFaults(anna.page, ['#work'])).toEqual([]);
    await anna.page.keyboard.press('Escape');
    await expect.poll(() => message.count()).toBe(0);
    await row('Beds').getByRole('button', { name: 'Start a conversation' }).click();
    await expect.poll(() => message.inputValue()).toBe('Can I help you choose?');
    await message.press('Control+Enter');
    await anna.message('Can I help you choose?').waitFor();
    await expect
      .poll(() =>
        line.heard('conversation:added').map(({ conversation }) => conversation.lastMessage?.preview),
      )
      .toEqual(['Can I help you choose?']);
  });

  it('to somebody who has just left: says so and keeps the text', async () => {
    await siteShowsVisitors();
    const { line } = await comes('/rugs', 'Rugs');
    await goesTo('visitors');
    await row('Rugs').getByRole('button', { name: 'Start a conversation' }).click();
    await anna.page.getByRole('textbox', { name: 'Message' }).fill('Wait!');
    line.close();
    await expect
      .poll(async () => (await owner.request('live:list', { siteId })).visitors.map((one) => one.page.title))
      .not.toContain('Rugs');
    await anna.button('Send').click();
    await anna.page.getByText(/The visitor has left the site/).waitFor();
    expect(await anna.page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('Wait!');
  });
});

describe('a customer’s page', () => {
  it('shows profile, attributes, events and conversations, and follows what happens', async () => {
    const { line, visit } = await comes('/desks', 'Desks');
    const clientId = () => randomBytes(16).toString('base64url');
    const { conversation } = await line.get('conversation:start', {
      clientId: clientId(),
      text: 'Is the desk in stock?',
      visit,
    });
    await line.get('visitor:update', {
      change: { name: 'Ada King', attributes: { plan: 'team', seats: 12 } },
      visit,
    });
    await line.get('event:track', {
      events: [{ clientId: clientId(), name: 'added_to_cart', properties: { price: 240 }, atMs: Date.now() }],
    });
    await goesTo(`visitors/${conversation.visitorId}`);
    await anna.page.getByRole('heading', { name: 'Ada King', level: 1 }).waitFor();
    const part = (name: string) => anna.page.getByRole('region', { name, exact: true });
    await part('Profile').getByText('On the site now').waitFor();
    await part('Attributes').getByText('seats').waitFor();
    await part('Events').getByText('added_to_cart').waitFor();
    await part('Events').getByText('price: 240').waitFor();
    await part('Conversations').getByText('Is the desk in stock?').waitFor();
    expect(await accessibilityFaults(anna.page, ['#work'])).toEqual([]);

    await line.get('message:send', { conversationId: conversation.id, clientId: clientId(), text: 'Hello?' });
    await part('Conversations').getByText('Hello?').waitFor();
    await line.get('visitor:update', { change: { name: 'Ada Lovelace' }, visit });
    await anna.page.getByRole('heading', { name: 'Ada Lovelace', level: 1 }).waitFor();

    const other = await comes('/phone', 'Phone');
    const second = await other.line.get('conversation:start', {
      clientId: clientId(),
      text: 'From my phone',
      visit: other.visit,
    });
    await owner.request('visitor:merge', {
      siteId,
      visitorId: second.conversation.visitorId,
      intoId: conversation.visitorId,
    });
    await part('The same person').getByText('merged by an agent').waitFor();
    await part('Conversations').getByText('From my phone').waitFor();
    await part('Conversations')
      .getByRole('link', { name: /Hello\?/ })
      .click();
    await anna.message('Is the desk in stock?').waitFor();
  });

  it('one that does not exist says so', async () => {
    await goesTo(`visitors/vis_${'x'.repeat(22)}`);
    await anna.page.getByText('There is no such customer').waitFor();
    await goesTo('visitors/mistyped');
    await anna.page.getByText('There is no such customer').waitFor();
  });
});

it('nothing is wider than the window, at any width', async () => {
  await siteShowsVisitors();
  await comes(`/${'long-path-'.repeat(30)}`, 'An exceptionally long title '.repeat(10));
  const wide: string[] = [];
  for (const width of [360, 1024, 1440]) {
    await anna.page.setViewportSize({ width, height: 800 });
    await goesTo('visitors');
    await row('An exceptionally long title').waitFor();
    const over = await anna.page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - innerWidth);
    const cut = await anna.page
      .locator('.visitors-body')
      .evaluate((body) => body.scrollWidth - body.clientWidth);
    if (over > 0 || cut > 0) wide.push(`${width} px: page ${over}, list ${cut}`);
  }
  expect(wide).toEqual([]);
});
