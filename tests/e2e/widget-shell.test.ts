import { SignJWT } from 'jose';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultSiteSettings, type SiteSettings } from '../../shared/model/site.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { type HostPages, hostPage, scriptTag, startHostPages } from '../support/host-page.ts';
import { type Owner, signInOwner } from '../support/owner.ts';
import type { Rapport } from '../support/rapport.ts';
import { openVisitor, type Visitor, visitorOn } from '../support/visitor.ts';

/** What stands around the conversation: consent, form, menu, the window of its own, and what a page can call. */

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
let friend: HostPages;
let owner: Owner;
let stop: () => Promise<void>;
let visitor: Visitor;

const plain = defaultSiteSettings('', []).chat;
const consentText = 'We keep what you write for 90 days.';

/**
 * Runs in a page: what other tabs have stored shows only with its `storage` event, as between two processes of a browser.
 * Messages of a channel may be there before.
 */
function seeStorageLate() {
  const seen = new Map(Object.entries(localStorage));
  addEventListener('storage', ({ key, newValue }) => {
    if (key !== null && newValue !== null) seen.set(key, newValue);
  });
  const { getItem, setItem } = Storage.prototype;
  Storage.prototype.getItem = function (key) {
    return this === localStorage ? (seen.get(key) ?? null) : getItem.call(this, key);
  };
  Storage.prototype.setItem = function (key, value) {
    if (this === localStorage) seen.set(key, value);
    setItem.call(this, key, value);
  };
}

/** Sets what the site asks; everything else as it comes. */
async function siteAsks(chat: Partial<SiteSettings['chat']>, more: Partial<SiteSettings> = {}) {
  const { sites } = await owner.request('session:open', {});
  const site = sites[0]?.site;
  if (!site) throw new Error('there is no site');
  const settings = { ...site.settings, liveVisitors: false, ...more, chat: { ...plain, ...chat } };
  await owner.request('site:update', { siteId: site.id, settings });
}

const calls = (page: Page, ...args: unknown[]) =>
  page.evaluate((all) => {
    (globalThis as unknown as { rapport(...args: unknown[]): void }).rapport(...all);
  }, args);

/** Writes as the agent who owns the site, in the conversation that was written in last. */
async function agentAnswers(text: string) {
  const all = await owner.conversations();
  const newest = all.sort((a, b) => b.createdAtMs - a.createdAtMs)[0];
  await owner.request('message:send', {
    conversationId: newest?.id ?? '',
    clientId: `answer-${Date.now()}-0123456789`,
    text,
  });
}

beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  owner = await signInOwner(rapport);
  friend = await startHostPages();
  await owner.allowsOrigin(friend.origin);
});
beforeEach(() => siteAsks({}));
afterEach(() => visitor?.leaves());
afterAll(async () => {
  await browser.close();
  await friend.close();
  await stop();
});

describe('the consent step', () => {
  beforeEach(() => siteAsks({ consent: { on: true, text: consentText, link: '' } }, { liveVisitors: true }));

  it('comes before anything is sent or kept, and declining leads to a calm explanation', async () => {
    visitor = await openVisitor(browser, `${demo.origin}/catalogue`);
    const { page, panel } = visitor;
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    await visitor.opensChat();
    await panel.getByText(consentText).waitFor();
    await calls(page, 'track', 'seen', {});
    await panel.getByRole('button', { name: 'No, thanks' }).click();
    await panel.getByRole('heading', { name: 'Nothing has been sent' }).waitFor();
    expect(await accessibilityFaults(page, ['rapport-widget'])).toEqual([]);
    expect(sockets).toEqual([]);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);

    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await panel.getByRole('button', { name: 'Agree and go on' }).click();
    await visitor.composer.waitFor();
    await expect.poll(() => sockets.length).toBe(1);
  });

  it('is asked once, in all tabs, until its text changes', async () => {
    visitor = await openVisitor(browser, `${demo.origin}/catalogue`);
    await visitor.opensChat();
    const other = visitorOn(visitor.context, await visitor.context.newPage());
    await other.page.addInitScript(seeStorageLate);
    await other.page.goto(`${demo.origin}/about`);
    await other.opensChat();
    await visitor.panel.getByRole('button', { name: 'Agree and go on' }).click();
    await other.composer.waitFor();
    await siteAsks({ consent: { on: true, text: 'Other words.', link: '' } });
    const context = visitor.context;
    const page = await context.newPage();
    // The configuration may be kept for a minute.
    await page.route(/\/site\/pk_demo/, async (route) => {
      await route.fulfill({ response: await route.fetch({ headers: { 'cache-control': 'no-cache' } }) });
    });
    await page.goto(`${demo.origin}/visit-us`);
    const later = visitorOn(context, page);
    await later.opensChat();
    await later.panel.getByText('Other words.').waitFor();
  });
});

