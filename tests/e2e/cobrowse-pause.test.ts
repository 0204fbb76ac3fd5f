import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { CobrowseRule } from '../../shared/model/site.ts';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { recordTraffic, type Traffic } from '../support/frames.ts';
import { type Owner, signInOwner } from '../support/owner.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
let demo: Demo;
let stop: () => Promise<void>;
let owner: Owner;
let agent: Agent;
let visitor: Visitor;
let traffic: Traffic;

beforeAll(async () => {
  browser = await launchChromium();
  const started = await startRapportAndDemo();
  ({ demo, close: stop } = started);
  owner = await signInOwner(started.rapport);
  agent = await openAgent(browser, started.rapport);
});
afterEach(async () => {
  await visitor.leaves();
  await setRules([]);
});
afterAll(async () => {
  await browser.close();
  await stop();
});

async function setRules(rules: CobrowseRule[]): Promise<void> {
  const { sites } = await owner.request('session:open', {});
  for (const { site } of sites) {
    await owner.request('site:update', {
      siteId: site.id,
      settings: { ...site.settings, cobrowse: { ...site.settings.cobrowse, rules } },
    });
  }
}

async function visitorAt(path: string): Promise<void> {
  visitor = await openVisitor(browser, 'about:blank');
  await visitor.page.addInitScript(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    for (const name of ['rapport:cobrowse_paused', 'rapport:cobrowse_resumed']) {
      addEventListener(name, (event) => {
        const { reason = '' } = (event as CustomEvent<{ reason?: string }>).detail;
        told.push(`${name.slice(8)} ${reason}`.trim());
      });
    }
  });
  traffic = await recordTraffic(visitor.page);
  await visitor.goesTo(demo.origin + path);
}

const told = () => visitor.page.evaluate(() => Reflect.get(window, 'told') as string[]);
const says = (text: string) =>
  visitor.page.evaluate((words) => {
    const line = document.createElement('p');
    line.textContent = words;
    document.querySelector('main')?.prepend(line);
  }, text);
const sent = (text: string) => traffic.stream().texts.some((batch) => batch.includes(text));
const moves = (path: string) =>
  visitor.page.evaluate((next) => {
    history.pushState(null, '', next);
  }, path);

it('the visitor pauses and goes on: meanwhile nothing leaves, on later pages neither, and both sides say so', async () => {
  await visitorAt('/about');
  await startCobrowse(agent, visitor, 'A moment, please');
  await says('before the pause');
  await agent.mirror.getByText('before the pause').waitFor();

  await visitor.page.getByRole('button', { name: 'Pause sharing' }).click();
  await agent.liveState.getByText('Paused by the visitor').first().waitFor();
  await expect.poll(() => visitor.sign.words()).toBe('Paused. Nobody sees this page.');
  expect(await told()).toEqual(['cobrowse_paused visitor']);
  await says('during the pause');
  await visitor.goesTo(`${demo.origin}/showroom`);
  await expect.poll(() => visitor.sign.words()).toMatch(/^Paused\./);
  await says('on the next page');

  await visitor.page.getByRole('button', { name: 'Go on sharing' }).click();
  await agent.mirror.getByText('on the next page').waitFor();
  await agent.liveState.getByText(/^Live/).first().waitFor();
  expect(sent('during the pause')).toBe(false);
  expect(await told()).toContain('cobrowse_resumed');
});

it('the site’s rules pause where they say so, from the very change of the address, and pages follow other rules at once', async () => {
  await setRules([{ path: '/account/private*', action: 'pause' }]);
  await visitorAt('/about');
  await startCobrowse(agent, visitor, 'Mind the rules');
  await moves('/account/private/papers');
  await says('private papers');
  await agent.liveState.getByText('Paused on this page by the site’s rules').first().waitFor();
  await expect.poll(() => visitor.sign.words()).toMatch(/^Paused\. This page is not shared/);
  expect(await told()).toEqual(['cobrowse_paused page']);
  await visitor.page.evaluate(() => document.querySelector('main p')?.remove());
  await moves('/about');
  await agent.liveState.getByText(/^Live/).first().waitFor();
  expect(sent('private papers')).toBe(false);

  await setRules([{ path: '/about', action: 'pause' }]);
  await agent.liveState.getByText('Paused on this page by the site’s rules').first().waitFor();
  await says('after the change');
  await setRules([]);
  await agent.mirror.getByText('after the change').waitFor();
});

it('where the site says never, nobody asks and nobody offers', async () => {
  await setRules([{ path: '/about', action: 'never' }]);
  await visitorAt('/about');
  await visitor.opensChat();
  await visitor.writes('Can you look?');
  await agent.page.getByRole('link', { name: 'Inbox' }).click();
  await agent.opens('Can you look?');
  await agent.button('Ask to see the page').click();
  await agent.page
    .getByText('The site does not let the page that the visitor is on be shared.')
    .first()
    .waitFor();
  await visitor.page.evaluate(() => rapport('cobrowse', 'start'));
  await expect.poll(() => visitor.sign.words()).toBe('This page is not shared.');
  expect(await visitor.consent.count()).toBe(0);

  await visitor.goesTo(`${demo.origin}/showroom`);
  // The page is the server's to judge once it is told of it.
  await agent.page
    .getByText(/\/showroom$/)
    .first()
    .waitFor();
  await agent.button('Ask to see the page').click();
  await visitor.consent.waitFor();
  await visitor.page.keyboard.press('Escape');
});

it('closing the conversation ends what is shared in it', async () => {
  await visitorAt('/about');
  await startCobrowse(agent, visitor, 'Until we are done');
  const { conversation } = (await conversationOf('Until we are done')) ?? {};
  if (!conversation) throw new Error('no conversation');
  await owner.request('conversation:setStatus', {
    conversationId: conversation.id,
    clientId: 'closing-the-conversation-1',
    status: 'closed',
  });
  await expect.poll(() => visitor.sign.words()).toMatch(/^Page sharing has ended/);
  await agent.liveState.getByText('Ended: an agent stopped the session').first().waitFor();
});

async function conversationOf(text: string) {
  const all = await owner.conversations();
  const conversation = all.find(({ lastMessage }) => lastMessage?.preview === text);
  return conversation && { conversation };
}
