import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, openAgent } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { type Owner, signInOwner } from '../support/owner.ts';
import type { Rapport } from '../support/rapport.ts';
import { png } from '../support/sample-files.ts';
import { writeFromAfar } from '../support/visitor.ts';

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
let owner: Owner;
let anna: Agent;
let siteId: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  owner = await signInOwner(rapport);
  siteId = (await owner.request('session:open', {})).sites[0]?.site.id ?? '';
  await owner.request('workspace:save', {
    siteId,
    item: { kind: 'label', id: 'lbl_aaaaaaaaaaaaaaaaaaaaaa', name: 'Refund', color: '#c0611f' },
  });
  anna = await openAgent(browser, rapport);
});
afterAll(async () => {
  await browser.close();
  await stop();
});

const option = (name: string | RegExp) => anna.page.getByRole('option', { name });
const undo = (text: string) =>
  anna.page.locator('.toast', { hasText: text }).getByRole('button', { name: 'Undo' }).click();

async function opened(text: string, shown = text) {
  const visitor = await writeFromAfar(rapport, demo.origin, text);
  const { conversationId } = visitor;
  await anna.page.goto(`${rapport.origin}/console/inbox/${conversationId}`);
  await anna.message(shown).waitFor();
  await anna.page.keyboard.press('Escape');
  const state = async () => (await owner.request('conversation:open', { conversationId })).row.conversation;
  return { ...visitor, state };
}

describe('work on a conversation', () => {
  it('a label and a priority are taken back by Undo, here and at the server', async () => {
    const { state } = await opened('My parcel is late');
    await anna.page.keyboard.press('l');
    await option('Refund').click();
    await expect.poll(async () => (await state()).labels).toHaveLength(1);
    await undo('Label “Refund” added.');
    await expect.poll(async () => (await state()).labels).toEqual([]);
    await expect.poll(() => anna.page.locator('.conversation-labels .label-mark').count()).toBe(0);

    await anna.page.keyboard.press('p');
    await option('Urgent').click();
    await expect.poll(async () => (await state()).priority).toBe('urgent');
    await undo('Priority: Urgent.');
    await expect.poll(async () => (await state()).priority).toBe('normal');
    await anna.button('Priority: Normal').waitFor();
  });

  it('who is to answer is chosen by how much each has to do, at all of the site', async () => {
    const busy = await owner.addsAgent('Ben');
    const ben = await openAgent(browser, rapport, { signIn: busy });
    const { members } = await owner.request('team:list', { siteId });
    const agentId = members.find(({ name }) => name === 'Ben')?.id ?? '';
    for (const [index, text] of ['One', 'Two'].entries()) {
      const { conversationId } = await writeFromAfar(rapport, demo.origin, text);
      const clientId = `give-to-ben-number-${index}`.padEnd(22, '0');
      await owner.request('conversation:assign', { conversationId, clientId, agentId });
    }
    // The list in view holds none of them.
    await opened('Who has time?');
    await anna.page.goto(`${anna.page.url()}?view=snoozed`);
    await anna.message('Who has time?').waitFor();
    await anna.button('Assign').click();
    await expect.poll(() => option(/^Ben/).textContent()).toContain('online, 2 open');
    await ben.leaves();
  });

  it('an own picture stands at the account, at what one writes, and where colleagues are chosen', async () => {
    await anna.page.goto(`${rapport.origin}/console/settings/account`);
    await anna.page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: png(200, 200) });
    const account = anna.page.locator('.account img.avatar-picture');
    await account.waitFor();
    await opened('Who are you?');
    await anna.answers('I am Anna');
    await anna.message('I am Anna').locator('.message-head img.avatar-picture').waitFor();
    await anna.button('Assign').click();
    await option('Assign to me').locator('img.avatar-picture').waitFor();
    await anna.page.keyboard.press('Escape');
  });

  it('what came while nobody looked begins with “New”, also when the conversation stayed open', async () => {
    const visitor = await opened('I am back in a minute');
    const divider = anna.page.locator('.messages-unread + .message');
    await anna.answers('Take your time');
    await anna.message('Take your time').getByText('Sent', { exact: true }).waitFor();
    await expect.poll(() => divider.count()).toBe(0);
    const look = (visibility: 'hidden' | 'visible') =>
      anna.page.evaluate((value) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value });
        document.dispatchEvent(new Event('visibilitychange'));
      }, visibility);
    await look('hidden');
    await visitor.writes('Here I am');
    await visitor.writes('Are you there?');
    await anna.message('Are you there?').waitFor();
    await look('visible');
    await expect.poll(() => divider.textContent()).toContain('Here I am');
    await expect.poll(async () => (await visitor.state()).unreadByAgents).toEqual([]);
    await expect.poll(() => divider.textContent()).toContain('Here I am');
  });

  it('a list shows words, not the marks around them', async () => {
    await opened('Is it the **dark** or the *light* one?', 'Is it the dark or the light one?');
    await expect
      .poll(() => anna.row('Is it the dark').locator('.inbox-last').textContent())
      .toBe('Is it the dark or the light one?');
  });

  it('emoji take the skin that was chosen, and keep it', async () => {
    await opened('Hello!');
    const picker = anna.page.getByRole('dialog', { name: 'Emoji' });
    const pick = async () => {
      await anna.button('Emoji').click();
      await picker.getByRole('combobox').fill('waving hand');
    };
    await pick();
    await picker.getByRole('radio', { name: 'Medium dark' }).check({ force: true });
    await picker.getByRole('option', { name: 'waving hand' }).click();
    await expect.poll(() => anna.composer.inputValue()).toBe('👋🏾');
    await anna.page.reload();
    await pick();
    await anna.page.keyboard.press('Enter');
    await expect.poll(() => anna.composer.inputValue()).toBe('👋🏾👋🏾');
  });
});