describe('the form before the first message', () => {
  beforeEach(() =>
    siteAsks({
      form: {
        on: true,
        fields: [
          { id: 'name', label: 'Your name', kind: 'text', required: true, options: [] },
          { id: 'email', label: 'E-mail', kind: 'email', required: true, options: [] },
          { id: 'topic', label: 'Topic', kind: 'choice', required: true, options: ['Order', 'Return'] },
          { id: 'terms', label: 'I am over 18', kind: 'checkbox', required: true, options: [] },
        ],
      },
    }),
  );

  it('is filled in by keyboard alone, says what is wrong at the field, and goes with the message', async () => {
    visitor = await openVisitor(browser, `${demo.origin}/catalogue`);
    const { page, panel } = visitor;
    await page.locator('button.launcher').focus();
    await page.keyboard.press('Enter');
    await visitor.composer.waitFor();
    await page.keyboard.type('Where is my order?');
    await page.keyboard.press('Enter');
    const nameField = panel.getByLabel('Your name');
    await nameField.waitFor();
    await expect.poll(() => nameField.evaluate((field) => field.matches(':focus'))).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(() => nameField.evaluate((field) => field.getAttribute('aria-invalid'))).toBe('true');
    await page.keyboard.type('Zoë');
    await page.keyboard.press('Tab');
    await page.keyboard.type('zoe@example');
    await page.keyboard.press('Enter');
    await panel.getByText('This is no e-mail address.').waitFor();
    expect(await accessibilityFaults(page, ['rapport-widget'])).toEqual([]);

    // What was filled in outlasts a reload.
    await page.reload();
    // Nothing was sent yet: the widget waits for the visitor.
    await visitor.opensChat();
    await visitor.composer.press('Enter');
    await expect.poll(() => nameField.inputValue()).toBe('Zoë');
    await panel.getByLabel('E-mail').fill('zoe@example.com');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Order');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await visitor.message('Where is my order?').getByText('Sent', { exact: true }).waitFor();
    await panel.getByText('zoe@example.com').first().waitFor();
  });
});

describe('the panel', () => {
  it('opens at a press however long that takes, also where it was open before the page load', async () => {
    visitor = await openVisitor(browser, `${demo.origin}/catalogue`);
    const { page, panel } = visitor;
    await visitor.opensChat();
    // Nothing was sent: the widget comes when the launcher is pressed.
    await page.reload();
    await visitor.launcher.hover();
    await page.mouse.down();
    await panel.waitFor();
    await page.mouse.up();
    expect(await panel.isVisible()).toBe(true);
    await visitor.launcher.click();
    await panel.waitFor({ state: 'detached' });
  });

  it('takes what is typed from the moment in which it shows', async () => {
    visitor = await openVisitor(browser, `${demo.origin}/catalogue`);
    await visitor.opensChat();
    await visitor.page.keyboard.press('Escape');
    await visitor.panel.waitFor({ state: 'detached' });
    const focused = await visitor.launcher.evaluate(async (launcher: HTMLElement) => {
      launcher.click();
      // It is drawn with the next microtask, and seen later.
      await new Promise<void>((resolve) => queueMicrotask(resolve));
      return (launcher.getRootNode() as ShadowRoot).activeElement?.getAttribute('aria-label');
    });
    expect(focused).toBe('Your message');
  });
});

