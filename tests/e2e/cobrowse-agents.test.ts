import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { recordTraffic, type Traffic } from '../support/frames.ts';
import { signInOwner } from '../support/owner.ts';
import type { Rapport } from '../support/rapport.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
let stop: () => Promise<void>;
let agent: Agent;
let visitor: Visitor;
let traffic: Traffic;

beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  agent = await openAgent(browser, rapport, { viewport: { width: 1024, height: 700 } });
  visitor = await openVisitor(browser, 'about:blank', { viewport: { width: 1280, height: 800 } });
  traffic = await recordTraffic(visitor.page);
  await visitor.goesTo(`${demo.origin}/catalogue`);
  await startCobrowse(agent, visitor, 'Where do I click?');
  await agent.button('Laser pointer').click();
});
afterAll(async () => {
  await browser.close();
  await stop();
});

interface Place {
  x: number;
  y: number;
}

const boxOf = (element: Element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
};

/** Moves the agent's mouse over an element of the mirror, to this part of its width and height. */
async function point(selector: string, part: Place) {
  const room = await agent.page.locator('iframe.cobrowse-frame').evaluate(boxOf);
  const page = await agent.viewer
    .locator('.page-layer:not([data-coming]) .replayer-wrapper > iframe')
    .evaluate((frame) => {
      const { x, y, width } = frame.getBoundingClientRect();
      return { x, y, scale: width / (frame as HTMLElement).offsetWidth };
    });
  const target = await agent.mirror.locator(selector).evaluate(boxOf);
  await agent.page.mouse.move(
    room.x + page.x + (target.x + target.width * part.x) * page.scale,
    room.y + page.y + (target.y + target.height * part.y) * page.scale,
  );
}

/** How far the dot on the visitor's page is from that part of the same element, in pixels. */
async function distance(selector: string, part: Place): Promise<number> {
  const [dot, target] = [await visitor.sign.dot(), await visitor.page.locator(selector).evaluate(boxOf)];
  if (!dot) return Number.POSITIVE_INFINITY;
  return Math.hypot(dot.x - (target.x + target.width * part.x), dot.y - (target.y + target.height * part.y));
}

describe('the laser pointer', () => {
  // At rest it fades after five seconds, which a busy machine may need for a step: the page's time stands still.
  beforeAll(() =>
    visitor.page.evaluate(() => {
      const nowMs = performance.now();
      performance.now = () => nowMs;
    }),
  );
  afterAll(() => visitor.page.evaluate(() => void Reflect.deleteProperty(performance, 'now')));

  it.each([
    ['h1', { x: 0.2, y: 0.5 }],
    ['#site-menu li:nth-child(5) a', { x: 0.8, y: 0.3 }],
    ['#results li:nth-child(3) img', { x: 0.5, y: 0.25 }],
  ])('shows at the same place of %s, although the windows differ', async (selector, part) => {
    await expect
      .poll(async () => {
        await point(selector, part);
        return distance(selector, part);
      })
      .toBeLessThan(3);
  });

  it('stays at its element when the visitor scrolls, and finds the next one after that', async () => {
    const selector = '#results li:nth-child(5) img';
    const part = { x: 0.4, y: 0.1 };
    await expect
      .poll(async () => {
        await point(selector, part);
        return distance(selector, part);
      })
      .toBeLessThan(3);
    const before = await visitor.sign.dot();
    await visitor.page.evaluate(() => scrollTo(0, 420));
    await expect.poll(async () => (await visitor.sign.dot())?.y).toBeLessThan((before?.y ?? 0) - 300);
    await expect.poll(() => distance(selector, part)).toBeLessThan(3);

    await expect.poll(() => agent.mirror.locator('html').evaluate(() => scrollY)).toBe(420);
    const next = '#results li:nth-child(8) h3';
    await expect
      .poll(async () => {
        await point(next, part);
        return distance(next, part);
      })
      .toBeLessThan(3);
  });

  it('is gone at once when it is switched off', async () => {
    await expect
      .poll(async () => {
        await point('#results li:nth-child(5) img', { x: 0.5, y: 0.5 });
        return visitor.sign.dot();
      })
      .not.toBeNull();
    await agent.button('Laser pointer is on').click();
    await expect.poll(() => visitor.sign.dot()).toBeNull();
  });
});

it('a second agent joins late and sees the page at once; the visitor’s page does nothing for it', async () => {
  const { email, password } = await (await signInOwner(rapport)).addsAgent('Ben');
  const colleague = await openAgent(browser, rapport, { signIn: { email, password } });
  await colleague.opens('Where do I click?');
  // All that was to be sent has arrived with this: what is sent from here on would be sent for the colleague.
  await visitor.page.evaluate(() => {
    const last = document.createElement('p');
    last.id = 'sent-last';
    document.body.append(last);
  });
  await agent.mirror.locator('#sent-last').waitFor({ state: 'attached' });
  const before = traffic.stream();

  await colleague.viewsPage();
  await colleague.mirror.getByText('Bruno sofa').first().waitFor();
  await expect.poll(() => colleague.mirror.locator('html').evaluate(() => scrollY)).toBe(420);
  await colleague.liveState.getByText(/^Live/).first().waitFor();
  await expect.poll(() => visitor.sign.words()).toBe('Owner and Ben see this page');
  await agent.page.getByText('Ben is watching').waitFor();
  const after = traffic.stream();
  expect(after.epochs).toHaveLength(before.epochs.length);
  expect(after.batches).toHaveLength(before.batches.length);
  expect(after.assets).toHaveLength(before.assets.length);

  // And it is live: both follow.
  await visitor.page.evaluate(() => scrollTo(0, 0));
  await visitor.page.locator('#search').focus();
  for (const each of [agent, colleague]) {
    await expect.poll(() => each.mirror.locator('html').evaluate(() => scrollY)).toBe(0);
  }
  expect(traffic.stream().batches.length).toBeGreaterThan(after.batches.length);
  await colleague.leaves();
  await expect.poll(() => visitor.sign.words()).toBe('Owner sees this page');
});
