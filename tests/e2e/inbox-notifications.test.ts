import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agent, openAgent } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import type { Rapport } from '../support/rapport.ts';
import { writeFromAfar } from '../support/visitor.ts';

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
let anna: Agent;
let stop: () => Promise<void>;

beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  anna = await openAgent(browser, rapport);
});
afterAll(async () => {
  await browser.close();
  await stop();
});

const writes = (text: string) => writeFromAfar(rapport, demo.origin, text);

/** Stands in for the browser's notifications, which nobody sees here: keeps what was shown. */
const keepNotifications = () => {
  const shown: string[] = [];
  class Kept extends EventTarget {
    static permission: NotificationPermission = 'default';
    static requestPermission = async () => {
      Kept.permission = 'granted';
      localStorage.setItem('test-permission', 'granted');
      return Kept.permission;
    };
    close = () => {};
    constructor(title: string, { body }: { body: string }) {
      super();
      shown.push(`${title} | ${body}`);
      Object.assign(window, { clickNotification: () => this.dispatchEvent(new Event('click')) });
    }
  }
  if (localStorage.getItem('test-permission') === 'granted') Kept.permission = 'granted';
  Object.assign(window, { Notification: Kept, shownNotifications: shown });
};
const shownIn = (page: Page) => page.evaluate(() => Reflect.get(window, 'shownNotifications') as string[]);

it('are offered once one would have helped, and then told once over two tabs; a click opens the conversation', async () => {
  await anna.context.addInitScript(keepNotifications);
  await anna.page.goto(`${rapport.origin}/console/settings`);
  await anna.page.getByRole('navigation', { name: 'Places' }).waitFor();
  const offer = anna.page.getByRole('region', { name: 'Desktop notifications' });
  expect(await offer.count()).toBe(0);
  await writes('Nobody hears me yet');
  await offer.getByRole('button', { name: 'Turn on' }).click();
  await expect.poll(() => offer.count()).toBe(0);

  const second = await anna.context.newPage();
  await second.goto(`${rapport.origin}/console/feedback`);
  await second.getByRole('navigation', { name: 'Places' }).waitFor();
  await writes('Everybody hears me');
  const both = async () => [...(await shownIn(anna.page)), ...(await shownIn(second))];
  const news = (text: string) => expect.stringMatching(new RegExp(`^New: Visitor \\d{4} \\| ${text}$`));
  await expect.poll(both).toEqual([news('Everybody hears me')]);
  // Two visitors wait: the title of every tab says so.
  await expect.poll(() => second.title()).toBe('(2) Feedback · Rapport');
  await expect.poll(() => anna.page.title()).toMatch(/^\(2\) /);

  const teller = (await shownIn(anna.page)).length > 0 ? anna.page : second;
  await teller.evaluate(() => (Reflect.get(window, 'clickNotification') as () => void)());
  await teller.getByRole('log').getByText('Everybody hears me').waitFor();

  // What is being looked at is not told; what comes beside it is.
  await teller.bringToFront();
  const visitor = await writes('Look at me');
  await expect.poll(async () => (await both()).length).toBe(2);
  await teller.goto(`${rapport.origin}/console/inbox/${visitor.conversationId}`);
  await teller.getByRole('log').getByText('Look at me').waitFor();
  await visitor.writes('You see this');
  await teller.getByRole('log').getByText('You see this').waitFor();
  await writes('And this is new');
  await expect.poll(both).toContainEqual(news('And this is new'));
  expect(await both()).not.toContainEqual(news('You see this'));
});
