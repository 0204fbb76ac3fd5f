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

const picture = png(40, 30).toString('base64');
const attachments = () => anna.page.locator('.attachment bdi').allTextContents();
const mode = (name: string) => anna.page.locator('.composer .segment', { hasText: name });
const ready = (name: string) => anna.page.locator('.attachment', { hasText: name }).getByText('ready');

async function opened(text: string) {
  const visitor = await writeFromAfar(rapport, demo.origin, text);
  await anna.page.goto(`${rapport.origin}/console/inbox/${visitor.conversationId}`);
  await anna.message(text).waitFor();
  const sentFiles = async () => {
    const { entries } = await owner.request('conversation:open', { conversationId: visitor.conversationId });
    return entries
      .filter((entry) => entry.kind === 'message')
      .flatMap(({ payload }) => (payload.files ?? []).map(({ name }) => name));
  };
  return { ...visitor, sentFiles };
}

/** What a hand does with files from elsewhere: pastes them into the field, or drops them on a part of the page. */
const hands = (how: 'paste' | 'drop', selector: string, names: string[]) =>
  anna.page.evaluate(
    ({ how, selector, names, picture }) => {
      const carried = new DataTransfer();
      const bytes = Uint8Array.from(atob(picture), (char) => char.charCodeAt(0));
      for (const name of names) carried.items.add(new File([bytes], name, { type: 'image/png' }));
      const options = { bubbles: true, cancelable: true };
      const place = document.querySelector(selector);
      if (how === 'paste')
        place?.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: carried }));
      for (const type of how === 'drop' ? ['dragover', 'drop'] : []) {
        place?.dispatchEvent(new DragEvent(type, { ...options, dataTransfer: carried }));
      }
    },
    { how, selector, names, picture },
  );

describe('files of an agent', () => {
  it('are pasted into the field, or dropped anywhere on the conversation and nowhere else', async () => {
    const { sentFiles } = await opened('Can I see the colours?');
    await hands('paste', '.composer-input', ['pasted.png']);
    await ready('pasted.png').waitFor();
    await hands('drop', '.messages', ['dropped.png']);
    await ready('dropped.png').waitFor();
    await hands('drop', '.inbox-list', ['missed.png']);
    expect(await attachments()).toEqual(['pasted.png', 'dropped.png']);
    await anna.answers('Here they are');
    await anna.page.getByRole('button', { name: 'Picture dropped.png: view larger' }).waitFor();
    await expect.poll(sentFiles).toEqual(['pasted.png', 'dropped.png']);
  });

  it('go in the order in which they were chosen, whichever is there first', async () => {
    const { sentFiles } = await opened('And from the front?');
    let letFirstGo = () => {};
    const held = new Promise<void>((resolve) => {
      letFirstGo = resolve;
    });
    await anna.page.route('**/api/agent/files*', async (route) => {
      if (route.request().headers()['x-file-name'] === 'first.png') await held;
      await route.continue();
    });
    await hands('paste', '.composer-input', ['first.png', 'second.png']);
    await ready('second.png').waitFor();
    letFirstGo();
    await ready('first.png').waitFor();
    expect(await attachments()).toEqual(['first.png', 'second.png']);
    await anna.answers('In this order');
    await expect.poll(sentFiles).toEqual(['first.png', 'second.png']);
    await anna.page.unroute('**/api/agent/files*');
  });

  it('sends a reply that waits for its files only while that reply is in the field', async () => {
    const { sentFiles } = await opened('Is there a drawing?');
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await anna.page.route('**/api/agent/files*', async (route) => {
      await held;
      await route.continue();
    });
    await mode('Private note').click();
    await anna.page.getByRole('textbox', { name: /^Private note about/ }).fill('He asks for the third');
    await mode('Reply').click();
    await hands('paste', '.composer-input', ['drawing.png']);
    await anna.answers('Here it is');
    await anna.page.getByText('Sends as soon as the files are there.').waitFor();
    await mode('Private note').click();
    await mode('Reply').click();
    letGo();
    await ready('drawing.png').waitFor();
    await anna.page.unroute('**/api/agent/files*');
    expect(await anna.composer.inputValue()).toBe('Here it is');
    expect(await anna.message('He asks for the third').count()).toBe(0);
    await anna.composer.press('Enter');
    await expect.poll(sentFiles).toEqual(['drawing.png']);
  });

  it('that are on their way hold the page back when it is left', async () => {
    await opened('Is that all?');
    await anna.page.route('**/api/agent/files*', () => {});
    await anna.page.locator('.composer-input').click();
    await hands('paste', '.composer-input', ['slow.png']);
    await anna.page.getByRole('button', { name: 'Stop uploading slow.png' }).waitFor();
    const asked = anna.page.waitForEvent('dialog');
    await anna.page.close({ runBeforeUnload: true });
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    await anna.page.getByRole('button', { name: 'Stop uploading slow.png' }).click();
    await expect.poll(attachments).toEqual([]);
    await anna.page.unroute('**/api/agent/files*');
  });
});