describe('the menu', () => {
  it('opens, moves and closes by keyboard, and gives the focus back', async () => {
    visitor = await openVisitor(browser, `${demo.origin}/catalogue`);
    const { page, panel } = visitor;
    await visitor.opensChat();
    await visitor.writes('Good evening');
    await visitor.message('Good evening').getByText('Sent', { exact: true }).waitFor();
    const more = panel.getByRole('button', { name: 'More', exact: true });
    await more.press('Enter');
    const menu = panel.getByRole('menu');
    await menu.waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await accessibilityFaults(page, ['rapport-widget'])).toEqual([]);
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await expect.poll(() => more.evaluate((button) => button.matches(':focus'))).toBe(true);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  });

  it('saves the conversation as text', async () => {
    visitor = await openVisitor(browser, `${demo.origin}/catalogue`);
    const { page, panel } = visitor;
    await visitor.opensChat();
    await visitor.writes('Please remember this');
    await visitor.message('Please remember this').getByText('Sent', { exact: true }).waitFor();
    await panel.getByRole('button', { name: 'More', exact: true }).click();
    const saving = page.waitForEvent('download');
    await panel.getByRole('menuitem', { name: 'Download transcript' }).click();
    const stream = await (await saving).createReadStream();
    const text = Buffer.concat(await stream.toArray()).toString();
    expect(text).toContain('You: Please remember this');
  });

  it('ends the conversation, which can be undone, and else is told when the panel closes', async () => {
    visitor = await openVisitor(browser, `${demo.origin}/catalogue`);
    const { panel } = visitor;
    await visitor.opensChat();
    await visitor.writes('That was all');
    await visitor.message('That was all').getByText('Sent', { exact: true }).waitFor();
    const ends = async () => {
      await panel.getByRole('button', { name: 'More', exact: true }).click();
      await panel.getByRole('menuitem', { name: 'End conversation' }).click();
      await panel.getByText('You ended this conversation.').waitFor();
    };
    await ends();
    await panel.getByRole('button', { name: 'Undo' }).click();
    await panel.getByText('You ended this conversation.').waitFor({ state: 'detached' });
    await ends();
    await panel.getByRole('button', { name: 'Close', exact: true }).click();
    await expect
      .poll(async () => {
        const { sites } = await owner.request('session:open', {});
        const { rows } = await owner.request('inbox:list', {
          siteIds: [sites[0]?.site.id ?? ''],
          view: 'closed',
          filter: { labelIds: [], teamId: null, verifiedOnly: false },
          before: null,
          limit: 50,
        });
        return rows.map(({ conversation }) => conversation.lastMessage?.preview);
      })
      .toContain('That was all');
  });
});

