import type { Browser, Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, openAgent } from '../support/agent.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { type Owner, signInOwner } from '../support/owner.ts';
import type { Rapport } from '../support/rapport.ts';
import { writeFromAfar } from '../support/visitor.ts';

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
let owner: Owner;
let anna: Agent;
let stop: () => Promise<void>;
let siteId: string;
const labelId = 'lbl_refundrefundrefundref';
let numbered = 0;
const clientId = () => `client-of-a-test-${String(++numbered).padStart(6, '0')}`;

beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  owner = await signInOwner(rapport);
  siteId = (await owner.request('session:open', {})).sites[0]?.site.id ?? '';
  await owner.request('workspace:save', {
    siteId,
    item: { kind: 'label', id: labelId, name: 'refund', color: '#a34700' },
  });
  anna = await openAgent(browser, rapport);
});
afterAll(async () => {
  await browser.close();
  await stop();
});

const writes = (text: string) => writeFromAfar(rapport, demo.origin, text);
const goesTo = (path: string) => anna.page.goto(`${rapport.origin}/console/${path}`);
const view = (name: string) =>
  anna.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name });
const counted = (name: string) => view(name).locator('.inbox-view-count').textContent();

describe('the views', () => {
  it('follow what a colleague does, and count it', async () => {
    const { conversationId } = await writes('I want my money back');
    await goesTo('inbox?view=unassigned');
    await anna.row('I want my money back').waitFor();
    await expect.poll(() => counted('Unassigned')).toBe('1');
    const facts = () => ({ conversationId, clientId: clientId() });
    const { agent: me } = await owner.request('session:open', {});

    await owner.request('conversation:assign', { ...facts(), agentId: me.id });
    await expect.poll(() => anna.rows.count()).toBe(0);
    await anna.page.getByText('Everything has somebody').waitFor();
    await expect.poll(() => counted('Mine')).toBe('1');
    await view('Mine').click();
    await anna.row('I want my money back').waitFor();

    await owner.request('conversation:label', { ...facts(), added: [labelId], removed: [] });
    await anna.row('I want my money back').getByText('refund').waitFor();
    await owner.request('conversation:setPriority', { ...facts(), priority: 'urgent' });
    await anna.row('I want my money back').getByText('Urgent').waitFor();
    await owner.request('conversation:snooze', { ...facts(), untilMs: Date.now() + 26 * 60 * 60_000 });
    await expect.poll(() => anna.rows.count()).toBe(0);
    await anna.page.keyboard.press('g');
    await anna.page.keyboard.press('z');
    await anna.row('I want my money back').waitFor();
    expect(new URL(anna.page.url()).search).toBe('?view=snoozed');
    expect(await accessibilityFaults(anna.page)).toEqual([]);
  });

  it('a filter stands in the address: it outlives a reload, and back returns to it', async () => {
    const { conversationId } = await writes('This one has the label');
    await writes('This one has not');
    await owner.request('conversation:label', {
      conversationId,
      clientId: clientId(),
      added: [labelId],
      removed: [],
    });
    await goesTo('inbox');
    await anna.row('This one has not').waitFor();
    await anna.page.keyboard.press('f');
    await anna.page.getByRole('checkbox', { name: 'refund' }).press('Space');
    await expect.poll(() => anna.row('This one has not').count()).toBe(0);
    await anna.row('This one has the label').waitFor();
    expect(await accessibilityFaults(anna.page)).toEqual([]);
    await anna.page.keyboard.press('Escape');
    await anna.button('Filter, 1 in use').waitFor();
    const chips = anna.page.getByRole('list', { name: 'Filter in use' });
    await chips.getByText('refund').waitFor();

    await anna.page.reload();
    await anna.row('This one has the label').waitFor();
    await expect.poll(() => anna.rows.count()).toBe(1);
    await anna.opens('This one has the label');
    await anna.page.goBack();
    await chips.getByText('refund').waitFor();
    await anna.page.getByRole('button', { name: 'Clear' }).click();
    await anna.row('This one has not').waitFor();
    expect(new URL(anna.page.url()).search).toBe('');
  });

  it('an empty one says why, and clears its filter', async () => {
    await goesTo('inbox?verified=yes');
    await anna.page.getByText('Nothing fits the filter').waitFor();
    await anna.page.getByRole('link', { name: 'Clear the filter' }).click();
    await anna.rows.first().waitFor();
    await view('Mentions').click();
    await anna.page.getByText('Nobody has mentioned you yet').waitFor();
  });
});

describe('searching', () => {
  const found = (text: string) => anna.page.locator('.search-result', { hasText: text });
  const field = () => anna.page.getByRole('searchbox', { name: 'Search messages and customers' });
  const focused = () => anna.page.evaluate(() => document.activeElement?.textContent ?? '');

  it('leads by keyboard alone to the message, and back to the results', async () => {
    const visitor = await writes('Where is the walnut sideboard?');
    for (let n = 0; n < 12; n++) await visitor.writes(`Line ${n} about nothing`);
    await goesTo('inbox');
    await anna.rows.first().waitFor();
    await anna.page.keyboard.press('/');
    await expect.poll(() => field().evaluate((one) => one === document.activeElement)).toBe(true);
    await anna.page.keyboard.type('sideboard waln');
    await found('Where is the walnut sideboard?').waitFor();
    await expect
      .poll(() => found('sideboard').locator('mark').allTextContents())
      .toEqual(['waln', 'sideboard'].map((word) => expect.stringContaining(word)));
    expect(await accessibilityFaults(anna.page)).toEqual([]);
    await anna.page.keyboard.press('ArrowDown');
    await expect.poll(focused).toContain('walnut');
    await anna.page.keyboard.press('Enter');
    await anna.message('Where is the walnut sideboard?').waitFor();
    expect(new URL(anna.page.url()).searchParams.get('seq')).toBe('1');
    await anna.page.goBack();
    await found('Where is the walnut sideboard?').waitFor();
    await expect.poll(() => field().inputValue()).toBe('sideboard waln');
  });

  it('says when nothing is found, and remembers what led somewhere', async () => {
    await goesTo('search?q=zebrafinch');
    await anna.page.getByText('Nothing found for “zebrafinch”').waitFor();
    await field().fill('');
    await anna.page.getByRole('button', { name: 'sideboard waln' }).click();
    await found('Where is the walnut sideboard?').waitFor();
  });
});

