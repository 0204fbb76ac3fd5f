import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { defaultSiteSettings } from '../../shared/model/site.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { type Owner, signInOwner } from '../support/owner.ts';
import * as sample from '../support/sample-files.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

/** How files get into a message: dragged, pasted, picked; and what becomes of them until they are sent. */

let browser: Browser;
let demo: Demo;
let owner: Owner;
let stop: () => Promise<void>;
let visitor: Visitor;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-files-'));
  browser = await launchChromium();
  const all = await startRapportAndDemo();
  ({ demo, close: stop } = all);
  owner = await signInOwner(all.rapport);
  const { sites } = await owner.request('session:open', {});
  for (const { site } of sites) {
    // No form before the first message.
    const settings = { ...site.settings, chat: defaultSiteSettings('', []).chat };
    await owner.request('site:update', { siteId: site.id, settings });
  }
});
afterEach(() => visitor?.leaves());
afterAll(async () => {
  await browser.close();
  await stop();
  rmSync(folder, { recursive: true });
});

/** A visitor whose conversation is open, and on the server. */
async function visitorWith(text: string) {
  visitor = await openVisitor(browser, `${demo.origin}/about`);
  await visitor.opensChat();
  await visitor.writes(text);
  await visitor.message(text).getByText('Sent', { exact: true }).waitFor();
  return { ...visitor, tray: visitor.panel.getByRole('list', { name: 'Files to send' }) };
}

const pick = (panel: Locator, name: string, mimeType: string, content: string | Buffer) =>
  panel
    .locator('input[type=file]')
    .setInputFiles([{ name, mimeType, buffer: Buffer.from(content as string) }]);

/** Names of the files of the last message that holds this text, as the server has them. */
async function sentFiles(text: string): Promise<string[] | null> {
  for (const { id } of await owner.conversations()) {
    const { entries } = await owner.request('conversation:open', { conversationId: id });
    for (const { kind, payload } of entries) {
      if (kind === 'message' && payload.text === text) return (payload.files ?? []).map(({ name }) => name);
    }
  }
  return null;
}

describe('a file from the desktop', () => {
  it('is dragged onto the panel, which shows that it takes it, and goes with the words', async () => {
    const { page, panel, composer, messages, tray } = await visitorWith('I will drag something here');
    const path = join(folder, 'plan.txt');
    writeFileSync(path, 'Oak, 80 cm');
    const at = await messages.boundingBox();
    if (!at) throw new Error('the conversation is not on screen');
    const devtools = await page.context().newCDPSession(page);
    const drag = (type: 'dragEnter' | 'dragOver' | 'drop', x: number, y: number) =>
      devtools.send('Input.dispatchDragEvent', {
        type,
        x,
        y,
        data: { items: [], files: [path], dragOperationsMask: 1 },
      });
    const middle = [at.x + at.width / 2, at.y + at.height / 2] as const;
    await drag('dragEnter', ...middle);
    await drag('dragOver', ...middle);
    const zone = panel.getByText('Drop files here to add them');
    await zone.waitFor();
    // It leaves with the pointer.
    await drag('dragOver', 10, 10);
    await zone.waitFor({ state: 'detached' });
    // The browser first says that the pointer enters, and with the next move that it is over.
    await drag('dragOver', ...middle);
    await drag('dragOver', ...middle);
    await zone.waitFor();
    await drag('drop', ...middle);
    await zone.waitFor({ state: 'detached' });
    await tray.getByText('plan.txt').waitFor();
    await composer.fill('This is my plan');
    await composer.press('Enter');
    await expect.poll(() => sentFiles('This is my plan')).toEqual(['plan.txt']);
  });
});

describe('a picture from the clipboard', () => {
  it('is pasted and sent at once: the words wait for it, and it shows in its size', async () => {
    const { context, page, composer, messages } = await visitorWith('I will paste something here');
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: demo.origin });
    await page.evaluate(async (base64) => {
      const bytes = await (await fetch(`data:image/png;base64,${base64}`)).blob();
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': bytes })]);
    }, sample.png(120, 80).toString('base64'));
    await composer.fill('Just like this');
    // The part that looks at files is slow to come.
    let letThrough = () => {};
    const isAsked = new Promise<void>((resolve) => {
      void context.route(/\/parts\/chat-files/, async (route) => {
        resolve();
        await new Promise<void>((goOn) => (letThrough = goOn));
        await route.continue();
      });
    });
    await composer.press('Control+V');
    await composer.press('Enter');
    await isAsked;
    expect(await composer.inputValue()).toBe('Just like this');
    letThrough();
    const message = visitor.message('Just like this');
    const picture = message.getByRole('button', { name: /^Show .*png larger$/ });
    await picture.locator('img').waitFor();
    const box = await picture.boundingBox();
    expect([box?.width, box?.height]).toEqual([120, 80]);
    expect(await composer.inputValue()).toBe('');
    expect(await messages.getByText('Just like this').count()).toBe(1);
  });

  it('waits no longer when the visitor goes on writing', async () => {
    const { context, composer, panel, tray } = await visitorWith('I will think again');
    let letThrough = () => {};
    await context.route(/\/parts\/chat-files/, async (route) => {
      await new Promise<void>((goOn) => (letThrough = goOn));
      await route.continue();
    });
    const asked = visitor.page.waitForRequest(/\/parts\/chat-files/);
    await composer.fill('Half a');
    await pick(panel, 'notes.txt', 'text/plain', 'Oak');
    await composer.press('Enter');
    await asked;
    await composer.pressSequentially(' sentence');
    letThrough();
    await tray.getByText('notes.txt').waitFor();
    expect(await composer.inputValue()).toBe('Half a sentence');
    await composer.press('Enter');
    await expect.poll(() => sentFiles('Half a sentence')).toEqual(['notes.txt']);
  });
});

