import type { Browser, BrowserContext } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { type Owner, signInOwner } from '../support/owner.ts';
import type { Rapport } from '../support/rapport.ts';
import { openVisitor } from '../support/visitor.ts';

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
let owner: Owner;
let stop: () => Promise<void>;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  owner = await signInOwner(rapport);
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
afterAll(async () => {
  await browser.close();
  await stop();
});

const clientId = () => crypto.randomUUID();

/** A visitor who has begun a conversation with this text. While nobody is at the console the address is asked for. */
async function visitorWith(text: string, options: { colorScheme?: 'light' | 'dark' } = {}) {
  const visitor = await openVisitor(browser, `${demo.origin}/about`, options);
  contexts.push(visitor.context);
  await visitor.opensChat();
  await visitor.writes(text);
  const form = visitor.panel.getByRole('button', { name: 'Send message' });
  const sent = visitor.messages.getByText('Sent', { exact: true });
  await form.or(sent).waitFor();
  if (await form.isVisible()) await form.click();
  await sent.waitFor();
  return { visitor, conversationId: await conversationWith(text) };
}

async function conversationWith(text: string): Promise<string> {
  const all = await owner.conversations();
  const found = all.find(({ lastMessage }) => lastMessage?.preview.startsWith(text));
  if (!found) throw new Error(`no conversation with "${text}"`);
  return found.id;
}

const answer = (conversationId: string, text: string) =>
  owner.request('message:send', { conversationId, clientId: clientId(), text });

