import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { defaultSiteSettings, type SiteSettings } from '../../shared/model/site.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { type HostPages, hostPage, startHostPages } from '../support/host-page.ts';
import { type Owner, signInOwner } from '../support/owner.ts';
import type { Rapport } from '../support/rapport.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

/** The visitor's whole way through the widget, and what several tabs, windows and pages make of it. */

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
let stranger: HostPages;
let owner: Owner;
let stop: () => Promise<void>;
let visitor: Visitor;

const plain = defaultSiteSettings('', []).chat;
const widget = ['rapport-widget, [data-rapport-own]'];

async function siteAsks(chat: Partial<SiteSettings['chat']>) {
  const { sites } = await owner.request('session:open', {});
  const site = sites[0]?.site;
  if (!site) throw new Error('there is no site');
  const settings = { ...site.settings, liveVisitors: false, chat: { ...plain, ...chat } };
  await owner.request('site:update', { siteId: site.id, settings });
}

const nameForm: SiteSettings['chat']['form'] = {
  on: true,
  fields: [{ id: 'name', label: 'Your name', kind: 'text', required: true, options: [] }],
};

/** Name or text of what has the keyboard, inside shadow roots too. */
const focused = (page: Page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });

/** Presses Tab until the keyboard is at what has this name. */
async function tabsTo(page: Page, name: string | RegExp, key = 'Tab') {
  for (let presses = 0; presses < 40; presses += 1) {
    const at = await focused(page);
    if (typeof name === 'string' ? at.trim() === name : name.test(at)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`the keyboard does not get to ${name}; it is at ${await focused(page)}`);
}

const latestId = async () => {
  const all = await owner.conversations();
  return all.sort((a, b) => b.createdAtMs - a.createdAtMs)[0]?.id ?? '';
};
const answer = async (text: string) =>
  owner.request('message:send', { conversationId: await latestId(), clientId: crypto.randomUUID(), text });

beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  owner = await signInOwner(rapport);
  stranger = await startHostPages();
});
afterEach(() => visitor?.leaves());
afterAll(async () => {
  await browser.close();
  await stranger.close();
  await stop();
});

