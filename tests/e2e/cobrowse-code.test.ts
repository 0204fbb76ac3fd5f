import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agent, openAgent } from '../support/agent.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
let demo: Demo;
let stop: () => Promise<void>;
let agent: Agent;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchChromium();
  const started = await startRapportAndDemo();
  ({ demo, close: stop } = started);
  agent = await openAgent(browser, started.rapport);
});
afterAll(async () => {
  await browser.close();
  await stop();
});

const card = () => visitor.page.getByRole('dialog', { name: 'Code for your call' });
const digits = async () =>
  (
    (await card()
      .getByText(/^\d{3} \d{3}$/)
      .textContent()) ?? ''
  ).trim();
const field = () => agent.page.getByLabel('The visitor’s code');

it('on the telephone: six digits from the chat’s menu, and the agent lands on the visitor’s page', async () => {
  visitor = await openVisitor(browser, `${demo.origin}/showroom`);
  await visitor.opensChat();
  await visitor.panel.getByRole('button', { name: 'More' }).click();
  await visitor.panel.getByRole('menuitem', { name: 'Code for a call with us' }).click();
  const code = await digits();
  expect(await accessibilityFaults(visitor.page, ['[data-rapport-own]'])).toEqual([]);

  await agent.button('A caller’s code').click();
  await field().fill('000');
  await agent.button('Ask to see the page').click();
  await agent.page.getByText('A code has six digits.').waitFor();
  await field().fill(code);
  expect(await accessibilityFaults(agent.page)).toEqual([]);
  await agent.page.keyboard.press('Enter');

  await visitor.consent.getByRole('heading', { name: 'Owner would like to see this page' }).waitFor();
  expect(await card().count()).toBe(0);
  await visitor.shares();
  await agent.mirror.getByRole('heading', { name: 'The showroom' }).waitFor();
  expect(new URL(agent.page.url()).pathname).toMatch(/^\/console\/cobrowse\/cbs_/);

  // Used up.
  await visitor.sign.stops();
  await agent.page.goto(new URL('/console/inbox', agent.page.url()).href);
  await agent.button('A caller’s code').waitFor();
  await agent.page.keyboard.press('g');
  await agent.page.keyboard.press('p');
  await field().fill(code);
  await agent.page.keyboard.press('Enter');
  await agent.page.getByText(/^There is no such code now\./).waitFor();
  await agent.page.keyboard.press('Escape');
});

it('a page shows the code by itself, and Escape closes it', async () => {
  await visitor.goesTo(`${demo.origin}/about`);
  await visitor.page.evaluate(() => rapport('cobrowse', 'code'));
  expect(await digits()).toMatch(/^\d{3} \d{3}$/);
  await visitor.page.keyboard.press('Escape');
  await expect.poll(() => card().count()).toBe(0);
});
