import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, openAgent } from '../support/agent.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { isRelaySocket, recordTraffic, type Traffic } from '../support/frames.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
let demo: Demo;
let stop: () => Promise<void>;
let agent: Agent;
let visitor: Visitor;
let traffic: Traffic;
/** What the visitor's browser says of the page's own rules. */
let violations: string[];

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

/** The visitor stands on this page and is asked to share it. */
async function asked(path: string, text: string): Promise<void> {
  violations = [];
  visitor = await openVisitor(browser, 'about:blank');
  visitor.page.on('console', (message) => {
    if (/content security policy|trusted|violat/i.test(message.text())) violations.push(message.text());
  });
  traffic = await recordTraffic(visitor.page);
  await visitor.goesTo(demo.origin + path);
  await visitor.opensChat();
  await visitor.writes(text);
  await agent.page.getByRole('link', { name: 'Inbox' }).click();
  await agent.opens(text);
  await agent.button('Ask to see the page').click();
  await visitor.consent.waitFor();
}

const preview = () => visitor.consent.frameLocator('iframe');
const share = () => visitor.consent.getByRole('button', { name: 'Share', exact: true });
const ready = () => visitor.consent.getByRole('button', { name: 'Share', exact: true, disabled: false });
const control = () =>
  visitor.consent.getByRole('checkbox', { name: /^Let Owner also click, scroll and type/ });
const words = (text: string | null) => (text ?? '').replace(/\s+/g, ' ').trim();
const relaySockets = () => traffic.sockets.filter(isRelaySocket);

describe('the preview', () => {
  it('is what the agent then sees, masks and all, and stays in the visitor’s browser', async () => {
    await asked('/account', 'What would you see?');
    await preview().getByRole('heading', { name: 'Your account' }).waitFor();
    // Blocked, masked by the page, hidden by pattern, typed: none of it is in the preview.
    const shown = words(await preview().locator('body').textContent());
    for (const secret of ['NW-4471-8820-03', 'marta.lindqvist@example.com', '+49 151 5550 4747']) {
      expect(await visitor.page.content()).toContain(secret);
      expect(shown).not.toContain(secret);
      expect(
        await preview()
          .locator('html')
          .evaluate((html) => html.outerHTML),
      ).not.toContain(secret);
    }
    await visitor.consent.getByText(/with (?:one part|\d+ parts) hidden\. Nothing is sent yet\.$/).waitFor();
    const values = (inputs: Element[]) => inputs.map((input) => (input as HTMLInputElement).value);
    const filled = await preview().locator('input:not([type=hidden])').evaluateAll(values);
    expect(relaySockets()).toEqual([]);

    await visitor.shares();
    await agent.viewsPage();
    await agent.mirror.getByRole('heading', { name: 'Your account' }).waitFor();
    await expect.poll(async () => words(await agent.mirror.locator('body').textContent())).toBe(shown);
    expect(await agent.mirror.locator('input:not([type=hidden])').evaluateAll(values)).toEqual(filled);
    expect(violations).toEqual([]);
  });

  it('has the page’s own looks: layout, fonts and images', async () => {
    await asked('/catalogue', 'As it looks here');
    const heading = preview().getByRole('heading', { name: 'The collection' });
    await heading.waitFor();
    const look = (element: Element) => {
      const { fontFamily, fontSize, color } = getComputedStyle(element);
      const { left, top, width } = element.getBoundingClientRect();
      return { fontFamily, fontSize, color, left, top, width };
    };
    const own = await visitor.page.locator('main h1').evaluate(look);
    await expect.poll(() => heading.evaluate(look)).toEqual(own);
    const drawn = (image: Element) => (image as HTMLImageElement).naturalWidth;
    await expect.poll(() => preview().locator('main img').first().evaluate(drawn)).toBeGreaterThan(0);
    await preview()
      .locator('html')
      .evaluate(() => document.compatMode)
      .then((mode) => expect(mode).toBe('CSS1Compat'));
    expect(violations).toEqual([]);
  });

  it('follows the page while the question stands', async () => {
    await asked('/about', 'It changes');
    await preview().locator('main').waitFor();
    await visitor.page.evaluate(() => {
      const line = document.createElement('p');
      line.textContent = 'News for you@mail.example';
      document.querySelector('main')?.prepend(line);
    });
    await preview().getByText('News for ••••••').waitFor();
    await visitor.page.evaluate(() => scrollTo(0, 200));
    await expect
      .poll(() =>
        preview()
          .locator('html')
          .evaluate(() => scrollY),
      )
      .toBe(200);
  });

  it('has nothing to press, no scripts, and ends with the question', async () => {
    await asked('/about', 'Only a picture');
    const frame = visitor.consent.locator('iframe');
    await preview().locator('main').waitFor();
    expect(await frame.getAttribute('sandbox')).toBe('allow-same-origin');
    expect(await frame.evaluate((element) => (element as HTMLIFrameElement).inert)).toBe(true);
    expect(await preview().locator('script').count()).toBe(0);
    await visitor.page.keyboard.press('Escape');
    await visitor.consent.waitFor({ state: 'detached' });
    expect(await visitor.page.locator('iframe').count()).toBe(0);
  });
});

