import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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
/** The owner, and a colleague. */
let anna: Agent;
let ben: Agent;
let siteId: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  owner = await signInOwner(rapport);
  siteId = (await owner.request('session:open', {})).sites[0]?.site.id ?? '';
  const signIn = await owner.addsAgent('Ben');
  anna = await openAgent(browser, rapport);
  ben = await openAgent(browser, rapport, { signIn });
});
afterEach(async () => {
  await anna.page.setViewportSize({ width: 1440, height: 900 });
});
afterAll(async () => {
  await browser.close();
  await stop();
});

const itemId = (prefix: string) => `${prefix}_${crypto.randomUUID().replaceAll('-', '').slice(0, 22)}`;
const toast = (text: string) => anna.page.locator('.toast', { hasText: text });
const note = (one: Agent, text: string) => one.page.locator('.message-note', { hasText: text });
const field = (one: Agent) => one.page.locator('.composer-input');

/** A visitor writes; Anna opens the conversation. */
async function opened(text: string) {
  const visitor = await writeFromAfar(rapport, demo.origin, text);
  await anna.page.goto(`${rapport.origin}/console/inbox/${visitor.conversationId}`);
  await anna.message(text).waitFor();
  const log = async () =>
    (await owner.request('conversation:open', { conversationId: visitor.conversationId })).entries;
  const kinds = async () => (await log()).map(({ kind }) => kind);
  return { ...visitor, log, kinds };
}

