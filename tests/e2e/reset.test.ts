import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

/** What one visitor of a browser did is over when the page says that another one has come. */

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
beforeEach(async () => {
  visitor = await openVisitor(browser, `${demo.origin}/catalogue`);
});
afterEach(() => visitor.leaves());
afterAll(async () => {
  await browser.close();
  await stop();
});

const resets = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { rapport(command: string): void }).rapport('reset'));

it('the agent hears at once that the page is no longer shared', async () => {
  await startCobrowse(agent, visitor, 'Please look with me');
  await resets(visitor.page);
  await agent.liveState.getByText('Ended: the visitor stopped sharing').first().waitFor();
});

it('what could not be sent before is not sent for the next visitor, from any tab', async () => {
  await visitor.opensChat();
  const other = await visitor.opensTab(`${demo.origin}/about`);
  await other.opensChat();
  await visitor.context.setOffline(true);
  await other.writes('Words of the first visitor');
  await other.message('Words of the first visitor').waitFor();

  await resets(visitor.page);
  await other.message('Words of the first visitor').waitFor({ state: 'detached' });
  await other.panel.waitFor({ state: 'detached' });
  await visitor.context.setOffline(false);
  await other.opensChat();
  await other.writes('I am the second visitor');
  await agent.page.getByRole('link', { name: 'Inbox' }).click();
  await agent.opens('I am the second visitor');
  await other.writes('And this comes after it');
  await agent.page.getByText('And this comes after it').first().waitFor();
  expect(await agent.page.getByText('Words of the first visitor').count()).toBe(0);
});