describe('a file that is picked and not sent', () => {
  it('is there again when the panel was closed, after the way back, and after a page load', async () => {
    const { page, panel, composer, tray } = await visitorWith('I am not ready yet');
    await pick(panel, 'notes.txt', 'text/plain', 'Oak');
    await tray.getByText('notes.txt').waitFor();
    await composer.fill('Here are my notes');

    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await visitor.opensChat();
    await tray.getByText('notes.txt').waitFor();

    // It belongs to this conversation and to no other one.
    await panel.getByRole('button', { name: 'Back to start' }).click();
    await panel.getByRole('region', { name: 'Your conversations' }).waitFor();
    expect(await tray.count()).toBe(0);
    await panel.getByRole('button', { name: /I am not ready yet/ }).click();
    await tray.getByText('notes.txt').waitFor();

    await page.reload();
    await panel.waitFor();
    await tray.getByText('notes.txt').waitFor();
    expect(await composer.inputValue()).toBe('Here are my notes');
    await composer.press('Enter');
    await expect.poll(() => sentFiles('Here are my notes')).toEqual(['notes.txt']);
    expect(await tray.count()).toBe(0);
  });

  it('before the first message too, and once it is removed it stays away', async () => {
    visitor = await openVisitor(browser, `${demo.origin}/about`);
    const { page, panel, composer } = visitor;
    const tray = panel.getByRole('list', { name: 'Files to send' });
    await visitor.opensChat();
    await pick(panel, 'first.txt', 'text/plain', 'Oak');
    await tray.getByText('first.txt').waitFor();
    await pick(panel, 'second.txt', 'text/plain', 'Ash');
    await tray.getByText('second.txt').waitFor();
    await tray.getByRole('button', { name: 'Remove first.txt' }).click();
    await expect.poll(() => tray.getByRole('listitem').count()).toBe(1);
    await page.reload();
    await panel.waitFor();
    await tray.getByText('second.txt').waitFor();
    expect(await tray.getByText('first.txt').count()).toBe(0);
    await composer.fill('Only the second');
    await composer.press('Enter');
    await expect.poll(() => sentFiles('Only the second')).toEqual(['second.txt']);
  });
});

describe('a file that is not what its name says', () => {
  it('and is a program is refused before it is sent; the words go without it', async () => {
    const { panel, composer, tray } = await visitorWith('Trust me');
    await pick(panel, 'invoice.pdf', 'application/pdf', sample.windowsProgram);
    await tray.getByRole('listitem').getByText('Files of this type cannot be sent here.').waitFor();
    await composer.fill('My invoice');
    await composer.press('Enter');
    await visitor.message('My invoice').getByText('Sent', { exact: true }).waitFor();
    expect(await sentFiles('My invoice')).toEqual([]);
  });

  it('as only the server can tell, is said at the file, and the rest goes with one press', async () => {
    const { panel, composer, tray } = await visitorWith('Look at this');
    await pick(panel, 'chair.png', 'image/png', 'no picture');
    await tray.getByText('chair.png').waitFor();
    await pick(panel, 'notes.txt', 'text/plain', 'Oak');
    await tray.getByText('notes.txt').waitFor();
    await composer.fill('A chair and my notes');
    await composer.press('Enter');
    const message = visitor.message('A chair and my notes');
    await message.getByText('Files of this type cannot be sent here.').waitFor();
    await message.getByText('Not sent').waitFor();
    // It would be refused again.
    expect(await message.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    await message.getByRole('button', { name: 'Send without it' }).click();
    await message.getByText('Sent', { exact: true }).waitFor();
    expect(await sentFiles('A chair and my notes')).toEqual(['notes.txt']);
  });

  it('alone in its message, is removed and leaves nothing behind', async () => {
    const { panel, composer, tray } = await visitorWith('Only a picture');
    await pick(panel, 'table.png', 'image/png', 'no picture');
    await tray.getByText('table.png').waitFor();
    await composer.press('Enter');
    const message = visitor.message('table.png');
    await message.getByText('Not sent').waitFor();
    expect(await message.getByRole('button', { name: 'Send without it' }).count()).toBe(0);
    await message.getByRole('button', { name: 'Remove table.png' }).click();
    await expect.poll(() => message.count()).toBe(0);
  });
});

it('files stand below the words, as agents see them, and the ticks at the last of them', async () => {
  const { panel, composer, tray } = await visitorWith('Before');
  await pick(panel, 'notes.txt', 'text/plain', 'Oak');
  await tray.getByText('notes.txt').waitFor();
  await composer.fill('A line that is longer than the name of the file below it');
  await composer.press('Enter');
  const message = visitor.message('A line that is longer');
  const card = message.getByRole('button', { name: /^Download notes\.txt/ });
  await card.waitFor();
  // Only the last message says in words that it was sent.
  await visitor.writes('After');
  await visitor.message('After').getByText('Sent', { exact: true }).waitFor();
  const boxes = async () => {
    const [words, file, ticks] = await Promise.all(
      [message.locator('.bubble'), card, message.locator('.aside')].map((one) => one.boundingBox()),
    );
    if (!words || !file || !ticks) return null;
    return {
      isBelow: file.y >= words.y + words.height,
      gapPx: Math.round(file.x - (ticks.x + ticks.width)),
      isBeside: ticks.y >= file.y && ticks.y + ticks.height <= file.y + file.height + 1,
    };
  };
  await expect.poll(boxes).toEqual({ isBelow: true, gapPx: 0, isBeside: true });
});
