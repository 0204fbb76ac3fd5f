import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { signInOwner } from '../support/owner.ts';
import type { Rapport } from '../support/rapport.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
let stop: () => Promise<void>;
let agent: Agent;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  agent = await openAgent(browser, rapport, { viewport: { width: 1024, height: 700 } });
  visitor = await openVisitor(browser, `${demo.origin}/catalogue`, {
    viewport: { width: 1280, height: 800 },
  });
  await startCobrowse(agent, visitor, 'Look at this with me');
});
afterAll(async () => {
  await browser.close();
  await stop();
});

const boxOf = (selector: string) =>
  agent.viewer.locator(selector).evaluate((element) => {
    const { width, height } = element.getBoundingClientRect();
    return { width: Math.round(width), height: Math.round(height) };
  });
const zoom = () => agent.button(/^Zoom: /);
const room = () => boxOf('.room');

describe('the zoom', () => {
  it('fits the whole page into the room, and says how small it is', async () => {
    const { width, height } = await room();
    const scale = Math.min(width / 1280, height / 800);
    await expect.poll(() => boxOf('.page-frame').then((page) => page.width)).toBeLessThanOrEqual(width);
    await expect.poll(() => zoom().textContent()).toBe(`Fit, ${Math.round(scale * 100)} %`);
  });

  it('shows it in its own size, and lets the agent scroll to the rest', async () => {
    await zoom().click();
    await agent.page.getByRole('menuitemradio', { name: '100 %' }).click();
    await expect.poll(() => boxOf('.page-frame')).toEqual({ width: 1280, height: 800 });
    expect(
      await agent.viewer.locator('.room').evaluate((element) => {
        element.scrollTo(10_000, 10_000);
        return element.scrollLeft > 200 && element.scrollTop > 100;
      }),
    ).toBe(true);
  });

  it('draws the device around it, whole', async () => {
    await agent.page.keyboard.press('z');
    await expect.poll(() => zoom().textContent()).toMatch(/^Device, \d\d %$/);
    await expect.poll(() => agent.viewer.locator('.page-device[data-device="window"]').count()).toBe(1);
    const [outer, inner, around] = [await boxOf('.page-device'), await boxOf('.page-frame'), await room()];
    expect(outer.width).toBeLessThanOrEqual(around.width);
    expect(outer.height).toBeLessThanOrEqual(around.height);
    expect(inner.height).toBeLessThan(outer.height);
    expect(inner.width / inner.height).toBeCloseTo(1280 / 800, 1);
    await agent.page.keyboard.press('z');
    await expect.poll(() => zoom().textContent()).toMatch(/^Fit/);
  });

  it('follows when the visitor’s window changes', async () => {
    await visitor.page.setViewportSize({ width: 400, height: 800 });
    await expect
      .poll(async () => {
        const { width, height } = await boxOf('.page-frame');
        return Math.round((width / height) * 100);
      })
      .toBe(50);
    await visitor.page.setViewportSize({ width: 1280, height: 800 });
    await expect.poll(async () => (await boxOf('.page-frame')).width).toBeGreaterThan(800);
  });
});

it('fills the screen, with the state and the tools still there, and gives it back', async () => {
  const small = await room();
  await agent.button('Full screen').click();
  await expect.poll(() => agent.page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  await expect.poll(async () => (await room()).width).toBeGreaterThan(small.width);
  await agent.liveState.getByText(/^Live/).first().waitFor();
  await agent.button('End the session').click();
  await agent.button('Keep watching').click();
  await agent.page.keyboard.press('f');
  await expect.poll(room).toEqual(small);
  expect(await agent.page.evaluate(() => document.fullscreenElement)).toBeNull();
});

it('a colleague is invited by a note with a link, and handed the session; the visitor sees who watches, by name', async () => {
  const { email, password } = await (await signInOwner(rapport)).addsAgent('Ben');
  const ben = await openAgent(browser, rapport, { signIn: { email, password } });
  await agent.button('Bring in a colleague').click();
  await agent.button('Invite').click();
  await agent.page.getByText('Choose a colleague.').waitFor();
  const choose = () =>
    agent.page.getByLabel('Colleague', { exact: true }).selectOption({ label: 'Ben (online)' });
  await expect.poll(choose).toHaveLength(1);
  await agent.button('Invite').click();
  await agent.page.getByText('Ben has been told.').waitFor();
  await agent.button('Done').click();

  await ben.page.getByRole('link', { name: /^Mentions/ }).click();
  await ben.opens('Look at this with me');
  const link = ben.page.getByRole('link', { name: /\/console\/cobrowse\// });
  await ben.page.goto((await link.first().getAttribute('href')) ?? '');
  await ben.mirror.getByRole('heading', { name: 'The collection' }).waitFor();
  await expect.poll(() => visitor.sign.words()).toBe('Owner and Ben see this page');
  await agent.page.getByText('Ben is watching').waitFor();

  await agent.button('Bring in a colleague').click();
  await expect
    .poll(() => agent.page.getByLabel('Colleague', { exact: true }).selectOption({ label: 'Ben (watching)' }))
    .toHaveLength(1);
  await agent.button('Hand over').click();
  await agent.page.getByText(/(assigned|transferred the conversation to) Ben/).waitFor();
  await expect.poll(() => visitor.sign.words()).toBe('Ben sees this page');
  await agent.viewsPage();
  await agent.liveState.getByText(/^Live/).first().waitFor();
  await ben.leaves();
});

it('leaves a card in the conversation when it is over: pages, times, who watched', async () => {
  await visitor.page.getByRole('link', { name: 'Bruno sofa' }).first().click();
  await agent.mirror.getByRole('heading', { name: 'Bruno sofa' }).waitFor();
  await agent.button('End the session').click();
  await agent.page.getByRole('button', { name: 'End session', exact: true }).click();
  await agent.page.getByRole('main').getByRole('button', { name: 'Back to the conversation' }).last().click();

  const card = agent.page.getByRole('region', { name: /^Co-browsing with/ });
  await expect
    .poll(() => card.getByRole('list', { name: 'Who watched' }).getByRole('listitem').allTextContents())
    .toEqual([expect.stringContaining('Owner'), expect.stringContaining('Ben')]);
  const steps = card.getByRole('list', { name: 'Pages and actions' }).getByRole('listitem');
  expect(await steps.allTextContents()).toEqual([
    expect.stringMatching(/^\d:\d\dShop.*stayed /),
    expect.stringMatching(/^\d:\d\dBruno sofa.*stayed /),
  ]);
  await visitor.opensChat();
  await visitor.panel.getByText('Owner and Ben saw your page').click();
  await visitor.panel.getByRole('definition').first().waitFor();
});