it.each([1280, 360])('the whole way by keyboard alone, axe finds nothing on it, %i px', async (width) => {
  await siteAsks({ consent: { on: true, text: 'We keep what you write.', link: '' }, form: nameForm });
  visitor = await openVisitor(browser, `${demo.origin}/catalogue`, { viewport: { width, height: 740 } });
  const { page, panel, launcher, composer } = visitor;
  const isSound = async () => expect(await accessibilityFaults(page, widget)).toEqual([]);
  const type = (text: string) => page.keyboard.type(text);
  const press = (key: string) => page.keyboard.press(key);

  await launcher.focus();
  await press('Enter');
  await panel.getByText('We keep what you write.').waitFor();
  await isSound();
  await tabsTo(page, 'Agree and go on');
  await press('Enter');
  await composer.waitFor();
  await tabsTo(page, 'Your message');
  await isSound();
  await type('Hello, I ned help');
  await press('Enter');
  await panel.getByLabel('Your name').waitFor();
  await isSound();
  await expect.poll(() => panel.getByLabel('Your name').evaluate((one) => one.matches(':focus'))).toBe(true);
  await type('Zoë');
  await press('Enter');
  await visitor.message('Hello, I ned help').getByText('Sent', { exact: true }).waitFor();
  await isSound();

  const choosing = page.waitForEvent('filechooser');
  await tabsTo(page, 'Add files');
  await press('Enter');
  await (await choosing).setFiles([
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Oak, 80 cm') },
  ]);
  await panel.getByRole('list', { name: 'Files to send' }).waitFor();
  await isSound();
  await tabsTo(page, 'Your message');
  await press('Enter');
  await panel.getByRole('button', { name: /^Download notes\.txt/ }).waitFor();

  await tabsTo(page, 'Add an emoji');
  await press('Enter');
  const search = panel.getByRole('searchbox', { name: 'Search emoji' });
  await search.waitFor();
  await isSound();
  await expect.poll(() => search.evaluate((one) => one.matches(':focus'))).toBe(true);
  await type('waving hand');
  await press('ArrowDown');
  await press('Enter');
  await expect.poll(() => composer.inputValue()).toContain('👋');
  await press('Enter');
  await visitor.message('👋').getByText('Sent', { exact: true }).waitFor();
  // Only who has been answered is asked how it was.
  await answer('Gladly');
  await visitor.message('Gladly').waitFor();

  await tabsTo(page, 'Change or delete this message', 'Shift+Tab');
  await press('Enter');
  await panel.getByRole('menuitem', { name: 'Change' }).waitFor();
  await isSound();
  await press('Enter');
  await panel.getByText('You are changing your message').waitFor();
  await isSound();
  await expect.poll(() => focused(page)).toBe('Your message');
  await type('!');
  await press('Enter');
  await visitor.messages.getByText('edited').waitFor();

  await tabsTo(page, 'More', 'Shift+Tab');
  await press('Enter');
  await panel.getByRole('menu').waitFor();
  await isSound();
  const saving = page.waitForEvent('download');
  await type('d');
  await press('Enter');
  await saving;
  await panel.getByRole('menu').waitFor({ state: 'detached' });
  await press('Enter');
  await panel.getByRole('menu').waitFor();
  await type('s');
  await press('Enter');
  await panel.getByRole('menuitemcheckbox', { checked: false }).waitFor();
  await type('e');
  await press('Enter');
  await panel.getByText('You ended this conversation.').waitFor();
  await isSound();
  await press('Escape');
  await panel.waitFor({ state: 'detached' });
  await expect.poll(() => launcher.evaluate((button) => button.matches(':focus'))).toBe(true);
  // The end and the question that follows it have arrived.
  await expect.poll(() => launcher.getAttribute('aria-label')).toContain('a question for you');

  await press('Enter');
  await panel.waitFor();
  const score = panel.getByRole('radio').last();
  await score.waitFor();
  await isSound();
  await score.focus();
  await press('Space');
  await tabsTo(page, 'Send answer');
  await press('Enter');
  await panel.getByText('Thank you').first().waitFor();
  await isSound();
  await tabsTo(page, 'More', 'Shift+Tab');
  await press('Enter');
  await panel.getByRole('menu').waitFor();
  await type('n');
  await press('Enter');
  await expect.poll(() => focused(page)).toBe('Your message');
  await type('One more thing');
  await press('Enter');
  await visitor.message('One more thing').getByText('Sent', { exact: true }).waitFor();
  await press('Escape');
  await panel.waitFor({ state: 'detached' });
  await expect.poll(() => launcher.evaluate((button) => button.matches(':focus'))).toBe(true);
});

it('looks right with forced colours and reduced motion, and shows where the keyboard is', async () => {
  await siteAsks({});
  visitor = await openVisitor(browser, `${demo.origin}/catalogue`);
  const { page, panel } = visitor;
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await visitor.opensChat();
  await visitor.writes('In high contrast');
  await visitor.message('In high contrast').getByText('Sent', { exact: true }).waitFor();
  expect(await accessibilityFaults(page, widget)).toEqual([]);
  const style = (name: string, property: string) =>
    panel
      .getByRole('button', { name, exact: true })
      .evaluate((button, key) => getComputedStyle(button).getPropertyValue(key), property);
  await tabsTo(page, 'Close', 'Shift+Tab');
  expect(await style('Close', 'outline-style')).toBe('solid');
  expect(Number.parseFloat(await style('Close', 'outline-width'))).toBeGreaterThanOrEqual(2);
  expect(await panel.evaluate((box) => getComputedStyle(box).borderTopStyle)).toBe('solid');
  const moving = await page.evaluate(
    () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
  );
  expect(moving).toBe(0);
});

