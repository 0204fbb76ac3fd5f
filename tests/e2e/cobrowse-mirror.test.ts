import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { recordTraffic, type Traffic } from '../support/frames.ts';
import type { Rapport } from '../support/rapport.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
let stop: () => Promise<void>;
let agent: Agent;
let visitor: Visitor;
let traffic: Traffic;
/** All that the agent's browser has asked for, whoever of its pages and frames it was. */
const askedByAgent: string[] = [];
/** What the visitor's browser says of the page's own rules. */
const violations: string[] = [];

/** One session for all stories, begun with one consent. */
beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  agent = await openAgent(browser, rapport);
  agent.context.on('request', (request) => askedByAgent.push(request.url()));
  visitor = await openVisitor(browser, 'about:blank');
  visitor.page.on('console', (message) => {
    if (/content security policy|trusted|violat/i.test(message.text())) violations.push(message.text());
  });
  await visitor.context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      console.error(`violated: ${effectiveDirective} by ${blockedURI}`);
    });
  });
  traffic = await recordTraffic(visitor.page);
  await visitor.goesTo(`${demo.origin}/catalogue`);
  await startCobrowse(agent, visitor, 'Look with me');
});
afterAll(async () => {
  await browser.close();
  await stop();
});

/** Reads the same element on the visitor's page and in the mirror until both are as expected. */
async function bothShow<T>(selector: string, read: (element: Element) => T, expected: T) {
  for (const page of [visitor.page, agent.mirror]) {
    await expect.poll(() => page.locator(selector).evaluate(read)).toEqual(expected);
  }
}

const shownRatio = async () => {
  const { width, height } = await agent.viewer.locator('.page-frame').evaluate((frame) => {
    const box = frame.getBoundingClientRect();
    return { width: box.width, height: box.height };
  });
  return width / height;
};

