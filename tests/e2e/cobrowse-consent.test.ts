import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { isRelaySocket, recordTraffic, type Traffic } from '../support/frames.ts';
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
afterEach(() => visitor.leaves());
afterAll(async () => {
  await browser.close();
  await stop();
});

/** Each page load begins with a page that has sent nothing. */
async function visitorAt(path: string): Promise<Traffic> {
  visitor = await openVisitor(browser, 'about:blank');
  const traffic = await recordTraffic(visitor.page);
  await visitor.goesTo(demo.origin + path);
  return traffic;
}

const relaySockets = ({ sockets }: Traffic) => sockets.filter(isRelaySocket);
/** What sends is files of its own; what records is there before, for the preview. */
const senderFiles = ({ requests }: Traffic) =>
  requests.map(({ url }) => url).filter((url) => /\/(?:sharing|batch-deflate)[^/]*\.js/.test(url));

/** The page changes with every animation frame from now on, and says how often. */
const keepChanging = (page: Page) =>
  page.evaluate(() => {
    const line = document.createElement('p');
    line.id = 'changes';
    document.body.prepend(line);
    let changes = 0;
    const change = () => {
      changes += 1;
      line.textContent = `changed-${changes}-times`;
      requestAnimationFrame(change);
    };
    change();
  });
const changes = (page: Page) =>
  page.locator('#changes').evaluate((line) => Number(/\d+/.exec(line.textContent ?? '')?.[0]));

describe('before the visitor agrees', () => {
  it('the visitor sees who asks and for what, nothing is recorded, and no means no', async () => {
    const traffic = await visitorAt('/catalogue');
    await visitor.opensChat();
    await visitor.writes('May I ask something?');
    await agent.page.getByRole('link', { name: 'Inbox' }).click();
    await agent.opens('May I ask something?');
    await agent.button('Ask to see the page').click();

    await visitor.consent.getByRole('heading', { name: 'Owner would like to see this page' }).waitFor();
    await expect
      .poll(() => visitor.consent.textContent())
      .toMatch(
        /You can stop at any time.*Shared\s*Pages of Demo shop.*Never shared\s*Passwords, card details/,
      );
    await agent.page.getByText(/^Waiting for Visitor \d{4} to answer/).waitFor();
    expect(await visitor.sign.words()).toBeNull();

    await keepChanging(visitor.page);
    await expect.poll(() => changes(visitor.page)).toBeGreaterThan(20);
    expect(relaySockets(traffic)).toEqual([]);
    expect(senderFiles(traffic)).toEqual([]);

    await visitor.consent.getByRole('button', { name: 'Decline' }).click();
    await visitor.consent.waitFor({ state: 'detached' });
    await agent.page
      .getByRole('status')
      .getByText(/^Visitor \d{4} declined to share the page\.$/)
      .waitFor();
    await agent.messages.getByText(/^Visitor \d{4} declined to share the page/).waitFor();
    expect(relaySockets(traffic)).toEqual([]);
    expect(senderFiles(traffic)).toEqual([]);

    // Asked again, the answer is yes: now, and only now.
    await agent.button('Ask to see the page').click();
    await visitor.shares();
    await expect.poll(() => traffic.stream().epochs.length).toBe(1);
    expect(relaySockets(traffic)).toHaveLength(1);
    expect(senderFiles(traffic)).not.toEqual([]);
    await agent.viewsPage();
    await agent.mirror.locator('#changes').waitFor();
  });

  it('clicks and keys made by a script of the page give no consent', async () => {
    const traffic = await visitorAt('/catalogue');
    await visitor.opensChat();
    await visitor.writes('A page that clicks by itself');
    await agent.page.getByRole('link', { name: 'Inbox' }).click();
    await agent.opens('A page that clicks by itself');
    await agent.button('Ask to see the page').click();
    await visitor.consent.waitFor();

    const pressed = await visitor.page.evaluate(() => {
      const buttons = [...document.querySelectorAll('*')]
        .flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll('dialog button') ?? [])])
        .filter((button) => button.textContent === 'Share' && button instanceof HTMLElement);
      for (const button of buttons as HTMLElement[]) {
        button.click();
        button.focus();
        for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
          button.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, cancelable: true }));
        }
        for (const type of ['keydown', 'keypress', 'keyup']) {
          for (const key of ['Enter', ' ']) {
            button.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, composed: true }));
          }
        }
      }
      return buttons.length;
    });
    expect(pressed).toBe(1);

    // The visitor's own answer comes later on the same connection: a yes before it would have won.
    await visitor.page.keyboard.press('Escape');
    await agent.page
      .getByRole('status')
      .getByText(/^Visitor \d{4} declined to share the page\.$/)
      .waitFor();
    expect(relaySockets(traffic)).toEqual([]);
    expect(senderFiles(traffic)).toEqual([]);
  });

  it('the visitor offers from the message box, and nothing is recorded until an agent looks', async () => {
    const traffic = await visitorAt('/showroom');
    await visitor.opensChat();
    await visitor.panel.getByRole('button', { name: 'Show us your page' }).click();
    await visitor.consent.getByRole('heading', { name: 'Show your page to the team' }).waitFor();
    await visitor.shares();
    await expect.poll(() => visitor.sign.words()).toMatch(/^Waiting for someone/);

    await agent.page.getByRole('link', { name: 'Inbox' }).click();
    await agent.row('Offers to show the page').click();
    await agent.page
      .getByRole('status')
      .getByText(/^Visitor \d{4} offers to show the page/)
      .waitFor();
    expect(relaySockets(traffic)).toEqual([]);
    expect(senderFiles(traffic)).toEqual([]);

    await agent.viewsPage();
    await agent.mirror.getByRole('heading', { name: 'The showroom' }).waitFor();
    await expect.poll(() => visitor.sign.words()).toBe('Owner sees this page');
  });
});