describe('the window of its own', () => {
  /** A visitor writes this, and moves the chat into the window. */
  async function movesAway(text: string): Promise<Visitor> {
    visitor = await openVisitor(browser, `${demo.origin}/catalogue`);
    const { page, panel, context } = visitor;
    await visitor.opensChat();
    await visitor.writes(text);
    await visitor.message(text).getByText('Sent', { exact: true }).waitFor();
    await panel.getByRole('button', { name: 'More', exact: true }).click();
    const opening = page.waitForEvent('popup');
    await panel.getByRole('menuitem', { name: /window of its own/ }).click();
    const window = visitorOn(context, await opening);
    await window.message(text).waitFor();
    return window;
  }

  it('goes on with the conversation, and without the page that opened it', async () => {
    const window = await movesAway('I will move this away');
    const { page, panel } = visitor;
    await panel.waitFor({ state: 'detached' });
    const secrets = await window.page.evaluate(() => [
      ...Object.keys(localStorage),
      document.cookie,
      location.search,
    ]);
    expect(secrets.join('')).toBe('');

    // The launcher leads to the window, not to a second panel.
    await visitor.launcher.click();
    expect(await panel.count()).toBe(0);

    await page.close();
    await window.writes('Still here');
    await window.message('Still here').getByText('Sent', { exact: true }).waitFor();
    await window.page.reload();
    await window.message('Still here').waitFor();
  });

  it('asks before it closes over a message that has not been sent', async () => {
    const window = await movesAway('Before the tunnel');
    const { context } = visitor;
    await context.setOffline(true);
    await window.writes('In the tunnel');
    await window.message('In the tunnel').waitFor();
    const asking = window.page.waitForEvent('dialog');
    await window.page.close({ runBeforeUnload: true });
    const dialog = await asking;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await context.setOffline(false);
    await window.message('In the tunnel').getByText('Sent', { exact: true }).waitFor();
    const closing = window.page.waitForEvent('close');
    await window.page.close({ runBeforeUnload: true });
    await closing;
  });

  it('comes back after a reload when other people’s page stands where the shop was', async () => {
    const window = await movesAway('Before I leave');
    await visitor.page.goto(demo.origin.replace('localhost', '127.0.0.1'));
    await window.page.reload();
    await window.message('Before I leave').waitFor();
    await window.writes('Still here');
    await window.message('Still here').getByText('Sent', { exact: true }).waitFor();
  });

  it('that nobody has handed a visitor to says so, and asks for nothing', async () => {
    visitor = await openVisitor(browser, `${rapport.origin}/popout/pk_demo#${demo.origin}`);
    await visitor.page.getByText('This window belongs to a chat on another page.').waitFor();
    expect(await visitor.page.evaluate(() => sessionStorage.length)).toBe(0);
  });
});

