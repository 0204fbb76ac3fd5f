import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agent, openAgent } from '../support/agent.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import type { Rapport } from '../support/rapport.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

const question = 'Does the sofa come in blue?';

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
let stop: () => Promise<void>;
let agent: Agent;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchChromium();
  const env = { RAPPORT_RECORDING_KEY: randomBytes(32).toString('base64') };
  ({ rapport, demo, close: stop } = await startRapportAndDemo({ env }));
  agent = await openAgent(browser, rapport);
});
afterAll(async () => {
  await browser.close();
  await stop();
});

const files = () => {
  try {
    return readdirSync(join(rapport.dataFolder, 'recordings'));
  } catch {
    return [];
  }
};
const place = () => agent.page.getByRole('slider', { name: 'Place in the recording' });
const placeMs = async () => Number(await place().inputValue());
const card = () => agent.page.getByRole('region', { name: /^Co-browsing with/ });

it('a site asks for recordings from the moment its owner switches them on', async () => {
  await agent.page.goto(`${rapport.origin}/console/settings/privacy`);
  await agent.page.getByRole('switch', { name: /may be recorded/ }).click();
  await agent.page.getByLabel('Delete recordings after').fill('0');
  await agent.button('Save').click();
  await agent.page.getByText('This is too small: at least 1.').waitFor();
  await agent.page.getByLabel('Delete recordings after').fill('7');
  await agent.button('Save').click();
  await agent.page.getByText(/^Saved/).waitFor();
});

it('the visitor is asked apart, sees that it is recorded, and ends the recording alone', async () => {
  visitor = await openVisitor(browser, `${demo.origin}/catalogue`);
  await visitor.opensChat();
  await visitor.writes(question);
  await agent.page.getByRole('link', { name: 'Inbox' }).click();
  await agent.opens(question);
  await agent.button('Ask to see the page').click();
  const record = visitor.consent.getByRole('checkbox', { name: /record this session/ });
  await record.waitFor();
  expect(await record.isChecked()).toBe(false);
  await record.click();
  await visitor.shares();
  await agent.viewsPage();
  await agent.mirror.getByRole('heading', { name: 'The collection' }).waitFor();
  await agent.liveState.getByText(/^Live/).first().waitFor();
  const mark = visitor.page.locator('.cb-recorded');
  await mark.getByText('Recorded').waitFor();

  await visitor.page.getByRole('link', { name: 'Bruno sofa' }).first().click();
  await agent.mirror.getByRole('heading', { name: 'Bruno sofa' }).waitFor();
  await expect.poll(() => files().length).toBe(1);
  await mark.getByText('Recorded').waitFor();
  await mark.getByRole('button', { name: 'Stop recording' }).click();
  await mark.waitFor({ state: 'detached' });
  // The page is still shared; what comes now is seen and not recorded.
  await visitor.page.getByRole('link', { name: 'Visit us' }).first().click();
  await agent.mirror.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Bruno sofa' }).waitFor();
  await visitor.sign.stops();
});

it('the recording plays from its card, in the isolated viewer, and says that it was watched', async () => {
  await agent.page.getByRole('main').getByRole('button', { name: 'Back to the conversation' }).last().click();
  await agent.page.getByText(/stopped the recording/).waitFor();
  await card().getByRole('link', { name: 'Watch the recording' }).click();
  await agent.mirror.getByRole('heading', { name: 'Bruno sofa' }).waitFor();
  await agent.button('Play').waitFor();
  const marks = agent.page.getByRole('navigation', { name: 'Pages and actions' }).getByRole('button');
  expect(await marks.allTextContents()).toEqual([
    expect.stringContaining('Shop'),
    expect.stringContaining('Bruno sofa'),
  ]);
  expect(await accessibilityFaults(agent.page)).toEqual([]);

  await marks.first().click();
  await agent.mirror.getByRole('heading', { name: 'The collection' }).waitFor();
  await expect.poll(placeMs).toBeLessThan(2_000);
});

it('it is moved, sped up and paused from the keyboard', async () => {
  const end = Number(await place().getAttribute('max'));
  await place().fill('0');
  // Beside the page: the keys stay with the player.
  await agent.page.locator('.recording-stage').click({ position: { x: 2, y: 2 } });
  await expect.poll(() => agent.page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  await agent.page.keyboard.press('>');
  await agent.page.keyboard.press('>');
  await expect.poll(() => agent.page.getByLabel('Speed').inputValue()).toBe('4');
  await agent.page.keyboard.press('<');
  await expect.poll(() => agent.page.getByLabel('Speed').inputValue()).toBe('2');
  await agent.page.keyboard.press('Space');
  await agent.button('Pause').waitFor();
  await expect.poll(placeMs).toBeGreaterThan(0);
  await agent.button('Play').waitFor();
  await agent.mirror.getByRole('heading', { name: 'Bruno sofa' }).waitFor();
  await agent.page.keyboard.press('ArrowLeft');
  // Five seconds, or all of a recording that is shorter.
  await expect.poll(placeMs).toBeLessThan(Math.max(end - 4_000, 1));
});

it('a link in the card leads to its place', async () => {
  await agent.button('Back to the conversation').click();
  await agent.page.getByText(/watched the recording/).waitFor();
  const step = card().getByRole('link', { name: /^Bruno sofa/ });
  const seconds = Number(/at=(\d+)/.exec((await step.getAttribute('href')) ?? '')?.[1]);
  expect(seconds).toBeGreaterThan(0);
  await step.click();
  await agent.mirror.getByRole('heading', { name: 'Bruno sofa' }).waitFor();
  expect(await placeMs()).toBeGreaterThanOrEqual(seconds * 1_000);
});

it('deleted, it leaves no file and no way in', async () => {
  const address = agent.page.url();
  await agent.button('Delete the recording').click();
  await agent.button('Delete recording').last().click();
  await agent.page.getByText(/deleted the recording/).waitFor();
  expect(files()).toEqual([]);
  expect(await card().getByRole('link').count()).toBe(0);
  await agent.page.goto(address);
  await agent.page.getByText('There is no such recording').waitFor();
});
