import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agent, openAgent } from '../support/agent.ts';
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

beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  owner = await signInOwner(rapport);
  anna = await openAgent(browser, rapport);
});
afterAll(async () => {
  await browser.close();
  await stop();
});

const isWriting = () => anna.page.evaluate(() => document.activeElement?.matches('.composer-input') ?? false);
const conversationInView = () => new URL(anna.page.url()).pathname.split('/').at(-1);

it('ten conversations are served by keyboard alone: next, reply, note, label, close, next', async () => {
  const { sites } = await owner.request('session:open', {});
  const siteId = sites[0]?.site.id ?? '';
  const texts = Array.from({ length: 10 }, (_, index) => `Question number ${index + 1}.`);
  for (const text of texts) await writeFromAfar(rapport, demo.origin, text);
  await anna.page.goto(`${rapport.origin}/console/inbox`);
  await anna.row('Question number 10.').waitFor();
  const { keyboard } = anna.page;
  const counted = (selector: string) => anna.page.locator(selector).count();

  for (const [index, text] of texts.entries()) {
    // Who waits longest comes first.
    await keyboard.press('w');
    await anna.messages.getByText(text).waitFor();
    await keyboard.press('r');
    await expect.poll(isWriting).toBe(true);
    await keyboard.type(`Answer to ${text}`);
    await keyboard.press('Enter');
    await anna.message(`Answer to ${text}`).getByText('Sent', { exact: true }).waitFor();

    await keyboard.press('Control+.');
    await keyboard.type(`Looked up for ${text}`);
    await keyboard.press('Enter');
    await anna.page.locator('.message-note', { hasText: `Looked up for ${text}` }).waitFor();

    await keyboard.press('Escape');
    await keyboard.press('l');
    await keyboard.type('answered');
    // The first time the label is made, then it is found.
    await anna.page.getByRole('option', { name: 'answered' }).waitFor();
    await keyboard.press('Enter');
    await anna.page.locator('.conversation-labels .label-mark', { hasText: 'answered' }).waitFor();
    await keyboard.press('Escape');
    await expect.poll(() => counted('.choice-popover')).toBe(0);

    await keyboard.press('e');
    await expect.poll(() => anna.row(text).count()).toBe(0);
    await expect.poll(() => anna.rows.count()).toBe(texts.length - 1 - index);
  }

  const closed = async () => {
    const { rows } = await owner.request('inbox:list', {
      siteIds: [siteId],
      view: 'closed',
      filter: { labelIds: [], teamId: null, verifiedOnly: false },
      before: null,
      limit: 50,
    });
    return rows;
  };
  await expect.poll(async () => (await closed()).length).toBe(texts.length);
  for (const { conversation } of await closed()) {
    expect(conversation.labels).toHaveLength(1);
    expect(conversation.lastMessage?.preview).toMatch(/^Answer to Question number \d+\.$/);
    const { entries } = await owner.request('conversation:open', { conversationId: conversation.id });
    expect(entries.filter(({ kind }) => kind === 'message')).toHaveLength(2);
    expect(entries.filter(({ kind }) => kind === 'note')).toHaveLength(1);
  }
});

it('what is opened by keys leaves the letters to commands, until the agent goes into the reply', async () => {
  const [first, second] = [
    await writeFromAfar(rapport, demo.origin, 'I was here first'),
    await writeFromAfar(rapport, demo.origin, 'I came after'),
  ];
  await anna.page.goto(`${rapport.origin}/console/inbox`);
  await anna.row('I came after').waitFor();
  const { keyboard } = anna.page;
  const shows = async ({ conversationId }: { conversationId: string }, text: string) => {
    await expect.poll(conversationInView).toBe(conversationId);
    await anna.message(text).waitFor();
    expect(await isWriting()).toBe(false);
  };

  await keyboard.press('w');
  await shows(first, 'I was here first');
  await keyboard.press('J');
  await shows(second, 'I came after');
  await keyboard.press('K');
  await shows(first, 'I was here first');
  // Its row has the keyboard: Enter, which opens a row, leads into the reply of the one that is open.
  await keyboard.press('j');
  await keyboard.press('Enter');
  await shows(second, 'I came after');
  await keyboard.press('Enter');
  await expect.poll(isWriting).toBe(true);
  await keyboard.press('Escape');

  await keyboard.press('/');
  await anna.page.getByRole('searchbox', { name: 'Search messages and customers' }).waitFor();
  await keyboard.type('first');
  await anna.page.locator('.search-result', { hasText: 'I was here first' }).waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await shows(first, 'I was here first');
  await keyboard.press('g');
  await keyboard.press('i');
  await expect.poll(conversationInView).toBe('inbox');

  // A mouse says nothing of what comes next: the reply is ready to be typed.
  await anna.row('I came after').click();
  await anna.message('I came after').waitFor();
  await expect.poll(isWriting).toBe(true);
});