describe('a tab that nobody looks at', () => {
  it('tells in its title how many messages wait, and has its own title back after that', async () => {
    visitor = await openVisitor(browser, `${demo.origin}/catalogue`);
    const { page } = visitor;
    await visitor.opensChat();
    await visitor.writes('Are you there?');
    await visitor.message('Are you there?').getByText('Sent', { exact: true }).waitFor();
    await visitor.panel.getByRole('button', { name: 'Close', exact: true }).click();
    const own = await page.title();
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await agentAnswers('Yes, here');
    await expect.poll(() => page.title()).toBe(`(1) ${own}`);
    await page.evaluate(() => {
      document.title = 'Another title';
    });
    await expect.poll(() => page.title()).toBe('(1) Another title');
    await page.evaluate(() => {
      Reflect.deleteProperty(document, 'visibilityState');
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await expect.poll(() => page.title()).toBe('Another title');
  });
});

describe('a page of the host', () => {
  const openHost = async (body: string, head = '') => {
    const tag = scriptTag({ origin: rapport.origin, siteKey: 'pk_demo' });
    friend.serve('/calls', { html: hostPage({ head: head + tag, body }) });
    visitor = await openVisitor(browser, `${friend.origin}/calls`);
    await visitor.launcher.waitFor();
    return visitor;
  };

  it('opens the panel from any element, with words for the message', async () => {
    const { page, panel, composer } = await openHost(
      '<button data-rapport-open>Help</button><a href="/gone" data-rapport-open="About order 7">Ask</a><div id="late"></div>',
    );
    await page.getByRole('button', { name: 'Help' }).press('Enter');
    await panel.waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Ask' }).click();
    await expect.poll(() => composer.inputValue()).toBe('About order 7');
    // A first conversation begins with the greeting, however the panel was opened.
    await panel.getByRole('heading', { level: 2 }).waitFor();
    expect(page.url()).toBe(`${friend.origin}/calls`);
    await composer.fill('My own words');
    await page.keyboard.press('Escape');
    await page.evaluate(() => {
      const root = document.querySelector('#late')?.attachShadow({ mode: 'open' });
      const button = document.createElement('button');
      button.dataset.rapportOpen = 'Other words';
      button.textContent = 'Late';
      root?.append(button);
    });
    await page.getByRole('button', { name: 'Late' }).click();
    await panel.waitFor();
    await expect.poll(() => composer.inputValue()).toBe('My own words');
  });

  it('follows events from before the widget has loaded', async () => {
    const stub = `<script>window.rapport=window.rapport||function(){(window.rapport.q=window.rapport.q||[]).push(arguments)};
      window.heard=[];for(const name of ['ready','open','close','conversation_started','message'])rapport('on',name,()=>heard.push(name));
      window.addEventListener('rapport:open',()=>heard.push('DOM open'));</script>`;
    const { page } = await openHost('', stub);
    await visitor.opensChat();
    await visitor.writes('Listen');
    await visitor.message('Listen').getByText('Sent', { exact: true }).waitFor();
    await calls(page, 'close');
    const heard = () => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
    await expect.poll(heard).toContain('close');
    expect((await heard()).sort()).toEqual(
      ['DOM open', 'close', 'conversation_started', 'message', 'open', 'ready'].sort(),
    );
  });

  it('tells of its customer without a signature, which reaches agents once the visitor writes', async () => {
    const { page } = await openHost('');
    await calls(page, 'identify', {
      name: 'Zoë Shop',
      email: 'zoe@shop.example',
      attributes: { plan: 'team' },
    });
    await calls(page, 'track', 'cart filled', { items: 3 });
    await visitor.opensChat();
    await visitor.writes('It is me');
    await visitor.message('It is me').getByText('Sent', { exact: true }).waitFor();
    const { sites } = await owner.request('session:open', {});
    const siteId = sites[0]?.site.id ?? '';
    const known = async () => {
      const { rows } = await owner.request('inbox:list', {
        siteIds: [siteId],
        view: 'all',
        filter: { labelIds: [], teamId: null, verifiedOnly: false },
        before: null,
        limit: 50,
      });
      const row = rows.find(({ conversation }) => conversation.lastMessage?.preview === 'It is me');
      if (!row) return null;
      const { events } = await owner.request('visitor:open', { siteId, visitorId: row.visitor.id });
      const { name, verified, attributes } = row.visitor;
      return { name, verified, attributes, events: events.map((event) => event.name) };
    };
    await expect
      .poll(known)
      .toEqual({ name: 'Zoë Shop', verified: false, attributes: { plan: 'team' }, events: ['cart filled'] });
  });

  it('names its customer with a signature, who finds the conversation again in another browser', async () => {
    const { sites } = await owner.request('session:open', {});
    const { key, secret } = await owner.request('identity:addKey', { siteId: sites[0]?.site.id ?? '' });
    const token = await new SignJWT({ name: 'Ada Signed' })
      .setProtectedHeader({ alg: 'HS256', kid: key.kid })
      .setSubject('customer-7')
      .setAudience('pk_demo')
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(secret));
    const identified = async () => {
      const { page } = await openHost('');
      const who = page.evaluate(
        (signed) =>
          new Promise((resolve) => {
            const { rapport: call } = globalThis as unknown as { rapport(...args: unknown[]): void };
            call('on', 'identified', resolve);
            call('on', 'identity_error', resolve);
            call('identify', () => signed);
          }),
        token,
      );
      expect(await who).toEqual({ name: 'Ada Signed', email: null, verified: true });
      await visitor.opensChat();
    };
    await identified();
    await visitor.writes('From my desk');
    await visitor.message('From my desk').getByText('Sent', { exact: true }).waitFor();
    await visitor.leaves();
    await identified();
    await visitor.message('From my desk').waitFor();
  });

  it('shows its agents who is there, where the site wants that, and leaves nothing behind', async () => {
    await siteAsks({}, { liveVisitors: true });
    const { page } = await openHost('');
    const { sites } = await owner.request('session:open', {});
    const siteId = sites[0]?.site.id ?? '';
    await expect
      .poll(async () => (await owner.request('live:list', { siteId })).visitors.map((one) => one.page.url))
      .toContain(`${friend.origin}/calls`);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
  });
});
