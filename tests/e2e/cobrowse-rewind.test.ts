import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { startRapportAndDemo } from '../support/demo-site.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
let stop: () => Promise<void>;
let agent: Agent;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchChromium();
  const started = await startRapportAndDemo();
  stop = started.close;
  agent = await openAgent(browser, started.rapport);
  visitor = await openVisitor(browser, `${started.demo.origin}/catalogue`);
  await startCobrowse(agent, visitor, 'Look what happened');
});
afterAll(async () => {
  await browser.close();
  await stop();
});

const says = (text: string) =>
  visitor.page.locator('h1').evaluate((heading, words) => {
    heading.textContent = words;
  }, text);

it('looks back while live goes on, and comes back to it', async () => {
  const past = agent.viewer.frameLocator('.page-layer[data-past]:not([data-coming]) iframe');
  const live = agent.viewer.frameLocator('.page-layer:not([data-past]):not([data-coming]) iframe');
  const slider = agent.page.getByRole('slider', { name: 'Look back' });
  await says('As it was');
  await live.locator('h1', { hasText: 'As it was' }).waitFor();
  // A few seconds of this are behind us.
  await expect
    .poll(async () => Number(await slider.getAttribute('min')), { timeout: 20_000 })
    .toBeLessThan(-3);
  await says('As it is');
  await live.locator('h1', { hasText: 'As it is' }).waitFor();

  await slider.focus();
  await slider.press('ArrowLeft');
  await slider.press('ArrowLeft');
  await slider.press('ArrowLeft');
  await past.locator('h1', { hasText: 'As it was' }).waitFor();
  await agent.page.getByText(/^0:\d\d behind live$/).waitFor();
  await agent.liveState.getByText('Looking back').first().waitFor();
  await says('As it went on');
  await expect.poll(() => live.locator('h1').textContent()).toBe('As it went on');
  expect(await past.locator('h1').textContent()).toBe('As it was');

  await agent.button('Back to live').click();
  await expect.poll(() => agent.viewer.locator('.page-layer[data-past]').count()).toBe(0);
  await live.locator('h1', { hasText: 'As it went on' }).waitFor();
  expect(await slider.getAttribute('aria-valuetext')).toBe('Live');
});

it('goes back over a page load, and is live again at the end of the slider', async () => {
  const slider = agent.page.getByRole('slider', { name: 'Look back' });
  await visitor.page.goto(new URL('/about', visitor.page.url()).href);
  await agent.mirror.getByRole('heading', { name: 'We make furniture slowly' }).waitFor();
  await slider.focus();
  await slider.press('Home');
  const past = agent.viewer.frameLocator('.page-layer[data-past]:not([data-coming]) iframe');
  await past.locator('#sort').waitFor();
  await slider.press('End');
  await expect.poll(() => agent.viewer.locator('.page-layer[data-past]').count()).toBe(0);
  await agent.mirror.getByRole('heading', { name: 'We make furniture slowly' }).waitFor();
});
