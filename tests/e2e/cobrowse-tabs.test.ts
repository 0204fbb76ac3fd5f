import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { freePort } from '../support/free-port.ts';
import { type Visitor, visitorOn } from '../support/visitor.ts';

let agentBrowser: Browser;
let visitorBrowser: Browser;
let asItIs: Browser;
let demo: Demo;
let stop: () => Promise<void>;
let agent: Agent;
let visitor: Visitor;

beforeAll(async () => {
  const started = await startRapportAndDemo();
  ({ demo, close: stop } = started);
  agentBrowser = await launchChromium();
  agent = await openAgent(agentBrowser, started.rapport);
  // Usually every page of a test believes that it is in front. Here it matters which one is.
  const port = await freePort();
  visitorBrowser = await launchChromium({ args: [`--remote-debugging-port=${port}`] });
  asItIs = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
  const [context] = asItIs.contexts();
  if (!context) throw new Error('The browser has no window of its own');
  const page = await context.newPage();
  visitor = visitorOn(context, page);
  await visitor.goesTo(`${demo.origin}/catalogue`);
});
afterAll(async () => {
  await asItIs.close();
  await visitorBrowser.close();
  await agentBrowser.close();
  await stop();
});

it('the agent’s view follows the tab that the visitor is on, and can be held at another', async () => {
  await startCobrowse(agent, visitor, 'I compare two of them');
  await agent.mirror.getByRole('heading', { name: 'The collection' }).waitFor();
  expect(await agent.tabs.count()).toBe(0);

  const second = await visitor.opensTab(`${demo.origin}/product/bruno-sofa`);
  await agent.mirror.getByRole('heading', { name: 'Bruno sofa' }).waitFor();
  expect(await second.consent.count()).toBe(0);
  await expect.poll(() => second.sign.words()).toBe('Owner sees this page');
  await expect.poll(() => agent.tabs.count()).toBe(2);
  const here = () => agent.tabs.filter({ hasText: 'the visitor is here' }).allInnerTexts();
  await expect.poll(here).toEqual([expect.stringContaining('Bruno sofa')]);

  await visitor.page.bringToFront();
  await agent.mirror.getByRole('heading', { name: 'The collection' }).waitFor();
  await expect.poll(here).toEqual([expect.stringContaining('Shop')]);

  await agent.tabs.filter({ hasText: 'Bruno sofa' }).getByRole('button').click();
  await agent.mirror.getByRole('heading', { name: 'Bruno sofa' }).waitFor();
  await agent.button('Follow the visitor').click();
  await agent.mirror.getByRole('heading', { name: 'The collection' }).waitFor();

  await second.page.close();
  await expect.poll(() => agent.tabs.count()).toBe(0);
  await agent.mirror.getByRole('heading', { name: 'The collection' }).waitFor();
  await visitor.page.locator('#sort').focus();
  await expect.poll(() => visitor.sign.words()).toBe('Owner sees this page');
});

it('a stop in one tab stops them all', async () => {
  const second = await visitor.opensTab(`${demo.origin}/about`);
  await agent.mirror.getByRole('heading', { name: 'We make furniture slowly' }).waitFor();
  await expect.poll(() => second.sign.words()).toBe('Owner sees this page');
  await second.sign.stops();
  // The other tab says it for five seconds.
  await Promise.all([
    expect.poll(() => visitor.sign.words()).toBe('Page sharing has ended.'),
    agent.liveState.getByText('Ended: the visitor stopped sharing').first().waitFor(),
  ]);
});