describe('commands', () => {
  const menu = () => anna.page.getByRole('dialog', { name: 'Command menu' });
  const box = () => menu().getByRole('combobox');
  const active = () => menu().locator('[aria-selected="true"]').textContent();

  it('are found by a few letters, and what was used last stands first', async () => {
    await writes('Somebody is here');
    await goesTo('inbox');
    await anna.rows.first().waitFor();
    await anna.page.keyboard.press('Control+k');
    await expect.poll(() => box().evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await accessibilityFaults(anna.page)).toEqual([]);
    await anna.page.keyboard.type('snoozd conv');
    await expect.poll(active).toContain('Show snoozed conversations');
    await anna.page.keyboard.press('Enter');
    await expect.poll(() => new URL(anna.page.url()).search).toBe('?view=snoozed');
    await expect.poll(() => menu().count()).toBe(0);
    await anna.page.keyboard.press('Control+k');
    await expect.poll(active).toContain('Show snoozed conversations');
    await anna.page.keyboard.press('Escape');
    await expect.poll(() => menu().count()).toBe(0);
  });

  it('take the focus where they belong, and the menu gives it back', async () => {
    await writes('Somebody else is here');
    await goesTo('inbox');
    await anna.opens('Somebody else is here');
    const focused = (name: RegExp) =>
      anna.page.getByRole('textbox', { name }).evaluate((one) => one === document.activeElement);
    await expect.poll(() => focused(/^Reply to/)).toBe(true);
    await anna.page.keyboard.press('Control+k');
    await expect.poll(() => box().count()).toBe(1);
    await anna.page.keyboard.press('Escape');
    await expect.poll(() => menu().count()).toBe(0);
    await expect.poll(() => focused(/^Reply to/)).toBe(true);
    await anna.page.keyboard.press('Escape');
    await anna.page.keyboard.press('Control+k');
    await anna.page.keyboard.type('private note');
    await anna.page.keyboard.press('Enter');
    await expect.poll(() => focused(/^Private note about/)).toBe(true);
  });

  it('set the presence, which outlives a reload and is said in words', async () => {
    await goesTo('inbox');
    await anna.page.getByRole('button', { name: 'Owner: account, online' }).waitFor();
    await anna.page.keyboard.press('Control+k');
    await anna.page.keyboard.type('set yourself away');
    await anna.page.keyboard.press('Enter');
    await anna.page.getByRole('button', { name: 'Owner: account, away' }).waitFor();
    await anna.page.reload();
    await anna.page.getByRole('button', { name: 'Owner: account, away' }).click();
    await anna.page.getByRole('menuitemradio', { name: /^Online/ }).click();
    await anna.page.getByRole('button', { name: 'Owner: account, online' }).waitFor();
  });

  it('keys count from the moment in which the page, a menu or a field shows', async () => {
    const page = await anna.context.newPage();
    // Nobody is faster: the keys are pressed before the browser has drawn what they are for.
    await page.addInitScript(() => {
      new MutationObserver((_, watcher) => {
        if (!document.querySelector('.console')) return;
        watcher.disconnect();
        const keys = { key: 'k', ctrlKey: true, bubbles: true };
        document.body.dispatchEvent(new KeyboardEvent('keydown', keys));
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(`${rapport.origin}/console/settings/labels`);
    await page.getByRole('dialog', { name: 'Command menu' }).waitFor();
    await page.keyboard.press('Escape');
    const focusedAfter = (button: Locator) =>
      button.evaluate(async (element: HTMLElement) => {
        element.click();
        // It is drawn with the next microtask, and seen later.
        await new Promise<void>((resolve) => queueMicrotask(resolve));
        return document.activeElement?.outerHTML;
      });
    expect(await focusedAfter(page.getByRole('button', { name: /: account/ }))).toContain('menuitemradio');
    expect(await focusedAfter(page.getByRole('button', { name: 'New label' }))).toContain('<input');
    await page.close();
  });

  it('the sheet tells the keys of the page that is shown', async () => {
    await writes('Somebody is here');
    await goesTo('inbox');
    await anna.rows.first().waitFor();
    await anna.page.keyboard.press('?');
    const sheet = anna.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Filter by label, team, site or verified').waitFor();
    expect(await sheet.getByText('Close the conversation').count()).toBe(0);
    expect(await accessibilityFaults(anna.page)).toEqual([]);
    await anna.page.keyboard.press('Escape');
    await anna.page.keyboard.press('w');
    await anna.composer.waitFor();
    await anna.page.keyboard.press('?');
    await sheet.getByText('Close the conversation').first().waitFor();
    await anna.page.keyboard.press('Escape');
  });
});
