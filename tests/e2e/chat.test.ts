import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, openAgent } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import type { Rapport } from '../support/rapport.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
/** Stands between visitors and the server; agents reach the server directly. */
let network: FaultProxy;
let stop: () => Promise<void>;
const people: Array<Visitor | Agent> = [];

beforeAll(async () => {
  browser = await launchChromium();
  ({
    rapport,
    demo,
    close: stop,
  } = await startRapportAndDemo({
    through: async (port) => {
      network = await startFaultProxy({ port });
      return network.origin;
    },
  }));
});
afterEach(async () => {
  network.heal();
  for (const person of people.splice(0)) await person.leaves();
});
afterAll(async () => {
  await browser.close();
  await network.close();
  await stop();
});

async function visitorAt(path: string): Promise<Visitor> {
  const visitor = await openVisitor(browser, demo.origin + path);
  people.push(visitor);
  return visitor;
}
async function agent(): Promise<Agent> {
  const one = await openAgent(browser, rapport);
  people.push(one);
  return one;
}
/** All texts of a conversation in the order shown. */
const shownTexts = (reader: Visitor | Agent) =>
  reader.messages
    .locator('.bubble, .message-text')
    .evaluateAll((nodes) => nodes.map((node) => (node.textContent ?? '').replace(/^.*?: (?=m\d|Hello)/, '')));

