import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, openAgent, signIn } from '../support/agent.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { signInOwner } from '../support/owner.ts';
import type { Rapport } from '../support/rapport.ts';
import { openVisitor, type Visitor, writeFromAfar } from '../support/visitor.ts';

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
let stop: () => Promise<void>;
let anna: Agent;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  anna = await openAgent(browser, rapport);
  visitor = await openVisitor(browser, `${demo.origin}/about`);
  for (const { page } of [anna, visitor]) await page.emulateMedia({ reducedMotion: 'reduce' });
});
afterAll(async () => {
  await browser.close();
  await stop();
});

/** Our own elements in the visitor's page. */
const widget = ['rapport-widget, [data-rapport-own]'];

/** What is wrong in the light and in the dark theme. */
async function faultsOf(page: Page, within?: string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const fault of await accessibilityFaults(page, within)) faults.push(`${colorScheme}: ${fault}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return faults;
}

/** Name or text of what has the keyboard, inside shadow roots too. */
const focused = (page: Page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });

const goesTo = (path: string) => anna.page.goto(`${rapport.origin}/console/${path}`);

describe('the widget has no fault that axe finds', () => {
  it('closed, and opened and closed by keyboard: the focus goes in and comes back', async () => {
    await visitor.launcher.waitFor();
    expect(await faultsOf(visitor.page, widget)).toEqual([]);

    await visitor.launcher.focus();
    await visitor.page.keyboard.press('Enter');
    await visitor.panel.waitFor();
    await expect.poll(() => focused(visitor.page)).toBe('Your message');
    await visitor.panel.getByText('Show us your page').waitFor();
    expect(await faultsOf(visitor.page, widget)).toEqual([]);
    await visitor.page.keyboard.press('Escape');
    await expect.poll(() => visitor.panel.count()).toBe(0);
    await expect.poll(() => focused(visitor.page)).toBe('Chat with us');
  });

  it('a conversation', async () => {
    await visitor.page.keyboard.press('Enter');
    await visitor.writes('Can somebody look at this page with me?');
    await goesTo('inbox');
    await anna.opens('Can somebody look');
    await anna.answers('Gladly.\nSee https://example.com/help');
    await visitor.message('Gladly.').waitFor();
    await anna.composer.fill('One more');
    await visitor.panel.getByRole('img', { name: /is typing/ }).waitFor();
    expect(await faultsOf(visitor.page, widget)).toEqual([]);
    await anna.composer.fill('');
  });

  it('the consent dialog, answered by keyboard alone, and the banner while the page is shared', async () => {
    await anna.button('Ask to see the page').click();
    await visitor.consent.waitFor();
    expect(await faultsOf(visitor.page, widget)).toEqual([]);

    await expect.poll(() => focused(visitor.page)).toBe('Owner would like to see this page');
    const { keyboard } = visitor.page;
    await keyboard.press('Tab');
    await expect.poll(() => focused(visitor.page)).toMatch(/^Let Owner also click|^$/);
    await keyboard.press('Tab');
    await expect.poll(() => focused(visitor.page)).toBe('Decline');
    await keyboard.press('Tab');
    await expect.poll(() => focused(visitor.page)).toBe('Share');
    // What has just come up cannot be agreed to by accident.
    await visitor.consent.getByRole('button', { name: 'Share', disabled: false }).waitFor();
    await keyboard.press('Enter');
    await expect.poll(() => visitor.consent.count()).toBe(0);
    await expect.poll(visitor.sign.words).toContain('You are sharing this page');
    expect(await faultsOf(visitor.page, widget)).toEqual([]);
  });

  it('the co-browse page has none either, for the agent', async () => {
    await anna.viewsPage();
    await anna.liveState.getByText(/^Live/).first().waitFor();
    expect(await faultsOf(anna.page)).toEqual([]);
    await anna.button('End the session').click();
    await anna.page.getByRole('dialog', { name: 'End co-browsing?' }).waitFor();
    expect(await faultsOf(anna.page)).toEqual([]);
    await anna.button('End session').click();
    const back = anna.page.getByRole('main').getByText('Back to the conversation', { exact: true });
    await back.waitFor();
    expect(await faultsOf(anna.page)).toEqual([]);
    await back.click();
    await anna.composer.waitFor();
  });

  it('the survey card, before and after a score is chosen', async () => {
    await anna.closes();
    // Sharing has closed the panel: the page was to be seen.
    await visitor.opensChat();
    const scale = visitor.panel.getByRole('radiogroup');
    await scale.waitFor();
    expect(await faultsOf(visitor.page, widget)).toEqual([]);
    await scale.getByRole('radio', { name: /^4/ }).check();
    await visitor.panel.getByRole('textbox', { name: /Anything to add/ }).fill('Thanks');
    expect(await faultsOf(visitor.page, widget)).toEqual([]);
    await visitor.panel.getByRole('button', { name: 'Send answer' }).click();
    await visitor.panel.getByText(/^Thank you/).waitFor();
    expect(await faultsOf(visitor.page, widget)).toEqual([]);
  });
});

describe('the console has no fault that axe finds', () => {
  it('signing in, refused too', async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${rapport.origin}/console`);
    await page.getByLabel('E-mail').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await signIn(page, { email: 'nobody@example.com', password: 'a wrong password' });
    await page.getByRole('alert').getByText('is not right').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await context.close();
  });

  it('inbox and conversation, at 1440 and 360 px, with menu and keys open', async () => {
    const { conversationId } = await writeFromAfar(rapport, demo.origin, 'مرحبا، هل يمكنكم مساعدتي؟');
    await writeFromAfar(rapport, demo.origin, 'Not read yet');
    await goesTo('inbox');
    await anna.row('Not read yet').waitFor();
    expect(await faultsOf(anna.page)).toEqual([]);
    await anna.page.keyboard.press('?');
    await anna.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await faultsOf(anna.page)).toEqual([]);

    await goesTo(`inbox/${conversationId}`);
    await anna.answers('أهلا وسهلا');
    await anna.message('أهلا وسهلا').getByText('Sent', { exact: true }).waitFor();
    await anna.button('Assign').click();
    await anna.page.getByRole('option', { name: 'Assign to me' }).waitFor();
    expect(await faultsOf(anna.page)).toEqual([]);
    await anna.page.getByRole('option', { name: 'Assign to me' }).click();
    await anna.page.locator('.toast').last().waitFor();
    expect(await faultsOf(anna.page)).toEqual([]);

    await anna.page.setViewportSize({ width: 360, height: 740 });
    expect(await faultsOf(anna.page)).toEqual([]);
    await anna.button('About the visitor').click();
    expect(await faultsOf(anna.page)).toEqual([]);
    await anna.page.setViewportSize({ width: 1440, height: 900 });
  });

  it('a conversation of everything that can happen, and the feedback it brought', async () => {
    await goesTo('inbox?view=closed');
    await anna.opens('Gladly.');
    await anna.messages.getByText(/rated the help 4 of 5/).waitFor();
    expect(await faultsOf(anna.page)).toEqual([]);
    await goesTo('feedback');
    await anna.page.getByText('Thanks', { exact: true }).waitFor();
    expect(await faultsOf(anna.page)).toEqual([]);
  });

  it.each([
    ['', 'Script tag'],
    ['look', 'Look of the widget'],
    ['texts', 'Chat'],
    ['privacy', 'What co-browsing shows'],
    ['team', 'Team'],
    ['account', 'This browser'],
  ])('settings/%s', async (path, heading) => {
    await goesTo(`settings/${path}`);
    await anna.page.getByRole('heading', { name: heading, exact: true }).waitFor();
    if (path === 'privacy') {
      await anna.button('Add a rule').click();
      await anna.page.getByLabel('Mask').fill('[[');
    } else if (path === 'team') {
      await anna.page.getByText('(you)').waitFor();
      expect(await faultsOf(anna.page)).toEqual([]);
      await anna.button('Add a person').click();
    }
    expect(await faultsOf(anna.page)).toEqual([]);
    if (path === 'privacy') await anna.button('Discard').click();
  });
});

