import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, openAgent, type SignIn, signIn } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { freePort } from '../support/free-port.ts';
import { scriptTag } from '../support/host-page.ts';
import { type Owner, signInOwner } from '../support/owner.ts';
import type { Rapport } from '../support/rapport.ts';
import { openVisitor, type Visitor, writeFromAfar } from '../support/visitor.ts';

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
/** Stands between agents and the server; visitors reach the server directly. */
let network: FaultProxy;
/** Rapport as agents reach it: through the network. */
let atDesk: Pick<Rapport, 'origin' | 'admin'>;
let owner: Owner;
let stop: () => Promise<void>;
/** Signed in as the owner once: every sign-in costs the server a real password hash. */
let anna: Agent;
const leaving: Array<{ leaves(): Promise<void> }> = [];

beforeAll(async () => {
  browser = await launchChromium();
  const port = await freePort();
  network = await startFaultProxy({ port });
  ({
    rapport,
    demo,
    close: stop,
  } = await startRapportAndDemo({ port, env: { RAPPORT_ORIGIN: network.origin } }));
  atDesk = { origin: network.origin, admin: rapport.admin };
  owner = await signInOwner(rapport);
  anna = await openAgent(browser, atDesk);
  await anna.context.grantPermissions(['clipboard-read', 'clipboard-write']);
});
afterEach(async () => {
  network.heal();
  for (const person of leaving.splice(0)) await person.leaves();
});
afterAll(async () => {
  await browser.close();
  await network.close();
  await stop();
});

async function visitorAt(address: string, options?: Parameters<typeof openVisitor>[2]): Promise<Visitor> {
  const visitor = await openVisitor(browser, address, options);
  leaving.push(visitor);
  return visitor;
}
async function agent(who: SignIn): Promise<Agent> {
  const one = await openAgent(browser, atDesk, { signIn: who });
  leaving.push(one);
  return one;
}
async function signInPage(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext();
  leaving.push({ leaves: () => context.close() });
  const page = await context.newPage();
  await page.goto(`${atDesk.origin}/console`);
  return { context, page };
}
const writes = (text: string) => writeFromAfar(rapport, demo.origin, text);
const goesTo = (path: string) => anna.page.goto(`${atDesk.origin}/console/${path}`);
/** The views with their counts: "All 3". */
const tab = (one: Agent, name: 'All' | 'Closed') =>
  one.page.locator('.inbox-view', { hasText: new RegExp(`^${name}`) });
/** In the head of the conversation that is open. */
const head = (one: Agent, name: string) =>
  one.page.locator('.conversation-header').getByRole('button', { name: new RegExp(`^${name}`) });
const toast = (one: Agent, text: string) => one.page.locator('.toast', { hasText: text });
const notice = (text: string) => anna.page.getByText(text, { exact: true });

