import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { recordTraffic, type Traffic } from '../support/frames.ts';
import { type HostPages, hostPage, scriptTag, startHostPages } from '../support/host-page.ts';
import { type Owner, signInOwner } from '../support/owner.ts';
import { type Rapport, startRapport } from '../support/rapport.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
let rapport: Rapport;
let site: HostPages;
let owner: Owner;
let agent: Agent;
let visitor: Visitor;
let traffic: Traffic;

const body = `<h1>Letters of Petra</h1><p id="open" data-rapport-unmask>Opening hours</p>
<p id="by-rule">Delivery times</p><p id="mail" data-rapport-unmask>Write to petra@mail.example</p>
<div data-rapport-mask><p data-rapport-unmask>Diary of Petra</p></div>
<input id="city" data-rapport-unmask value="Winsen"><input id="street" value="Lindenallee">
<p data-rapport-unmask><input type="password" value="Tr0ub4dor"></p>`;

beforeAll(async () => {
  browser = await launchChromium();
  site = await startHostPages();
  rapport = await startRapport({ demoOrigin: site.origin });
  site.serve('/', { html: hostPage({ title: 'Petra’s letters', head: scriptTag(rapport), body }) });
  owner = await signInOwner(rapport);
  agent = await openAgent(browser, rapport);
  visitor = await openVisitor(browser, 'about:blank');
  traffic = await recordTraffic(visitor.page);
  await visitor.goesTo(`${site.origin}/`);
});
afterAll(async () => {
  await browser.close();
  await site.close();
  await rapport.stop();
});

/** Words of the newest epoch. */
const shownNow = () => {
  const { texts } = traffic.stream();
  const starts = texts.flatMap((text, index) => (text.includes('"type":2,') ? [index] : []));
  return texts.slice(starts.at(-1)).join('\n');
};

it('a page that is being shared turns strict without a reload, and back', async () => {
  await startCobrowse(agent, visitor, 'Please look');
  await agent.mirror.getByText('Letters of Petra').waitFor();
  expect(traffic.stream().tabs.at(-1)?.page.title).toBe('Petra’s letters');

  const { page: console } = await openAgent(browser, rapport);
  await console.goto(`${rapport.origin}/console/settings/privacy`);
  const strict = console.getByRole('switch', { name: 'Hide everything that is not shown on purpose' });
  await strict.check();
  expect(await accessibilityFaults(console)).toEqual([]);
  await console.getByRole('button', { name: /^Save/ }).click();

  await agent.mirror.getByText('Letters of Petra').waitFor({ state: 'detached' });
  await agent.mirror.getByText('Opening hours').waitFor();
  const now = shownNow();
  for (const hidden of [
    'Letters',
    'Delivery',
    'Diary',
    'petra@mail',
    'Lindenallee',
    'Tr0ub4dor',
    'letters',
  ]) {
    expect(now).not.toContain(hidden);
  }
  expect(now).toContain('Winsen');
  expect(traffic.stream().tabs.at(-1)?.page.title).toBe('');

  // A rule opens a part; patterns stay hidden in an open part, too.
  const { sites } = await owner.request('session:open', {});
  const { settings, id } = (sites[0] ?? { site: null }).site ?? { settings: null, id: '' };
  if (!settings) throw new Error('the owner has no site');
  const rules = [{ path: '/*', mask: [], block: [], unmask: ['#by-rule'] }];
  const privacy = { ...settings.privacy, rules };
  await owner.request('site:update', { siteId: id, settings: { ...settings, privacy } });
  await agent.mirror.getByText('Delivery times').waitFor();
  expect(shownNow()).not.toContain('petra@mail');

  await owner.request('site:update', {
    siteId: id,
    settings: { ...settings, privacy: { strict: false, rules: [], shownQueryParams: [] } },
  });
  await agent.mirror.getByText('Letters of Petra').waitFor();
});

it('a page that was opened before the switch is shared under the settings of now', async () => {
  await visitor.sign.stops();
  await expect.poll(async () => String(await visitor.sign.words())).not.toMatch(/sees this page/);
  const { sites } = await owner.request('session:open', {});
  for (const { site: each } of sites) {
    const privacy = { ...each.settings.privacy, strict: true };
    await owner.request('site:update', { siteId: each.id, settings: { ...each.settings, privacy } });
  }
  const before = traffic.stream().texts.length;
  await agent.page.getByRole('link', { name: 'Inbox' }).click();
  await agent.opens('Please look');
  await agent.button('Ask to see the page').click();
  await visitor.shares();
  await agent.viewsPage();
  await agent.mirror.getByText('Opening hours').waitFor();
  expect(traffic.stream().texts.slice(before).join()).not.toContain('Letters');
});