describe('nothing jumps', () => {
  it('while the console loads its inbox and opens conversations', async () => {
    const owner = await signInOwner(rapport);
    const [first, second] = [
      await writeFromAfar(rapport, demo.origin, 'A first one'),
      await writeFromAfar(rapport, demo.origin, 'A second one'),
    ];
    for (let count = 0; count < 12; count += 1) {
      await owner.request('message:send', {
        conversationId: first.conversationId,
        clientId: `m${String(count).padStart(21, '0')}`,
        text: `Line ${count}\nand another line`,
      });
    }
    await anna.page.addInitScript(() => {
      const shifts: string[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const { value, hadRecentInput, sources } = entry as PerformanceEntry & {
            value: number;
            hadRecentInput: boolean;
            sources: Array<{ node: Element | null }>;
          };
          if (!hadRecentInput) {
            shifts.push(`${value} by ${sources.map(({ node }) => node?.className ?? '').join(', ')}`);
          }
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const rowOf = ({ conversationId }: { conversationId: string }) =>
      anna.page.locator(`a.inbox-row[href$="${conversationId}"]`);
    const shifts = () => anna.page.evaluate(() => Reflect.get(window, 'shifts') as string[]);
    for (const width of [1440, 360]) {
      await anna.page.setViewportSize({ width, height: 800 });
      await goesTo('inbox');
      await rowOf(second).waitFor();
      // Clicks that no hand made: after a real one the browser forgives half a second.
      await rowOf(second).evaluate((row: HTMLElement) => row.click());
      await anna.message('A second one').waitFor();
      await anna.page.goBack();
      await rowOf(first).evaluate((row: HTMLElement) => row.click());
      await anna.message('Line 11').waitFor();
      expect(await shifts()).toEqual([]);
      await goesTo(`inbox/${second.conversationId}`);
      await anna.message('A second one').waitFor();
      await second.writes(`A message at ${width} px`);
      await anna.message(`A message at ${width} px`).waitFor();
      await goesTo('feedback');
      await anna.page.getByText('Answers by score').waitFor();
      expect(await shifts()).toEqual([]);
    }
  });
});