describe('chat between a visitor and an agent', () => {
  it('the inbox shows a new conversation at once; both write, type and read', async () => {
    const anna = await agent();
    const visitor = await visitorAt('/catalogue');
    await visitor.opensChat();
    await visitor.writes('Hello from the catalogue');
    const row = anna.row('Hello from the catalogue');
    await row.waitFor();
    expect(await row.textContent()).toMatch(/Visitor/);
    expect(await row.locator('.inbox-page-name').textContent()).toMatch(/Nordwald|catalogue|furniture/i);
    expect(await row.locator('.inbox-unread').textContent()).toMatch(/^1/);

    await anna.opens('Hello from the catalogue');
    await expect.poll(() => row.locator('.inbox-unread').count()).toBe(0);
    await visitor.message('Hello from the catalogue').getByText('Read').waitFor();

    await anna.composer.pressSequentially('Good morning');
    await visitor.panel.getByRole('img', { name: /is typing/ }).waitFor();
    await anna.composer.press('Enter');
    await visitor.message('Good morning').waitFor();
    await anna.message('Good morning').getByText('Read').waitFor();

    await visitor.composer.pressSequentially('One more thing');
    await anna.page
      .getByText(/typing/)
      .first()
      .waitFor();
    await visitor.composer.press('Enter');
    await anna.message('One more thing').waitFor();
    await expect.poll(() => visitor.panel.getByRole('img', { name: /is typing/ }).count()).toBe(0);
  });

  it('a reload, a second tab and the next visit keep the conversation', async () => {
    const anna = await agent();
    const visitor = await visitorAt('/about');
    await visitor.opensChat();
    await visitor.writes('Hello, keep this');
    await visitor.message('Hello, keep this').getByText('Sent', { exact: true }).waitFor();
    await anna.opens('Hello, keep this');
    await anna.answers('Kept, I promise');
    await visitor.message('Kept, I promise').waitFor();

    await visitor.page.reload();
    await visitor.panel.waitFor();
    await visitor.message('Kept, I promise').waitFor();
    await visitor.message('Hello, keep this').waitFor();

    const second = await visitor.opensTab(`${demo.origin}/catalogue`);
    await second.opensChat();
    await second.panel.getByText('Kept, I promise').first().click();
    await second.message('Hello, keep this').waitFor();
    await second.writes('Hello from the second tab');
    await visitor.message('Hello from the second tab').waitFor();

    const storage = await visitor.context.storageState({ indexedDB: true });
    const nextVisit = await browser.newContext({ storageState: storage });
    const page = await nextVisit.newPage();
    await page.goto(demo.origin);
    await page.locator('button.launcher').click();
    await page
      .getByRole('dialog', { name: /^Messages with/ })
      .getByText('Hello from the second tab')
      .first()
      .waitFor();
    await nextVisit.close();
  });

  it('an answer that comes while the panel is closed shows as unread on every page', async () => {
    const anna = await agent();
    const visitor = await visitorAt('/about');
    await visitor.opensChat();
    await visitor.writes('Hello, I will wait outside');
    await anna.opens('Hello, I will wait outside');
    await visitor.page.keyboard.press('Escape');
    await visitor.panel.waitFor({ state: 'hidden' });
    await anna.answers('Are you there?');
    await expect.poll(() => visitor.launcher.textContent()).toContain('1');
    await visitor.goesTo(`${demo.origin}/catalogue`);
    await expect.poll(() => visitor.launcher.textContent()).toContain('1');
    await visitor.opensChat();
    await visitor.message('Are you there?').or(visitor.panel.getByText('Are you there?')).first().waitFor();
  });

  it('the network is cut in the middle of sending: nothing is lost, nothing comes twice', async () => {
    const anna = await agent();
    const visitor = await visitorAt('/about');
    await visitor.opensChat();
    await visitor.writes('m0');
    await visitor.message('m0').getByText('Sent', { exact: true }).waitFor();
    network.set({ dropped: true });
    await visitor.writes('m1');
    await visitor.message('m1').getByText('Sending').waitFor();
    await visitor.writes('m2');
    network.heal();
    await visitor.writes('m3');
    for (const text of ['m1', 'm2', 'm3']) await visitor.message(text).waitFor();
    await expect.poll(() => visitor.panel.getByText('Sending').count()).toBe(0);
    await anna.opens('m3');
    await expect.poll(() => shownTexts(anna)).toEqual(['m0', 'm1', 'm2', 'm3']);
    await expect.poll(() => shownTexts(visitor)).toEqual(['m0', 'm1', 'm2', 'm3']);
  });

  it('the server dies in the middle of sending and starts again: nothing is lost, nothing comes twice', async () => {
    const anna = await agent();
    const visitor = await visitorAt('/about');
    await visitor.opensChat();
    await visitor.writes('m0');
    await anna.opens('m0');
    await visitor.writes('m1');
    await rapport.kill();
    await visitor.writes('m2');
    await anna.answers('m3');
    await visitor.message('m2').getByText('Sending').waitFor();
    await rapport.restart();
    await expect.poll(() => visitor.panel.getByText('Sending').count()).toBe(0);
    await visitor.message('m3').waitFor();
    await expect.poll(async () => [...(await shownTexts(anna))].sort()).toEqual(['m0', 'm1', 'm2', 'm3']);
    await expect.poll(async () => [...(await shownTexts(visitor))].sort()).toEqual(['m0', 'm1', 'm2', 'm3']);
    expect(await shownTexts(anna)).toEqual(await shownTexts(visitor));
  });

  it('a message that cannot be sent says so, keeps its text over a reload, and goes when it is tried again', async () => {
    const visitor = await visitorAt('/about');
    await visitor.opensChat();
    await visitor.writes('m0');
    await visitor.message('m0').getByText('Sent', { exact: true }).waitFor();
    await visitor.page.clock.install();
    network.set({ refused: true });
    network.cut();
    await visitor.writes('m1');
    await visitor.message('m1').getByText('Sending').waitFor();
    for (let minute = 0; minute < 20; minute += 1) {
      if (await visitor.message('m1').getByText('Not sent').count()) break;
      await visitor.page.clock.runFor(60_000);
    }
    await visitor.message('m1').getByText('Not sent').waitFor();
    network.heal();
    await visitor.page.reload();
    await visitor.launcher.waitFor();
    await visitor.panel.waitFor();
    await visitor.message('m1').getByText('Not sent').waitFor();
    await visitor.message('m1').getByRole('button', { name: 'Retry' }).click();
    await expect
      .poll(async () => {
        await visitor.page.clock.runFor(1_000);
        return visitor.message('m1').getByText('Sent', { exact: true }).count();
      })
      .toBe(1);
  });

  it('goes through a network that lets no WebSocket pass', async () => {
    const anna = await agent();
    const visitor = await visitorAt('/about');
    await visitor.page.addInitScript(() => {
      const Real = window.WebSocket;
      // As behind a proxy that does not know the protocol: every handshake fails.
      window.WebSocket = class extends Real {
        constructor() {
          super(`ws://${location.hostname}:9`);
        }
      };
    });
    await visitor.page.reload();
    await visitor.opensChat();
    await visitor.writes('Hello over polling');
    await anna.opens('Hello over polling');
    await anna.answers('Hello back over polling');
    await visitor.message('Hello back over polling').waitFor();
  });

  it('a text over 8,000 characters is refused at its place and kept', async () => {
    const visitor = await visitorAt('/about');
    await visitor.opensChat();
    const text = 'a'.repeat(8_001);
    await visitor.composer.fill(text);
    await visitor.composer.press('Enter');
    await visitor.panel.getByText('1 character too many').waitFor();
    expect(await visitor.composer.inputValue()).toBe(text);
    expect(await visitor.messages.locator('.message').count()).toBe(0);
  });
});