describe('signing in', () => {
  it('says what is wrong at its place, how long to wait after many tries, and lets the right password in', async () => {
    const { page } = await signInPage();
    const submit = page.locator('button[type="submit"]');
    await submit.click();
    await page.getByText('Enter your e-mail address.').waitFor();

    await signIn(page, { email: rapport.admin.email, password: 'not my password' });
    await page.getByRole('alert').getByText('The e-mail address or the password is not right.').waitFor();
    const password = page.getByLabel('Password');
    expect(await password.inputValue()).toBe('not my password');
    expect(await password.evaluate((field) => field === document.activeElement)).toBe(true);

    await page.getByLabel('E-mail').fill('nobody@example.com');
    const wait = page.getByText(/^Too many attempts\. You can try again in \d+ s\.$/);
    await expect
      .poll(async () => {
        if (await submit.isEnabled()) await submit.click();
        return wait.isVisible();
      })
      .toBe(true);
    await page.getByText('You can try again now').waitFor();

    await signIn(page, rapport.admin);
    await page.getByRole('navigation', { name: 'Places' }).waitFor();
  });

  it('keeps the agent signed in over a reload by a cookie that no script can read, until signing out', async () => {
    const { context, page } = await signInPage();
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    page.on('websocket', (socket) => addresses.push(socket.url()));
    const tokenOf = async () => {
      const response = await page.waitForResponse((one) => one.ok() && one.url().includes('/api/session'));
      return ((await response.json()) as { accessToken: string }).accessToken;
    };
    const signedIn = tokenOf();
    await signIn(page, rapport.admin);
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    const renewed = tokenOf();
    await page.reload();
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    const cookies = await context.cookies(`${atDesk.origin}/api/session`);
    expect(cookies).toMatchObject([{ path: '/api/session', httpOnly: true, sameSite: 'Strict' }]);
    const kept = JSON.stringify(
      await page.evaluate(async () => ({
        cookie: document.cookie,
        local: { ...localStorage },
        session: { ...sessionStorage },
        databases: await indexedDB.databases(),
      })),
    );
    for (const secret of [await signedIn, await renewed, cookies[0]?.value ?? '', rapport.admin.password]) {
      expect(secret.length).toBeGreaterThan(12);
      expect(kept).not.toContain(secret);
      expect(addresses.filter((address) => address.includes(secret))).toEqual([]);
    }

    await page.getByRole('button', { name: 'Owner: account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Rapport' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in to Rapport' }).waitFor();
    expect(await context.cookies(`${atDesk.origin}/api/session`)).toEqual([]);
  });
});

describe('the inbox', () => {
  it('tells what to do while it is empty, and shows a new conversation at once', async () => {
    await goesTo('');
    await notice('No open conversations').waitFor();
    expect(new URL(anna.page.url()).pathname).toBe('/console/inbox');
    await tab(anna, 'Closed').click();
    await notice('Nothing closed yet').waitFor();
    await tab(anna, 'All').click();
    await goesTo('feedback');
    await notice('No feedback in this period').waitFor();
    await goesTo('inbox');
    await notice('No open conversations').waitFor();

    await writes('Is anybody there?');
    await anna.row('Is anybody there?').waitFor();
    await expect.poll(() => tab(anna, 'All').textContent()).toBe('All 1');
    await expect.poll(() => anna.page.title()).toMatch(/^\(1\) /);
    await expect.poll(() => notice('No open conversations').count()).toBe(0);
  });

  it('a closed conversation comes back by Undo, and by Reopen from the other list', async () => {
    await writes('Please close this');
    await anna.opens('Please close this');
    const open = `All ${await anna.rows.count()}`;
    await expect.poll(() => tab(anna, 'All').textContent()).toBe(open);
    await head(anna, 'Close').click();
    await expect.poll(() => anna.row('Please close this').count()).toBe(0);
    await toast(anna, 'Closed.').getByRole('button', { name: 'Undo' }).click();
    await anna.row('Please close this').waitFor();
    await expect.poll(() => tab(anna, 'All').textContent()).toBe(open);

    await head(anna, 'Close').click();
    await expect.poll(() => anna.row('Please close this').count()).toBe(0);
    await tab(anna, 'Closed').click();
    await anna.opens('Please close this');
    await anna.messages
      .getByText(/You closed the conversation/)
      .last()
      .waitFor();
    await head(anna, 'Reopen').click();
    await expect.poll(() => anna.row('Please close this').count()).toBe(0);
    await tab(anna, 'All').click();
    await anna.row('Please close this').waitFor();
  });

  it('is worked by keyboard alone', async () => {
    for (const text of ['Keys one', 'Keys two', 'Keys three']) await writes(text);
    await goesTo('inbox');
    await anna.row('Keys three').waitFor();
    const focused = () => anna.page.evaluate(() => document.activeElement?.textContent ?? '');
    const { keyboard } = anna.page;
    // Who waits longest stands first; the row of an earlier story may be above.
    await anna.row('Keys one').focus();
    await keyboard.press('j');
    await expect.poll(focused).toContain('Keys two');
    await keyboard.press('j');
    await expect.poll(focused).toContain('Keys three');
    await keyboard.press('k');
    await expect.poll(focused).toContain('Keys two');
    await keyboard.press('Enter');
    await anna.message('Keys two').waitFor();
    await keyboard.press('Enter');
    await expect.poll(() => anna.composer.evaluate((field) => field === document.activeElement)).toBe(true);

    // Commands are letters only where nobody writes.
    await keyboard.type('jake, see?');
    await keyboard.press('Shift+Enter');
    await keyboard.type('Second line');
    await keyboard.press('Enter');
    await anna.message('jake, see?').getByText('Sent', { exact: true }).waitFor();
    const lines = anna.message('jake, see?').locator('.message-text');
    expect(await lines.locator('br').count()).toBe(1);
    expect(await lines.textContent()).toBe('jake, see?Second line');
    expect(await anna.composer.inputValue()).toBe('');

    await keyboard.press('Escape');
    await keyboard.press('?');
    const sheet = anna.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Close the conversation').waitFor();
    await keyboard.press('Escape');
    await expect.poll(() => sheet.count()).toBe(0);

    await anna.messages.getByText('You took the conversation').waitFor();
    await keyboard.press('a');
    await keyboard.type('nobody');
    await anna.page.getByRole('option', { name: 'Nobody' }).waitFor();
    await keyboard.press('Enter');
    await anna.messages.getByText('You took the assignment off').waitFor();
    await keyboard.press('e');
    await anna.messages.getByText('You closed the conversation').waitFor();
    await keyboard.press('r');
    await keyboard.type('P.S.');
    expect(await anna.composer.inputValue()).toBe('P.S.');
    await keyboard.press('Escape');
    await keyboard.press('Escape');
    await expect.poll(() => anna.composer.count()).toBe(0);
    await keyboard.press('g');
    await keyboard.press('f');
    await anna.page.getByRole('heading', { name: 'Feedback' }).waitFor();
  });

  it('shows where the visitor is, came from and with what, and follows to the next page', async () => {
    const visitor = await visitorAt('about:blank');
    await visitor.page.goto(`${demo.origin}/catalogue`, { referer: 'https://search.example/' });
    await visitor.opensChat();
    await visitor.writes('Which sofa is the softest?');
    await goesTo('inbox');
    await anna.opens('Which sofa is the softest?');
    const panel = anna.page.getByRole('region', { name: 'About Visitor' });
    const fact = (name: string) =>
      panel.locator('.visitor-fact', { hasText: name }).locator('dd').textContent();
    await panel.getByText('On the site now').waitFor();
    await expect
      .poll(() => panel.locator('.visitor-address').textContent())
      .toBe(`${new URL(demo.origin).host}/catalogue`);
    expect(await fact('Came from')).toBe('search.example');
    expect(await fact('Browser')).toMatch(/^Chrom\w+ \d+ on \w+/);
    expect(await fact('First seen')).toBe('just now');
    expect(await fact('Last seen')).toBe('Now');

    await visitor.goesTo(`${demo.origin}/about`);
    const title = await visitor.page.title();
    await panel.getByRole('link', { name: title }).waitFor();
    await expect.poll(() => panel.locator('.visitor-address').textContent()).toMatch(/\/about$/);
    await expect.poll(() => anna.row('Which sofa').locator('.inbox-page-name').textContent()).toBe(title);
    await visitor.leaves();
    await panel
      .getByText(/^Last seen/)
      .first()
      .waitFor();
  });

  it('two agents see the same, whoever does it', async () => {
    const ben = await agent(await owner.addsAgent('Ben'));
    await writes('Who takes care of me?');
    for (const one of [anna, ben]) {
      await one.page.goto(`${atDesk.origin}/console/inbox`);
      await one.opens('Who takes care of me?');
    }
    await anna.composer.pressSequentially('I do');
    await ben.page.getByText('Owner is typing a reply').waitFor();
    expect(await anna.page.getByText('Owner is typing a reply').count()).toBe(0);
    await anna.composer.press('Enter');
    await ben.message('I do').waitFor();
    expect(await ben.message('I do').locator('.message-name').textContent()).toBe('Owner');

    await ben.messages.getByText('Owner took the conversation').waitFor();
    await anna.button('Assigned to You').click();
    await anna.page.getByRole('option', { name: /^Ben/ }).click();
    await ben.messages.getByText('Owner transferred the conversation to you').waitFor();
    await ben.button('Assigned to You').waitFor();
    await anna.button('Assigned to Ben').waitFor();
    const assignee = (one: Agent) => one.row('Us: ').locator('.inbox-assignee').first().textContent();
    await expect
      .poll(async () => [await assignee(anna), await assignee(ben)])
      .toEqual(['Assigned to Ben', 'Assigned to You']);

    // Others hear of it when it can no longer be undone.
    await head(ben, 'Close').click();
    await anna.messages.getByText('Ben closed the conversation').waitFor();
    await head(anna, 'Reopen').waitFor();
    for (const name of ['All', 'Closed'] as const) {
      await expect
        .poll(
          async () => new Set([await tab(anna, name).textContent(), await tab(ben, name).textContent()]).size,
        )
        .toBe(1);
    }
    await head(anna, 'Reopen').click();
    await ben.messages.getByText('Owner reopened the conversation').waitFor();
    await ben.row('Us: ').first().waitFor();

    await anna.button('Assigned to Ben').click();
    await anna.page.getByRole('option', { name: 'Assign to me' }).click();
    await ben.button('Assigned to Owner').waitFor();
    await toast(anna, 'Assigned to you.').last().getByRole('button', { name: 'Undo' }).click();
    await ben.button('Assigned to You').waitFor();
  });

  it('after a lost network it is the same as freshly loaded, and what was written meanwhile is sent', async () => {
    const [kept, closed] = [await writes('I wrote before the cut'), await writes('Close me meanwhile')];
    await goesTo('inbox');
    await anna.opens('I wrote before the cut');
    network.set({ refused: true });
    network.cut();
    const line = anna.page.getByText(/^Reconnecting…/);
    await line.waitFor();

    await kept.writes('I wrote during the cut');
    await writes('I came during the cut');
    const { agent: me } = await owner.request('session:open', {});
    await owner.request('conversation:assign', {
      conversationId: kept.conversationId,
      clientId: `a${'0'.repeat(21)}`,
      agentId: me.id,
    });
    await owner.request('conversation:setStatus', {
      conversationId: closed.conversationId,
      clientId: `b${'0'.repeat(21)}`,
      status: 'closed',
    });
    await anna.answers('Written without a network');
    await anna.message('Written without a network').getByText('Sends when the line is back').waitFor();

    // By keyboard: a line that came back by itself in the same moment has taken the button away.
    await anna.page.getByRole('button', { name: 'Try now' }).focus();
    network.heal();
    await anna.page.keyboard.press('Enter');
    await anna.message('Written without a network').getByText('Sent', { exact: true }).waitFor();
    await anna.row('I came during the cut').waitFor();
    await expect.poll(() => line.count()).toBe(0);
    await expect.poll(() => anna.row('Close me meanwhile').count()).toBe(0);
    const seen = async () => ({
      counts: [await tab(anna, 'All').textContent(), await tab(anna, 'Closed').textContent()],
      rows: await anna.rows.allTextContents(),
      messages: await anna.messages.locator('.message-text, .messages-line span[dir]').allTextContents(),
    });
    await expect
      .poll(async () => (await seen()).messages.slice(-4))
      .toEqual([
        'I wrote before the cut',
        'I wrote during the cut',
        'You took the conversation',
        'Written without a network',
      ]);
    const open = async () => `All ${await anna.rows.count()}`;
    await expect.poll(async () => (await tab(anna, 'All').textContent()) === (await open())).toBe(true);
    const before = await seen();
    await anna.page.reload();
    await anna.message('Written without a network').waitFor();
    await expect.poll(seen).toEqual(before);
  });

  it('an address that names nothing says so and leads back', async () => {
    for (const [path, words] of [
      ['nowhere', 'There is no such page'],
      ['settings/nowhere', 'There are no such settings'],
      ['inbox/cv_AAAAAAAAAAAAAAAAAAAAAA', 'There is no such conversation'],
      ['inbox/mistyped', 'There is no such conversation'],
    ]) {
      await goesTo(path ?? '');
      await notice(words ?? '').waitFor();
    }
    await anna.page.getByRole('link', { name: 'Back to the list' }).click();
    await anna.rows.first().waitFor();
    await expect.poll(() => new URL(anna.page.url()).pathname).toBe('/console/inbox');
  });
});

describe('settings', () => {
  const saves = async () => {
    await anna.button('Save').click();
    await toast(anna, 'Saved.').last().waitFor();
    await expect.poll(() => anna.page.getByText('Unsaved changes').count()).toBe(0);
  };
  const section = (name: string) =>
    anna.page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name }).click();

  it('a wrong address is told at its field and nothing else is lost', async () => {
    await goesTo('settings');
    await anna.page.getByLabel('Name').fill('Nordwald');
    const field = anna.page.getByLabel('Add an address');
    for (const [typed, told] of [
      ['not an address', /not a web address/],
      ['https://*.shop.example', /Patterns with \* are not possible/],
      ['ftp://shop.example', /Only addresses with https/],
      [demo.origin, /in the list already/],
    ] as const) {
      await field.fill(typed);
      await field.press('Enter');
      const error = anna.page.locator('.origin-form').getByRole('alert');
      await expect.poll(() => error.textContent()).toMatch(told);
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      expect(await field.inputValue()).toBe(typed);
    }
    await field.fill('shop.example/some/page');
    await field.press('Enter');
    await anna.page.locator('.origin', { hasText: 'https://shop.example' }).waitFor();
    expect(await field.inputValue()).toBe('');

    await section('Texts');
    await anna.page.getByLabel('Greeting').fill('');
    await section('General');
    await anna.button('Save').click();
    await expect.poll(() => anna.page.getByLabel('Greeting').getAttribute('aria-invalid')).toBe('true');
    await anna.page.getByText('This cannot be empty.').waitFor();
    await anna.page.getByLabel('Greeting').fill('Moin!');
    await saves();
    await goesTo('settings');
    expect(await anna.page.getByLabel('Name').inputValue()).toBe('Nordwald');
    await anna.page.locator('.origin', { hasText: 'https://shop.example' }).waitFor();
  });

  it('colour and texts show in the widget on the next page load', async () => {
    await goesTo('settings/look');
    await anna.page.getByLabel('Accent colour', { exact: true }).fill('#ffd60');
    await anna.page.getByText('Write it like #0f6e62.').waitFor();
    await anna.page.getByLabel('Accent colour', { exact: true }).fill('#ffd60a');
    await anna.page.getByText(/Text on it is black/).waitFor();
    await anna.page.getByText('Left', { exact: true }).click();
    await section('Texts');
    await anna.page.getByLabel('Launcher').fill('Frag uns 👋');
    await anna.page.getByLabel('Greeting').fill('Guten Tag & willkommen <b>');
    await saves();

    const visitor = await visitorAt(`${demo.origin}/about`);
    await visitor.launcher.waitFor();
    expect(await visitor.launcher.getAttribute('aria-label')).toBe('Frag uns 👋');
    const { background, left } = await visitor.launcher.evaluate((button) => ({
      background: getComputedStyle(button).backgroundColor,
      left: button.getBoundingClientRect().left,
    }));
    expect(background).toBe('rgb(255, 214, 10)');
    expect(left).toBeLessThan(100);
    await visitor.opensChat();
    await visitor.panel.getByText('Guten Tag & willkommen <b>').waitFor();
    await visitor.panel.getByText('Nordwald').first().waitFor();
  });

  it('a privacy rule is checked while it is written, and kept', async () => {
    await goesTo('settings/privacy');
    await anna.button('Add a rule').click();
    await anna.page.getByLabel('On pages whose path is').fill('/account*');
    const mask = anna.page.getByLabel('Mask');
    await mask.fill('.secret[[');
    await anna.page.getByText('“.secret[[” is not a CSS selector.').waitFor();
    await anna.button('Save').click();
    await anna.page.getByText('Unsaved changes').waitFor();
    await mask.fill('.secret\n#order td');
    await saves();
    await anna.page.reload();
    await expect.poll(() => mask.inputValue()).toBe('.secret\n#order td');
    const { sites } = await owner.request('session:open', {});
    expect(sites[0]?.site.settings.privacy.rules).toEqual([
      { path: '/account*', mask: ['.secret', '#order td'], block: [], unmask: [] },
    ]);
  });

  it('the script tag is copied whole', async () => {
    await goesTo('settings');
    await anna.button('Copy').click();
    await anna.button('Copied').waitFor();
    expect(await anna.page.evaluate(() => navigator.clipboard.readText())).toBe(
      scriptTag({ origin: atDesk.origin, siteKey: rapport.siteKey }),
    );
  });

  it('an address that is taken out shows no widget any more', async () => {
    await goesTo('settings');
    await anna.button(`Remove ${demo.origin}`).click();
    await saves();
    const visitor = await visitorAt('about:blank');
    const warned = visitor.page.waitForEvent('console', (message) => message.text().includes(demo.origin));
    await visitor.goesTo(`${demo.origin}/about`);
    await warned;
    expect(await visitor.launcher.count()).toBe(0);

    await anna.page.getByLabel('Add an address').fill(demo.origin);
    await anna.button('Add').click();
    await saves();
    await visitor.goesTo(`${demo.origin}/about`);
    await visitor.launcher.waitFor();
  });

  it('a colleague signs in with the password that is shown once, and changes it', async () => {
    await goesTo('settings/team');
    await anna.button('Add a person').click();
    const dialog = anna.page.getByRole('dialog', { name: 'Add a person' });
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByText('Enter a name').waitFor();
    await dialog.getByLabel('Name').fill('Chidi Anagonye');
    await dialog.getByLabel('E-mail').fill('chidi@example.com');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    const added = anna.page.getByRole('dialog', { name: 'Chidi Anagonye is in the team' });
    const first = (await added.locator('code').textContent()) ?? '';
    await added.getByRole('button', { name: 'Done' }).click();
    const member = anna.page.locator('.team-member', { hasText: 'Chidi Anagonye' });
    await member.getByText('Offline').waitFor();
    expect(await anna.page.getByText(first).count()).toBe(0);

    const chidi = await agent({ email: 'chidi@example.com', password: first });
    await member.getByText('Online').waitFor();
    await chidi.page.goto(`${atDesk.origin}/console/settings`);
    await chidi.page.getByText('Only owners of the site can change this.').waitFor();
    await expect.poll(() => chidi.page.getByLabel('Name').isDisabled()).toBe(true);

    await chidi.page.getByRole('link', { name: 'Your account' }).click();
    await chidi.page.getByLabel('Password now').fill('not the right one');
    await chidi.page.getByLabel('New password').fill('short');
    await chidi.button('Change the password').click();
    await chidi.page.getByText('Use 10 to 200 characters.').waitFor();
    await chidi.page.getByLabel('New password').fill('forks and spoons and knives');
    await chidi.button('Change the password').click();
    await chidi.page.getByText('This is not your password.').waitFor();
    await chidi.page.getByLabel('Password now').fill(first);
    await chidi.button('Change the password').click();
    await toast(chidi, 'Your password is changed.').waitFor();

    await chidi.button('Chidi Anagonye: account').click();
    await chidi.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await signIn(chidi.page, { email: 'chidi@example.com', password: first });
    await chidi.page.getByRole('alert').getByText('is not right').waitFor();
    await signIn(chidi.page, { email: 'chidi@example.com', password: 'forks and spoons and knives' });
    await chidi.page.getByRole('navigation', { name: 'Places' }).waitFor();
  });

  it('the theme is the agent’s choice and stays', async () => {
    await goesTo('settings/account');
    const surface = () => anna.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await anna.page.getByText('Dark', { exact: true }).click();
    await expect.poll(surface).toBe('rgb(23, 25, 26)');
    await anna.page.reload();
    await expect.poll(surface).toBe('rgb(23, 25, 26)');
    await anna.page.getByText('Light', { exact: true }).click();
    await expect.poll(surface).toBe('rgb(255, 255, 255)');
    await anna.page.getByText('System', { exact: true }).click();
    await anna.page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(surface).toBe('rgb(23, 25, 26)');
    await anna.page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(surface).toBe('rgb(255, 255, 255)');
  });
});