describe('what is told', () => {
  beforeAll(async () => {
    for (let index = 0; index < 10; index += 1) await writeFromAfar(rapport, demo.origin, `Row ${index}`);
  });

  it.each([
    ['in the inbox', 1440, 'inbox?view=all'],
    ['in the inbox', 360, 'inbox?view=all'],
    ['in a conversation', 1440, null],
    ['in a conversation', 360, null],
    ['in the settings', 1440, 'settings/labels'],
    ['in the settings', 360, 'settings/labels'],
  ])('covers no row and no control: %s, %i px wide', async (_where, width, path) => {
    const page = await anna.context.newPage();
    await page.setViewportSize({ width, height: 700 });
    const { conversationId } = await writeFromAfar(rapport, demo.origin, 'Tell me');
    await page.goto(`${rapport.origin}/console/inbox/${conversationId}`);
    await page.getByRole('textbox', { name: /^Reply to/ }).waitFor();
    await page.keyboard.press('Escape');
    for (const priority of ['Urgent', 'Low']) {
      await page.keyboard.press('p');
      await page.getByRole('option', { name: priority }).click();
    }
    if (path) {
      // Within the page: a load would end what is told.
      await page.evaluate((to) => {
        history.pushState(null, '', to);
        dispatchEvent(new PopStateEvent('popstate'));
      }, `${rapport.origin}/console/${path}`);
      await page
        .locator(path.startsWith('inbox') ? 'a.inbox-row' : 'main')
        .first()
        .waitFor();
      await expect.poll(() => page.locator('.conversation').count()).toBe(0);
    }
    const toasts = page.locator('.toast');
    // It has come to rest by then, and the page has made room.
    await toasts.first().hover();
    const covered = await toasts.evaluateAll((all) =>
      all.map((toast) => {
        const { left, top, width, height } = toast.getBoundingClientRect();
        return [0.02, 0.25, 0.5, 0.75, 0.98]
          .flatMap((x) => [0.05, 0.5, 0.95].map((y) => [left + x * width, top + y * height] as const))
          .flatMap(([x, y]) => document.elementsFromPoint(x, y))
          .filter((one) => one.matches('a, button, input, textarea, select') && !one.closest('.toast'))
          .map((one) => one.outerHTML.slice(0, 80));
      }),
    );
    expect(covered).toEqual([[], []]);
    await page.close();
  });
});