describe('a conversation', () => {
  it('closing is taken back without a trace, and is sent when the page goes away', async () => {
    const { kinds, log } = await opened('Please help me once');
    await anna.answers('Here is help');
    await anna.message('Here is help').getByText('Sent', { exact: true }).waitFor();
    await anna.button('Close').first().click();
    await anna.button('Reopen').waitFor();
    await toast('Closed.').getByRole('button', { name: 'Undo' }).click();
    await anna.button('Close').first().waitFor();
    expect(await kinds()).not.toContain('status');
    expect(await kinds()).not.toContain('survey');

    await anna.button('Close').first().click();
    await anna.button('Reopen').waitFor();
    expect(await kinds()).not.toContain('status');
    await anna.page.reload();
    await expect.poll(kinds).toContain('status');
    expect((await log()).filter(({ kind }) => kind === 'survey')).toHaveLength(1);
    await anna.button('Reopen').waitFor();
  });

  it('the first answer takes what nobody has, which is undone; a note does not', async () => {
    const { kinds } = await opened('Is anybody there?');
    await anna.page.keyboard.press('Control+.');
    await field(anna).fill('Who knows her?');
    await field(anna).press('Enter');
    await note(anna, 'Who knows her?').getByText('Private note').first().waitFor();
    await anna.page.keyboard.press('Control+.');
    await anna.button('Assign').waitFor();
    await anna.answers('I am');
    await anna.messages.getByText('You took the conversation').waitFor();
    await anna.button('Assigned to You').waitFor();
    await toast('Assigned to you.').getByRole('button', { name: 'Undo' }).click();
    await anna.messages.getByText('You took the assignment off').waitFor();
    expect((await kinds()).filter((kind) => kind !== 'read' && kind !== 'delivered')).toEqual([
      'message',
      'note',
      'message',
      'assignment',
      'assignment',
    ]);
  });

  it('a note mentions a colleague, stands apart, and is changed and deleted by its writer', async () => {
    const { kinds } = await opened('Is the red one in stock?');
    await anna.page.keyboard.press('Control+.');
    await field(anna).pressSequentially('Look @be');
    await anna.page.getByRole('option', { name: 'Ben' }).waitFor();
    await anna.page.keyboard.press('Enter');
    await anna.page.keyboard.type('please');
    await anna.page.keyboard.press('Enter');
    await note(anna, 'Look @Ben please').getByText('Private note').first().waitFor();
    expect(await note(anna, 'Look').locator('.mention').textContent()).toBe('@Ben');

    await ben.page.goto(`${rapport.origin}/console/inbox?view=mentions`);
    await ben.rows.first().click();
    await note(ben, 'Look @Ben please').locator('.mention-me').waitFor();

    await anna.page.keyboard.press('ArrowUp');
    await expect.poll(() => field(anna).inputValue()).toBe('Look @Ben please');
    await field(anna).fill('Look @Ben, now');
    await anna.page.keyboard.press('Enter');
    await note(ben, 'Look @Ben, now')
      .getByText(/^edited/)
      .waitFor();
    await note(anna, 'Look @Ben, now').hover();
    await note(anna, 'Look @Ben, now').getByRole('button', { name: 'More about this note' }).click();
    await anna.page.getByRole('menuitem', { name: 'Delete' }).click();
    await anna.messages.getByText('Note deleted').waitFor();
    expect(await kinds()).not.toContain('deletion');
    await toast('Note deleted.').getByRole('button', { name: 'Dismiss' }).click();
    await ben.messages.getByText('Note deleted').waitFor();
  });

  it('a canned reply is not sent while a variable in it is not known', async () => {
    const text = 'Hello {{visitor.firstName}}, this is {{agent.name}}.';
    await owner.request('workspace:save', {
      siteId,
      item: { kind: 'canned', id: itemId('can'), shortcut: 'hello', text },
    });
    const { kinds } = await opened('Who are you?');
    await field(anna).pressSequentially('/hel');
    await anna.page.getByRole('option', { name: '/hello' }).waitFor();
    await anna.page.keyboard.press('Enter');
    await expect
      .poll(() => field(anna).inputValue())
      .toMatch(/^Hello {{visitor\.firstName}}, this is \w+\.$/);
    await anna.page.keyboard.press('Enter');
    await anna.page.getByText('The visitor’s first name is not known here.').waitFor();
    const selected = () =>
      field(anna).evaluate((element: HTMLTextAreaElement) =>
        element.value.slice(element.selectionStart, element.selectionEnd),
      );
    await expect.poll(selected).toBe('{{visitor.firstName}}');
    expect((await kinds()).filter((kind) => kind === 'message')).toHaveLength(1);
    await anna.page.keyboard.type('Ada');
    await anna.page.keyboard.press('Enter');
    await anna.message('Hello Ada, this is').getByText('Sent', { exact: true }).waitFor();
  });

  it('files show how they fare, each with its own fault, and a picture is seen larger', async () => {
    const { log } = await opened('Show me the fabric');
    await anna.page.locator('.composer input[type="file"]').setInputFiles([
      { name: 'fabric.png', mimeType: 'image/png', buffer: tinyPng },
      { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
      { name: 'program.png', mimeType: 'image/png', buffer: Buffer.from('MZ\u0000\u0001 a program') },
    ]);
    const attachment = (name: string) => anna.page.locator('.attachment', { hasText: name });
    await attachment('fabric.png').getByText('ready').waitFor();
    await attachment('empty.txt').getByText('The file is empty.').waitFor();
    await attachment('program.png').getByText('is not what its name says').waitFor();
    await anna.page.getByRole('button', { name: 'Remove empty.txt' }).click();
    await anna.page.getByRole('button', { name: 'Remove program.png' }).click();
    // Uploaded and not sent yet: a reload loses nothing.
    await field(anna).fill('Here it is');
    await anna.page.reload();
    await attachment('fabric.png').getByText('ready').waitFor();
    await field(anna).press('Enter');
    const picture = anna.page.getByRole('button', { name: 'Picture fabric.png: view larger' });
    await picture.click();
    const larger = anna.page.getByRole('dialog', { name: 'Picture fabric.png' });
    await larger.getByRole('img').waitFor();
    await anna.page.keyboard.press('Escape');
    await expect.poll(() => picture.evaluate((button) => button === document.activeElement)).toBe(true);
    const sent = (await log()).filter(({ kind }) => kind === 'message').at(-1);
    expect(sent?.payload).toMatchObject({ text: 'Here it is', files: [{ name: 'fabric.png' }] });
  });

  it('says who else is there, and that a colleague was quicker', async () => {
    const { conversationId } = await opened('Anybody?');
    await ben.page.goto(`${rapport.origin}/console/inbox/${conversationId}`);
    await anna.page.getByText('Ben is viewing').waitFor();
    await ben.composer.pressSequentially('Yes');
    await anna.page.getByText('Ben is typing a reply').waitFor();
    await anna.composer.fill('I am just about to');
    await ben.composer.press('Enter');
    await anna.page.getByText('Ben replied while you were writing.').waitFor();
    expect(await anna.composer.inputValue()).toBe('I am just about to');
    await ben.page.goto(`${rapport.origin}/console/feedback`);
    await expect.poll(() => anna.page.getByText('Ben is viewing').count()).toBe(0);
  });

  it('a transfer carries its note, a macro says what it will do, and a snooze ends by Undo', async () => {
    await owner.request('workspace:save', {
      siteId,
      item: {
        kind: 'macro',
        id: itemId('mac'),
        name: 'Urgent for me',
        actions: [{ do: 'assign_me' }, { do: 'priority', priority: 'urgent' }],
      },
    });
    const { kinds } = await opened('It is broken');
    await anna.page.keyboard.press('Escape');
    await anna.page.keyboard.press('x');
    await anna.page.keyboard.type('urgent');
    await anna.page.getByText('Set the priority to Urgent').waitFor();
    await anna.page.keyboard.press('Enter');
    await anna.messages.getByText('You set the priority to Urgent').waitFor();

    await anna.page.keyboard.press('t');
    const dialog = anna.page.getByRole('dialog', { name: 'Transfer with a note' });
    await dialog.getByRole('button', { name: 'Transfer' }).click();
    await dialog.getByText('Choose who goes on.').waitFor();
    await dialog.getByLabel('To').selectOption({ label: await optionOf(dialog, 'Ben') });
    await dialog.getByLabel('Private note').fill('She called already');
    // Escape leaves the dialog and keeps the note, here and over a reload.
    await anna.page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    await anna.page.reload();
    await anna.message('It is broken').waitFor();
    await anna.page.keyboard.press('Escape');
    await anna.page.keyboard.press('t');
    await expect.poll(() => dialog.getByLabel('Private note').inputValue()).toBe('She called already');
    await dialog.getByLabel('To').selectOption({ label: await optionOf(dialog, 'Ben') });
    const colleague = dialog.getByRole('listbox').getByRole('option', { name: 'Ben' });
    await dialog.getByLabel('Private note').pressSequentially(', @b');
    await colleague.waitFor();
    // Escape is for the menu, as long as it is open.
    await anna.page.keyboard.press('Escape');
    await expect.poll(() => colleague.count()).toBe(0);
    await dialog.getByLabel('Private note').pressSequentially(' @b');
    await colleague.waitFor();
    await anna.page.keyboard.press('Tab');
    await expect
      .poll(() => dialog.getByLabel('Private note').inputValue())
      .toBe('She called already, @b @Ben ');
    await dialog.getByRole('button', { name: 'Transfer' }).click();
    await anna.messages.getByText('You transferred the conversation to Ben').waitFor();
    await note(anna, 'She called already').waitFor();
    await anna.page.keyboard.press('t');
    expect(await dialog.getByLabel('Private note').inputValue()).toBe('');
    await anna.page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);

    await anna.page.keyboard.press('z');
    await anna.page.keyboard.type('tomorrow');
    await anna.page.keyboard.press('Enter');
    await anna.page.getByText(/^Snoozed until tomorrow/).waitFor();
    await toast('Snoozed until').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => anna.page.getByText(/^Snoozed until tomorrow/).count()).toBe(0);
    await expect.poll(async () => (await kinds()).filter((kind) => kind === 'status').length).toBe(2);
  });

  it('the visitor is named where the name stands, and put together with another record, which is undone', async () => {
    await opened('I am Ada');
    const panel = anna.page.getByRole('region', { name: /^About / });
    await panel.getByRole('button', { name: 'Change e-mail' }).click();
    await panel.getByRole('textbox', { name: 'E-mail' }).fill('ada at home');
    await anna.page.keyboard.press('Enter');
    await panel.getByText('This is no e-mail address.').waitFor();
    await panel.getByRole('textbox', { name: 'E-mail' }).fill('ada@example.com');
    await anna.page.keyboard.press('Enter');
    await panel.getByRole('link', { name: 'ada@example.com' }).waitFor();

    await opened('Ada again, at work');
    await panel.getByRole('button', { name: 'Merge with another…' }).click();
    const dialog = anna.page.getByRole('dialog', { name: 'Merge with another customer' });
    await dialog.getByRole('searchbox').fill('ada@example');
    await dialog.getByRole('button', { name: /ada@example\.com/ }).click();
    await dialog.getByText('Becomes part of').waitFor();
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
    await panel.getByRole('link', { name: /I am Ada/ }).waitFor();
    await toast('Merged with').getByRole('button', { name: 'Undo' }).click();
    await panel.getByText('No other record is known to be this person.').waitFor();
  });

  it('an address with a message’s number opens it there', async () => {
    const visitor = await writeFromAfar(rapport, demo.origin, 'The very first words');
    for (let index = 0; index < 15; index += 1) {
      await owner.request('message:send', {
        conversationId: visitor.conversationId,
        clientId: `long-answer-number-${String(index).padStart(4, '0')}`,
        text: `Answer ${index}\n\nwith\n\nmany\n\nlines`,
      });
    }
    await anna.page.goto(`${rapport.origin}/console/inbox/${visitor.conversationId}?seq=1`);
    const first = anna.page.locator('.message-sought', { hasText: 'The very first words' });
    await first.waitFor();
    await expect
      .poll(() =>
        first.evaluate((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          return top > 0 && bottom < innerHeight;
        }),
      )
      .toBe(true);
  });

  it('has no faults that axe can find, wide, narrow and with its menus open', async () => {
    await opened('Look at me from all sides');
    await anna.answers('**Done**: see https://example.com');
    await anna.page.keyboard.press('Control+.');
    await field(anna).fill('For us @Ben');
    await field(anna).press('Enter');
    await note(anna, 'For us').waitFor();
    const faults = async () => accessibilityFaults(anna.page);
    expect(await faults()).toEqual([]);
    await anna.page.keyboard.press('Escape');
    for (const key of ['a', 'l', 'z', 'x']) {
      await anna.page.keyboard.press(key);
      await anna.page.locator('.choice-popover').waitFor();
      expect(await faults()).toEqual([]);
      await anna.page.keyboard.press('Escape');
      await expect.poll(() => anna.page.locator('.choice-popover').count()).toBe(0);
    }
    await anna.button('Emoji').click();
    await anna.page.getByRole('dialog', { name: 'Emoji' }).waitFor();
    expect(await faults()).toEqual([]);
    await anna.page.keyboard.press('Escape');
    await anna.page.setViewportSize({ width: 360, height: 740 });
    expect(await faults()).toEqual([]);
    expect(await anna.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});

/** The option's whole label begins so. */
async function optionOf(dialog: ReturnType<Agent['page']['getByRole']>, name: string): Promise<string> {
  const labels = await dialog.locator('option').allTextContents();
  return labels.find((label) => label.startsWith(name)) ?? name;
}

/** One red pixel. */
const tinyPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
