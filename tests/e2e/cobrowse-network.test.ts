import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { startRapportAndDemo } from '../support/demo-site.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
/** Stands between visitors and the server; agents reach the server directly. */
let network: FaultProxy;
let stop: () => Promise<void>;
let agent: Agent;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchChromium();
  const started = await startRapportAndDemo({
    through: async (port) => {
      network = await startFaultProxy({ port });
      return network.origin;
    },
  });
  stop = started.close;
  agent = await openAgent(browser, started.rapport);
  visitor = await openVisitor(browser, `${started.demo.origin}/checkout`);
  await startCobrowse(agent, visitor, 'My line is bad');
});
afterAll(async () => {
  await browser.close();
  await network.close();
  await stop();
});

const isLive = () => agent.liveState.getByText(/^Live/).first().waitFor();
const isOffline = async () => {
  await agent.page
    .getByRole('heading', { name: /^Visitor offline/ })
    .or(agent.page.getByText(/^Visitor offline, waiting 1:\d\d$/))
    .first()
    .waitFor();
  await expect.poll(() => agent.liveState.textContent()).toMatch(/^Visitor offline, waiting [12]:\d\d/);
};

/** Back without a question, and what happened in between is on the agent's screen. */
async function expectResumed(street: string) {
  await isLive();
  await expect.poll(() => agent.mirror.locator('#street').inputValue()).toBe(street);
  await expect.poll(() => visitor.sign.words()).toBe('Owner sees this page');
  expect(await visitor.consent.count()).toBe(0);
  await visitor.page.locator('#city').fill(`Seen after ${street}`);
  await expect.poll(() => agent.mirror.locator('#city').inputValue()).toBe(`Seen after ${street}`);
}

describe('the visitor’s network', () => {
  it('is lost: both sides say so, and it goes on when it is back', async () => {
    network.set({ refused: true });
    network.cut();
    await isOffline();
    await expect.poll(() => visitor.sign.words()).toContain('no connection, trying again');
    await visitor.page.locator('#street').fill('Typed without a network 1');
    await visitor.page.locator('#open-delivery').click();
    expect(await agent.mirror.locator('#street').inputValue()).toBe('');

    network.heal();
    await agent.mirror.locator('#delivery-dialog:modal').waitFor();
    await visitor.page.locator('#delivery-dialog-done').click();
    await expectResumed('Typed without a network 1');
  });

  it('falls silent, as a closed laptop does, and comes back', async () => {
    network.set({ dropped: true });
    await visitor.page.locator('#street').fill('Typed into a closed lid 2');
    await isOffline();
    network.heal();
    await expectResumed('Typed into a closed lid 2');
  });

  it('is switched off in the browser and on again', async () => {
    await visitor.context.setOffline(true);
    await isOffline();
    await visitor.context.setOffline(false);
    await visitor.page.locator('#street').fill('Typed after the tunnel 3');
    await expectResumed('Typed after the tunnel 3');
  });
});