describe('what the visitor sees, the agent sees', () => {
  it.each([
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ])('at the true ratio of $width to $height', async ({ width, height }) => {
    await visitor.page.setViewportSize({ width, height });
    const inner = () => agent.mirror.locator('html').evaluate(() => [innerWidth, innerHeight]);
    await expect.poll(inner).toEqual([width, height]);
    await expect.poll(async () => Math.abs((await shownRatio()) / (width / height) - 1)).toBeLessThan(0.01);
    // As wide as it is there: laid out as there. The shop's menu folds where it is narrow.
    const display = (menu: Element) => getComputedStyle(menu).display;
    await bothShow('#site-menu', display, width > 900 ? 'flex' : 'none');
    // Not cut off: the whole of it is inside the window.
    const [box, room] = [
      await agent.viewer.locator('.page-frame').boundingBox(),
      await agent.page.locator('iframe.cobrowse-frame').boundingBox(),
    ];
    expect(box && room && box.y >= room.y && box.y + box.height <= room.y + room.height).toBe(true);
    await visitor.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('scrolling of the window and inside the page', async () => {
    // Five thousand rows: a page that takes a while by itself.
    await visitor.page.goto(`${demo.origin}/archive`, { timeout: 60_000 });
    await agent.mirror.locator('#parts-scroll').waitFor({ timeout: 60_000 });
    await visitor.page.locator('#parts-scroll').hover();
    await visitor.page.mouse.wheel(0, 2_345);
    await bothShow('#parts-scroll', (element) => element.scrollTop, 2_345);
    await visitor.page.evaluate(() => scrollTo(0, 260));
    await bothShow('html', () => scrollY, 260);
    expect(await agent.mirror.locator('#parts-table tbody tr').count()).toBe(5_000);
  });

  it('what is typed where the shop shows it, and dots where it does not', async () => {
    await visitor.goesTo(`${demo.origin}/checkout`);
    await visitor.page.locator('#street').pressSequentially('Lindenallee 17b');
    await visitor.page.locator('#delivery-note').fill('Second floor\nThe bell is broken');
    await visitor.page.locator('#full-name').fill('Petra Geheimnis');
    const value = (element: Element) => (element as HTMLInputElement).value;
    await bothShow('#street', value, 'Lindenallee 17b');
    await bothShow('#delivery-note', value, 'Second floor\nThe bell is broken');
    await expect.poll(() => agent.mirror.locator('#full-name').inputValue()).toMatch(/^[•*]+$/);
  });

  it('a modal dialog with what lies behind it', async () => {
    await visitor.page.locator('#open-delivery').click();
    await bothShow('#delivery-dialog', (dialog) => dialog.matches(':modal'), true);
    const backdrop = (dialog: Element) => getComputedStyle(dialog, '::backdrop').backgroundColor;
    await bothShow(
      '#delivery-dialog',
      backdrop,
      await visitor.page.locator('#delivery-dialog').evaluate(backdrop),
    );
    await visitor.page.getByText('To the room of your choice').click();
    await bothShow(
      '#delivery-dialog label:nth-child(2) input',
      (radio) => (radio as HTMLInputElement).checked,
      true,
    );
    await bothShow('.delivery-line span', (line) => line.textContent, 'To the room of your choice');
    await visitor.page.locator('#delivery-dialog-done').click();
    await bothShow('#delivery-dialog', (dialog) => dialog.matches(':modal'), false);
  });

  it('components whose script comes after the page is shared', async () => {
    let letScriptCome = () => {};
    const held = new Promise<void>((resolve) => {
      letScriptCome = resolve;
    });
    await visitor.page.route('**/js/showroom.js', async (route) => {
      await held;
      await route.continue();
    });
    await visitor.page.goto(`${demo.origin}/showroom`, { waitUntil: 'commit' });
    await agent.mirror.getByRole('heading', { name: 'The showroom' }).waitFor();
    letScriptCome();
    await bothShow('#room-reading .like', (button) => button.textContent, 'Save room');
    // From a sheet that all of them adopt.
    const glow = (box: Element) => getComputedStyle(box).borderBottomColor;
    await bothShow('#room-reading .picture', glow, 'rgb(201, 161, 90)');
    await visitor.page.unroute('**/js/showroom.js');
  });

  it('hover, in the page and on a web component', async () => {
    await visitor.goesTo(`${demo.origin}/showroom`);
    // The page before has the same menu.
    await agent.mirror.getByRole('heading', { name: 'The showroom' }).waitFor();
    const link = '#site-menu li:nth-child(5) a';
    const look = (element: Element) => {
      const { color, backgroundColor } = getComputedStyle(element);
      return `${color} on ${backgroundColor}`;
    };
    const atRest = await visitor.page.locator(link).evaluate(look);
    await visitor.page.locator(link).hover();
    await expect.poll(() => visitor.page.locator(link).evaluate(look)).not.toBe(atRest);
    await bothShow(link, look, await visitor.page.locator(link).evaluate(look));
    // `:host(:hover)` lifts the card.
    await visitor.page.locator('#room-reading').hover();
    await bothShow('#room-reading', (card) => getComputedStyle(card).transform, 'matrix(1, 0, 0, 1, 0, -3)');
    await expect.poll(() => agent.mirror.locator(link).evaluate(look)).toBe(atRest);
  });

  it('style rules made by scripts, in the page and in the sheets of shadow roots', async () => {
    for (const [name, sky, glow] of [
      ['Night', 'rgb(43, 54, 80)', 'rgb(143, 123, 176)'],
      ['Evening', 'rgb(229, 176, 140)', 'rgb(192, 113, 76)'],
    ]) {
      await visitor.page.getByRole('button', { name }).click();
      await bothShow('#ambience-scene .sky', (element) => getComputedStyle(element).fill, sky);
      await bothShow('#ambience-scene', (element) => getComputedStyle(element).borderTopColor, glow);
      await bothShow('#room-reading .picture', (box) => getComputedStyle(box).borderBottomColor, glow);
      await bothShow('nw-room[data-featured]', (room) => getComputedStyle(room).outlineColor, glow);
    }
    await visitor.page.locator('#room-reading input').first().uncheck();
    const sum = await visitor.page.locator('#room-reading .amount').textContent();
    await bothShow('#room-reading .amount', (amount) => amount.textContent, sum);
  });

  it('images and fonts, and the agent’s browser asks nobody but Rapport', async () => {
    const pictures = () =>
      agent.mirror.locator('nw-room img').evaluateAll((images) =>
        images.map((image) => {
          const { src, complete, naturalWidth, naturalHeight } = image as HTMLImageElement;
          return [new URL(src).protocol, complete, naturalWidth, naturalHeight];
        }),
      );
    await expect.poll(pictures).toEqual(Array(3).fill(['blob:', true, 800, 640]));
    const inter = () =>
      agent.mirror
        .locator('html')
        .evaluate(() =>
          [...document.fonts].filter(({ family }) => /Inter/.test(family)).map((f) => f.status),
        );
    await expect.poll(inter).toContain('loaded');

    const origins = new Set(askedByAgent.map((url) => new URL(url)).map(({ origin }) => origin));
    expect([...origins].filter((origin) => origin !== 'null').sort()).toEqual([
      `http://127.0.0.1:${rapport.port}`,
      rapport.origin,
    ]);
  });
});

describe('one consent is enough', () => {
  const sessions = () => new Set(traffic.sockets.map((url) => new URL(url).searchParams.get('cobrowse')));
  const shownAddress = () => agent.page.locator('.cobrowse-address').textContent();

  it('from page to page: catalogue, product, cart, checkout', async () => {
    await visitor.goesTo(`${demo.origin}/catalogue`);
    await visitor.page.getByRole('link', { name: 'Bruno sofa' }).first().click();
    await agent.mirror.getByRole('heading', { name: 'Bruno sofa' }).waitFor();
    await expect.poll(() => visitor.sign.words()).toBe('Owner sees this page');
    await visitor.page.locator('#add-to-cart').click();
    await agent.mirror.getByText('Bruno sofa is in your cart.').waitFor();
    await visitor.page.locator('#go-to-checkout').click();
    await agent.mirror.locator('#place-order').waitFor();
    await expect.poll(shownAddress).toContain('/checkout');
    await expect.poll(() => visitor.sign.words()).toBe('Owner sees this page');
    expect(await visitor.consent.count()).toBe(0);
    expect([...sessions()].filter((id) => id !== null)).toHaveLength(1);
    expect(traffic.stream().epochs.map(({ reason }) => reason)).toContain('page_loaded');
  });

  it('back and forward', async () => {
    await visitor.page.goBack();
    await agent.mirror.getByRole('heading', { name: 'Your cart' }).waitFor();
    await visitor.page.goForward();
    await agent.mirror.locator('#place-order').waitFor();
  });

  it('through the steps of a single-page app', async () => {
    await visitor.goesTo(`${demo.origin}/configurator`);
    await agent.mirror.getByRole('heading', { name: 'Build your own' }).waitFor();
    const loads = traffic.stream().epochs.length;
    await visitor.page.locator('#configurator a[data-place]').first().click();
    await visitor.page.locator('#total').waitFor();
    for (const step of ['Size', 'Legs', 'Extras']) {
      await visitor.page.locator('#steps').getByRole('link', { name: step }).click();
      await visitor.page.locator('#step-panel input:not(:checked)').last().check({ force: true });
      const total = await visitor.page.locator('#total').textContent();
      await bothShow('#total', (sum) => sum.textContent, total);
      await expect.poll(shownAddress).toContain(`/configurator/`);
    }
    await bothShow('#step-panel input:checked', () => true, true);
    await expect.poll(shownAddress).toMatch(/extras$/);
    expect(traffic.stream().epochs).toHaveLength(loads);
  });

  it('inside a frame of the same origin', async () => {
    await visitor.goesTo(`${demo.origin}/visit-us`);
    const inFrame = agent.mirror.frameLocator('#store-map');
    await inFrame.getByRole('heading', { name: 'Nordwald Hamburg' }).waitFor();
    await visitor.page.frameLocator('#store-map').locator('#pin-vienna').click();
    await inFrame.getByRole('heading', { name: 'Nordwald Vienna' }).waitFor();
    await bothShow('#chosen-store', (name) => name.textContent, 'Vienna');
  });

  it('under a strict Content-Security-Policy with Trusted Types, which nothing of ours breaks', async () => {
    await visitor.goesTo(`${demo.origin}/secure`);
    await agent.mirror.getByRole('heading', { name: 'My documents' }).waitFor();
    await visitor.page.locator('#open-guarantee-0931').click();
    await agent.mirror.locator('#documents').getByText('BR-26-00931').waitFor();
    await visitor.page.getByRole('button', { name: 'Invoices' }).click();
    await bothShow('#document-count', (count) => count.textContent, '2 documents');
    await expect.poll(() => visitor.sign.words()).toBe('Owner sees this page');
    expect(violations).toEqual([]);
  });
});