describe('narrow screens', () => {
  const phone = { width: 360, height: 740 };

  it('at 360 px the list leads to a conversation and back', async () => {
    await writes('Sent to a small screen');
    await anna.page.setViewportSize(phone);
    await goesTo('inbox');
    await anna.opens('Sent to a small screen');
    expect(await anna.rows.first().isVisible()).toBe(false);
    await anna.answers('Answered on a small screen');
    await anna.message('Answered on a small screen').getByText('Sent', { exact: true }).waitFor();
    await anna.button('About the visitor').click();
    const panel = anna.page.getByRole('region', { name: 'About Visitor' });
    await panel.getByText('First seen').waitFor();
    await panel.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => panel.isVisible()).toBe(false);
    await anna.page.getByRole('link', { name: 'Back to the list' }).click();
    await anna.row('Answered on a small screen').waitFor();
    expect(await anna.composer.count()).toBe(0);
    await anna.page.getByRole('link', { name: 'Settings' }).click();
    await anna.page.getByRole('heading', { name: 'Script tag' }).waitFor();
  });

  it('no page is wider than the window', async () => {
    const { conversationId } = await writes('Unbreakable'.repeat(40));
    const pages: Array<[path: string, word: string | RegExp]> = [
      ['inbox', /^Unbreakable/],
      [`inbox/${conversationId}`, 'First seen'],
      ['inbox/mistyped', 'There is no such conversation'],
      ['feedback', 'Feedback'],
      ['settings', 'Script tag'],
      ['settings/look', 'Look of the widget'],
      ['settings/texts', 'Launcher'],
      ['settings/privacy', 'What co-browsing shows'],
      ['settings/team', '(you)'],
      ['settings/account', 'This browser'],
      ['nowhere', 'There is no such page'],
    ];
    const wide: string[] = [];
    for (const [path, word] of pages) {
      await goesTo(path);
      await anna.page.getByText(word).first().waitFor({ state: 'attached' });
      for (const viewport of [phone, { width: 1024, height: 768 }, { width: 1440, height: 900 }]) {
        await anna.page.setViewportSize(viewport);
        const cut = await anna.page.evaluate(async () => {
          // What measures the window itself does so with the next frame.
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          // What a part of the page hides beyond its edge would be lost as well; ends of lines are cut on purpose,
          // and the places of the settings scroll.
          const isMeant = (element: Element) =>
            getComputedStyle(element).textOverflow === 'ellipsis' ||
            element.closest('.unseen, .skip-link, .settings-nav, input, textarea');
          const parts = [...document.querySelectorAll('body *')].filter(
            (element) =>
              getComputedStyle(element).overflowX !== 'visible' &&
              element.clientWidth > 0 &&
              element.scrollWidth > element.clientWidth &&
              !isMeant(element),
          );
          const isWide = (document.scrollingElement?.scrollWidth ?? 0) > innerWidth;
          return [...(isWide ? ['the page'] : []), ...parts.map(({ className }) => String(className))];
        });
        for (const part of cut) wide.push(`${path} at ${viewport.width} px: ${part}`);
      }
    }
    expect(wide).toEqual([]);
  });
});