it('one sound over two tabs, and none in either when one of them is muted', async () => {
  await siteAsks({});
  visitor = await openVisitor(browser, `${demo.origin}/catalogue`);
  // Counts notes; a chime has two.
  await visitor.context.addInitScript(() => {
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...args: Parameters<typeof start>) {
      const count = Number(localStorage.getItem('notes') ?? 0) + 1;
      localStorage.setItem('notes', String(count));
      return start.apply(this, args);
    };
  });
  await visitor.page.reload();
  const notes = () => visitor.page.evaluate(() => Number(localStorage.getItem('notes') ?? 0));
  await visitor.opensChat();
  await visitor.writes('Ring me');
  await visitor.message('Ring me').getByText('Sent', { exact: true }).waitFor();
  await visitor.page.keyboard.press('Escape');
  const other = await visitor.opensTab(`${demo.origin}/about`);
  await other.launcher.waitFor();
  await other.page.locator('body').click({ position: { x: 5, y: 5 } });
  await answer('First ring');
  await expect.poll(() => other.launcher.getAttribute('aria-label')).toContain('1 unread');
  await expect.poll(notes).toBe(2);

  await other.opensChat();
  await other.panel.getByRole('button', { name: 'More', exact: true }).click();
  await other.panel.getByRole('menuitemcheckbox').click();
  await other.panel.getByRole('menuitemcheckbox', { checked: false }).waitFor();
  await visitor.opensChat();
  await visitor.panel.getByRole('button', { name: 'More', exact: true }).click();
  await visitor.panel.getByRole('menuitemcheckbox', { checked: false }).waitFor();
  await visitor.page.keyboard.press('Escape');
  for (const { page, panel } of [visitor, other]) {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  }
  await answer('Second ring');
  await expect.poll(() => visitor.launcher.getAttribute('aria-label')).toContain('1 unread');
  await expect.poll(() => other.launcher.getAttribute('aria-label')).toContain('1 unread');
  expect(await notes()).toBe(2);
});

describe('files of a first message that meets the form', () => {
  it('are there again after the way back and after a page load, and go with the message', async () => {
    await siteAsks({ form: nameForm });
    visitor = await openVisitor(browser, `${demo.origin}/catalogue`);
    const { page, panel, composer } = visitor;
    await visitor.opensChat();
    await panel
      .locator('input[type=file]')
      .setInputFiles([{ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Oak') }]);
    const tray = panel.getByRole('list', { name: 'Files to send' });
    await tray.waitFor();
    await composer.fill('With a file');
    await composer.press('Enter');
    await panel.getByLabel('Your name').waitFor();
    await panel.getByText('notes.txt').waitFor();
    await panel.getByRole('button', { name: 'Back to start' }).click();
    await tray.getByText('notes.txt').waitFor();
    await page.reload();
    // A panel that was open opens by itself.
    await panel.waitFor();
    await tray.getByText('notes.txt').waitFor();
    await composer.press('Enter');
    await panel.getByLabel('Your name').fill('Zoë');
    await panel.getByLabel('Your name').press('Enter');
    const message = visitor.message('With a file');
    await message.getByText('Sent', { exact: true }).waitFor();
    await message.getByRole('button', { name: /^Download notes\.txt/ }).waitFor();
  });
});

it('a page that the site does not list cannot hand a visitor over', async () => {
  stranger.serve('/', { html: hostPage({ body: '<button>Open</button>' }) });
  visitor = await openVisitor(browser, `${stranger.origin}/`);
  const { page } = visitor;
  const opening = page.waitForEvent('popup');
  await page.evaluate((address) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { asked });
    addEventListener('message', (event) => asked.push(event.data));
    window.open(address);
  }, `${rapport.origin}/popout/pk_demo#${stranger.origin}`);
  const popup = await opening;
  await popup.getByText('This window belongs to a chat on another page.').waitFor();
  expect(await page.evaluate(() => (globalThis as unknown as { asked: unknown[] }).asked)).toEqual([]);
});