const file = (name: string, mimeType: string, content: string | Buffer) => ({
  name,
  mimeType,
  buffer: Buffer.from(content),
});
/** The smallest whole PNG: one grey pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

describe('formatting', () => {
  it('shows what was meant, and never as markup', async () => {
    const { visitor } = await visitorWith('**Hello** <img src=x onerror=alert(1)> https://a.example/x');
    const bubble = visitor.message('Hello').locator('.bubble');
    await bubble.locator('b', { hasText: 'Hello' }).waitFor();
    expect(await bubble.locator('a').getAttribute('href')).toBe('https://a.example/x');
    expect(await bubble.locator('img').count()).toBe(0);
    expect(await bubble.textContent()).toContain('<img src=x onerror=alert(1)>');
  });
});

describe('an own message', () => {
  it('is changed and taken back by keyboard alone', async () => {
    const { visitor, conversationId } = await visitorWith('Hello, I ned help');
    const { page, panel, composer } = visitor;
    await composer.fill('a begun draft');
    await panel.getByRole('button', { name: 'Change or delete this message' }).focus();
    await page.keyboard.press('Enter');
    await panel.getByRole('menuitem', { name: 'Change' }).waitFor();
    await page.keyboard.press('Enter');
    await panel.getByText('You are changing your message').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => composer.inputValue()).toBe('a begun draft');

    await panel.getByRole('button', { name: 'Change or delete this message' }).focus();
    await page.keyboard.press('Enter');
    await panel.getByRole('menuitem', { name: 'Change' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => composer.inputValue()).toBe('Hello, I ned help');
    await composer.fill('Hello, I need help');
    await page.keyboard.press('Enter');
    await visitor.message('Hello, I need help').getByText('edited').waitFor();
    await visitor.message('Hello, I need help').getByText('Sent', { exact: true }).waitFor();
    await expect.poll(() => composer.inputValue()).toBe('a begun draft');

    await panel.getByRole('button', { name: 'Change or delete this message' }).focus();
    await page.keyboard.press('Enter');
    await panel.getByRole('menuitem', { name: 'Delete' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    // What cannot be undone is not the first choice.
    await panel.getByRole('menuitem', { name: 'Yes, delete' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await visitor.messages.getByText('Message deleted').waitFor();
    await expect
      .poll(async () => JSON.stringify(await owner.request('conversation:open', { conversationId })))
      .not.toContain('need help');
  });
});

describe('files', () => {
  it('are checked at their place, sent with the text, and shown on every page', async () => {
    const { visitor, conversationId } = await visitorWith('Hello, here are my files');
    const { page, panel, composer } = visitor;
    await panel
      .locator('input[type=file]')
      .setInputFiles([
        file('chair.png', 'image/png', png),
        file('notes.txt', 'text/plain', 'Oak, 80 cm'),
        file('setup.exe', 'application/x-msdownload', 'MZ'),
        file('empty.txt', 'text/plain', ''),
      ]);
    const tray = panel.getByRole('list', { name: 'Files to send' });
    await tray
      .getByRole('listitem')
      .filter({ hasText: 'setup.exe' })
      .getByText('cannot be sent here')
      .waitFor();
    await tray
      .getByRole('listitem')
      .filter({ hasText: 'empty.txt' })
      .getByText('The file is empty.')
      .waitFor();
    await composer.fill('Two of them are fine');
    await composer.press('Enter');
    const message = visitor.message('Two of them are fine');
    await message.getByText('Sent', { exact: true }).waitFor();
    await message.getByRole('button', { name: 'Download notes.txt 10 B' }).waitFor();
    const { entries } = await owner.request('conversation:open', { conversationId });
    expect(entries.at(-1)).toMatchObject({
      kind: 'message',
      payload: { text: 'Two of them are fine', files: [{ name: 'chair.png' }, { name: 'notes.txt' }] },
    });

    await page.reload();
    await panel.waitFor();
    const picture = message.getByRole('button', { name: 'Show chair.png larger' });
    await picture.locator('img').waitFor();
    await picture.click();
    const large = page.getByRole('dialog', { name: 'chair.png' });
    await large.getByRole('button', { name: 'Close' }).waitFor();
    await page.keyboard.press('Escape');
    await large.waitFor({ state: 'hidden' });
    expect(await panel.isVisible()).toBe(true);

    const download = page.waitForEvent('download');
    await message.getByRole('button', { name: /^Download notes\.txt/ }).click();
    expect((await download).suggestedFilename()).toBe('notes.txt');
  });

  it('wait together with their message when the part that sends them cannot be loaded', async () => {
    const { visitor } = await visitorWith('Hello before the tunnel');
    const { panel, composer, context } = visitor;
    await context.route(/\/parts\/chat-files/, (route) => route.abort());
    await panel.locator('input[type=file]').setInputFiles([file('plan.txt', 'text/plain', 'oak')]);
    await panel.getByText('This could not be loaded.').waitFor();
    await composer.fill('Here is the plan');
    await composer.press('Enter');
    expect(await composer.inputValue()).toBe('Here is the plan');
    await context.unroute(/\/parts\/chat-files/);
    await panel.getByRole('button', { name: 'Try again' }).click();
    await visitor
      .message('Here is the plan')
      .getByRole('button', { name: /Download plan\.txt/ })
      .waitFor();
  });

  it('chosen without a connection go out after the page was loaded again', async () => {
    const { visitor } = await visitorWith('Hello from a train');
    const { page, panel, composer, context } = visitor;
    // Its parts are here before the tunnel.
    await panel.locator('input[type=file]').setInputFiles([file('first.txt', 'text/plain', 'one')]);
    await panel.getByRole('list', { name: 'Files to send' }).waitFor();
    await context.route(/\/api\/visitor\/files/, (route) => route.abort());
    await composer.fill('In the tunnel');
    await composer.press('Enter');
    await visitor.message('In the tunnel').getByText('Sending').waitFor();
    await page.reload();
    await context.unroute(/\/api\/visitor\/files/);
    await visitor.message('In the tunnel').getByText('Sent', { exact: true }).waitFor();
    await visitor
      .message('In the tunnel')
      .getByRole('button', { name: /Download first\.txt/ })
      .waitFor();
  });
});

describe('emoji', () => {
  it('is found, chosen in a skin tone and put where the caret is, by keyboard alone', async () => {
    const { visitor } = await visitorWith('Hello with a smile');
    const { page, panel, composer } = visitor;
    await composer.fill('Hi  there');
    await composer.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(3, 3));
    await panel.getByRole('button', { name: 'Add an emoji' }).focus();
    await page.keyboard.press('Enter');
    const search = panel.getByRole('searchbox', { name: 'Search emoji' });
    await search.waitFor();
    await panel.getByRole('combobox', { name: 'Skin tone' }).selectOption({ label: '✋🏽' });
    await search.fill('waving');
    await search.press('ArrowDown');
    await panel.getByRole('button', { name: 'waving hand' }).press('Enter');
    await expect.poll(() => composer.inputValue()).toBe('Hi 👋🏽 there');
    await expect.poll(() => composer.evaluate((area) => area.matches(':focus'))).toBe(true);

    await panel.getByRole('button', { name: 'Add an emoji' }).click();
    await panel.getByRole('button', { name: 'Used last' }).waitFor();
    await page.keyboard.press('Escape');
    await search.waitFor({ state: 'hidden' });
    expect(await panel.isVisible()).toBe(true);
  });
});

describe('a long conversation', () => {
  it('opens at its end, marks what is new, and loads what was before when the reader goes up', async () => {
    const { visitor, conversationId } = await visitorWith('Hello, tell me everything');
    await visitor.page.keyboard.press('Escape');
    await visitor.panel.waitFor({ state: 'hidden' });
    const facts = Array.from({ length: 18 }, (_, index) => index + 1);
    const tell = async (numbers: number[]) => {
      for (const number of numbers) await answer(conversationId, `fact number ${number}.`);
    };
    await tell(facts.slice(0, 9));
    // What agents do among themselves lengthens the log, and a visitor sees nothing of it.
    for (let turn = 0; turn < 120; turn += 1) {
      const priority = turn % 2 ? 'normal' : 'high';
      await owner.request('conversation:setPriority', { conversationId, clientId: clientId(), priority });
    }
    await tell(facts.slice(9));
    await visitor.page.reload();
    await visitor.launcher.click();
    await visitor.messages.getByText('New messages').waitFor();
    await visitor.message('fact number 18.').waitFor();
    await visitor.message('fact number 10.').waitFor();

    await expect
      .poll(async () => {
        await visitor.messages.evaluate((list) => {
          list.scrollTop = Math.min(list.scrollTop, 300);
          list.dispatchEvent(new Event('scroll'));
        });
        return visitor.messages.getByText('Hello, tell me everything').count();
      })
      .toBe(1);
    const numbers = await visitor.messages
      .locator('.theirs .bubble')
      .evaluateAll((bubbles) => bubbles.map((one) => Number(/\d+/.exec(one.textContent ?? '')?.[0])));
    expect(numbers).toEqual(facts);
  });

  it('only what agents write from now on is read out', async () => {
    const { visitor, conversationId } = await visitorWith('Hello, read to me');
    const said = visitor.panel.locator('[aria-live=polite] p');
    expect(await said.count()).toBe(0);
    await answer(conversationId, 'Good morning');
    await expect.poll(() => said.allTextContents()).toEqual([expect.stringMatching(/: Good morning$/)]);
    await visitor.page.reload();
    await visitor.message('Good morning').waitFor();
    expect(await said.count()).toBe(0);
  });
});

it('a message that reaches a closed panel is told as delivered, one that is seen as read', async () => {
  const { visitor, conversationId } = await visitorWith('Hello, ticks please');
  const state = async () => (await owner.request('conversation:open', { conversationId })).row.conversation;
  await visitor.page.keyboard.press('Escape');
  await visitor.panel.waitFor({ state: 'hidden' });
  await answer(conversationId, 'Delivered, not read');
  await expect.poll(async () => (await state()).visitorDeliveredSeq).toBeGreaterThan(1);
  expect((await state()).visitorReadSeq).toBe(0);
  await visitor.launcher.click();
  await visitor.message('Delivered, not read').waitFor();
  await expect.poll(async () => (await state()).unreadByVisitor).toEqual([]);
});

it('all conversations are listed, closed ones too, and another can be begun', async () => {
  const { visitor, conversationId } = await visitorWith('Hello, first matter');
  await owner.request('conversation:setStatus', { conversationId, clientId: clientId(), status: 'closed' });
  await visitor.messages.getByText('closed this conversation').waitFor();
  await visitor.panel.getByRole('button', { name: 'Back to start' }).click();
  const list = visitor.panel.getByRole('region', { name: 'Your conversations' });
  await list.getByRole('button', { name: /first matter.*Closed/ }).waitFor();
  await list.getByRole('button', { name: 'New conversation' }).click();
  await visitor.composer.waitFor();
  await visitor.panel.getByRole('button', { name: 'Back to start' }).click();
  await list.getByRole('button', { name: /first matter/ }).click();
  await visitor.message('Hello, first matter').waitFor();
});

it.each(['light', 'dark'] as const)('axe finds nothing in a full conversation, %s', async (colorScheme) => {
  const text = `Hello **there** in ${colorScheme}\n> quoted\n- one`;
  const { visitor, conversationId } = await visitorWith(text.split('\n')[0] ?? '', { colorScheme });
  const { panel, page } = visitor;
  await answer(conversationId, 'Try `this`:\n```\nnpm start\n```\n1. one\n2. https://a.example');
  await panel
    .locator('input[type=file]')
    .setInputFiles([file('chair.png', 'image/png', png), file('setup.exe', '', 'MZ')]);
  await panel.getByText('cannot be sent here').waitFor();
  await panel.getByRole('button', { name: 'Add an emoji' }).click();
  await panel.getByRole('searchbox').waitFor();
  expect(await accessibilityFaults(page, ['rapport-widget, [data-rapport-own]'])).toEqual([]);
});