describe('the answer', () => {
  it('to look and to control are two choices, by keyboard alone, without a fault that axe finds', async () => {
    await asked('/about', 'Two questions');
    await ready().waitFor();
    expect(await accessibilityFaults(visitor.page, ['[data-rapport-own]'])).toEqual([]);
    expect(await control().isChecked()).toBe(false);
    await visitor.page.keyboard.press('Tab');
    await expect.poll(() => control().evaluate((box) => box.matches(':focus'))).toBe(true);
    await visitor.page.keyboard.press('Space');
    expect(await control().isChecked()).toBe(true);
    await visitor.page.keyboard.press('Tab');
    await visitor.page.keyboard.press('Tab');
    await visitor.page.keyboard.press('Enter');
    await expect
      .poll(() => traffic.frames.some(({ bytes }) => bytes.includes('"allowsControl":true')))
      .toBe(true);
  });

  it('a script of the page neither ticks nor answers', async () => {
    await asked('/about', 'By itself');
    await ready().waitFor();
    await visitor.page.evaluate(() => {
      const find = <T extends Element>(selector: string) =>
        [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => [
          ...(shadowRoot?.querySelectorAll<T & HTMLElement>(selector) ?? []),
        ])[0];
      const box = find<HTMLInputElement>('.cb-allow input');
      box?.click();
      if (box) box.checked = true;
      box?.dispatchEvent(new Event('change', { bubbles: true }));
      find('.cb-yes')?.click();
    });
    await share().click();
    await expect.poll(() => traffic.frames.some(({ bytes }) => bytes.includes('cobrowse:answer'))).toBe(true);
    const answers = traffic.frames.filter(({ bytes }) => bytes.includes('cobrowse:answer'));
    expect(answers).toHaveLength(1);
    expect(String(answers[0]?.bytes)).toContain('"allowsControl":false');
  });

  it('what the page lays over the buttons is found, said, and makes Share wait', async () => {
    await asked('/about', 'Something over it');
    await ready().waitFor();
    await visitor.page.evaluate(() => {
      const cover = document.createElement('div');
      cover.id = 'cover';
      cover.popover = 'manual';
      cover.textContent = 'You have won! Press here';
      // Clicks go through it: only its looks deceive.
      cover.style.cssText =
        'position:fixed;inset:0;width:100%;height:100%;background:#fff;pointer-events:none';
      document.body.append(cover);
      cover.showPopover();
    });
    await visitor.consent.getByRole('alert').filter({ hasText: 'covers these buttons' }).waitFor();
    const box = await share().boundingBox();
    if (!box) throw new Error('no button');
    await visitor.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    expect(await share().getAttribute('aria-disabled')).toBe('true');
    expect(traffic.frames.some(({ bytes }) => bytes.includes('cobrowse:answer'))).toBe(false);

    await visitor.page.evaluate(() => document.querySelector('#cover')?.remove());
    await visitor.shares();
    await visitor.consent.waitFor({ state: 'detached' });
  });

  it('after Decline the chat is there as before', async () => {
    await asked('/about', 'Not now');
    await visitor.consent.getByRole('button', { name: 'Decline' }).click();
    await visitor.consent.waitFor({ state: 'detached' });
    await visitor.panel.waitFor();
    await visitor.writes('Rather in words');
    await agent.message('Rather in words').waitFor();
  });
});
