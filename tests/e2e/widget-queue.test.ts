import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { defaultSiteSettings } from '../../shared/model/site.ts';
import { openAgent } from '../support/agent.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { type Owner, signInOwner } from '../support/owner.ts';
import type { Rapport } from '../support/rapport.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
let owner: Owner;
let stop: () => Promise<void>;
const people: Array<{ leaves(): Promise<void> }> = [];

beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  owner = await signInOwner(rapport);
});
afterEach(async () => {
  for (const person of people.splice(0)) await person.leaves();
});
afterAll(async () => {
  await browser.close();
  await stop();
});

async function writer(text: string): Promise<Visitor> {
  const visitor = await openVisitor(browser, `${demo.origin}/about`);
  people.push(visitor);
  await visitor.opensChat();
  await visitor.writes(text);
  await visitor
    .message(text)
    .getByText(/Sent|Delivered|Read/)
    .waitFor();
  return visitor;
}

const about = async (text: string) =>
  (await owner.conversations()).find(({ lastMessage }) => lastMessage?.preview === text);

it('who waits while all agents are busy sees the place in the queue, which moves up and goes', async () => {
  const { sites } = await owner.request('session:open', {});
  for (const { site } of sites) {
    const settings = {
      ...site.settings,
      chat: defaultSiteSettings('', []).chat,
      routing: { assign: 'round_robin' as const, capacity: 1 },
    };
    await owner.request('site:update', { siteId: site.id, settings });
  }
  const agent = await openAgent(browser, rapport);
  people.push(agent);
  const place = (visitor: Visitor) => visitor.panel.getByRole('status').filter({ hasText: 'You are number' });

  const first = await writer('First at the counter');
  await expect.poll(async () => (await about('First at the counter'))?.assignee).toBeTruthy();
  const second = await writer('Second at the counter');
  await place(second).getByText('You are number 1. We will be with you soon.').waitFor();
  const third = await writer('Third at the counter');
  await place(third).getByText('You are number 2.').waitFor();
  expect(await place(first).count()).toBe(0);
  expect(await accessibilityFaults(third.page, ['rapport-widget'])).toEqual([]);

  // It stands in the conversation alone, and there again after a page load.
  await third.panel.getByRole('button', { name: 'Back to start' }).click();
  await expect.poll(() => place(third).count()).toBe(0);
  await third.page.reload();
  await place(third).getByText('You are number 2.').waitFor();

  await owner.request('conversation:setStatus', {
    conversationId: (await about('First at the counter'))?.id ?? '',
    clientId: crypto.randomUUID(),
    status: 'closed',
  });
  await expect.poll(() => place(second).count()).toBe(0);
  await place(third).getByText('You are number 1.').waitFor();
});