describe('while the page is shared', () => {
  /** Says when the page heard that the visitor clicked or pressed a key. */
  const noteStop = (page: Page) =>
    page.evaluate(() => {
      addEventListener(
        'click',
        (event) => {
          if (event.isTrusted) document.body.dataset.stoppedAt = String(performance.now());
        },
        { capture: true, once: true },
      );
    });

  /** Every way to stop leads here: nothing of the page is sent from then on, and the agent is told. */
  async function expectStopped(traffic: Traffic) {
    // The visitor's sign says it for five seconds.
    await Promise.all([
      expect.poll(() => visitor.sign.words()).toMatch(/^You stopped sharing/),
      agent.liveState.getByText('Ended: the visitor stopped sharing').first().waitFor(),
    ]);
    await expect.poll(() => agent.page.locator('iframe.cobrowse-frame').count()).toBe(0);

    const timeStamp = await visitor.page.evaluate(() => Number(document.body.dataset.stoppedAt));
    const stoppedAtMs = await traffic.clockMs(timeStamp);
    const before = await changes(visitor.page);
    await expect.poll(() => changes(visitor.page)).toBeGreaterThan(before + 30);
    const { batches } = traffic.stream();
    expect(batches.filter(({ atMs }) => atMs < stoppedAtMs)).not.toEqual([]);
    expect(batches.filter(({ atMs }) => atMs > stoppedAtMs + 100)).toEqual([]);
  }

  it('the banner names who watches, stays above a dialog, and stops everything at a click', async () => {
    const traffic = await visitorAt('/checkout');
    await startCobrowse(agent, visitor, 'Stop by mouse');
    await expect.poll(() => visitor.sign.words()).toBe('Owner sees this page');
    const isOnTop = async () => {
      const box = await visitor.sign.stopBox();
      if (!box) return false;
      const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      return visitor.page.evaluate(
        ({ x, y }) => document.elementFromPoint(x, y)?.hasAttribute('data-rapport-own') ?? false,
        middle,
      );
    };
    expect(await isOnTop()).toBe(true);
    await visitor.page.locator('#open-delivery').click();
    await expect.poll(isOnTop).toBe(true);

    await keepChanging(visitor.page);
    await agent.mirror.getByText(/^changed-\d{2,}-times$/).waitFor();
    await noteStop(visitor.page);
    await visitor.sign.stops();
    await expectStopped(traffic);
  });

  it('the keyboard stops it as well', async () => {
    const traffic = await visitorAt('/about');
    await startCobrowse(agent, visitor, 'Stop by keyboard');
    await keepChanging(visitor.page);
    await agent.mirror.getByText(/^changed-\d{2,}-times$/).waitFor();
    await noteStop(visitor.page);
    for (let presses = 0; presses < 60 && !(await visitor.sign.isStopFocused()); presses += 1) {
      await visitor.page.keyboard.press('Tab');
    }
    expect(await visitor.sign.isStopFocused()).toBe(true);
    await visitor.page.keyboard.press('Enter');
    await expectStopped(traffic);
  });
});
