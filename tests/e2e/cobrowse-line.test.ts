import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { startRapportAndDemo } from '../support/demo-site.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

let browser: Browser;
let stop: () => Promise<void>;
let agent: Agent;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchChromium();
  const started = await startRapportAndDemo();
  stop = started.close;
  agent = await openAgent(browser, started.rapport);
  visitor = await openVisitor(browser, `${started.demo.origin}/catalogue`);
  await startCobrowse(agent, visitor, 'How fast is this?');
});
afterAll(async () => {
  await browser.close();
  await stop();
});

it('both sides see how long the line is and what it carries', async () => {
  await visitor.page.locator('#search').fill('sofa');
  await expect.poll(() => agent.liveState.textContent()).toMatch(/^Live.*, \d+ ms, [\d.]+ k?B\/s/);
  // Measured with the heartbeat, every five seconds.
  await expect.poll(() => visitor.sign.line(), { timeout: 20_000 }).toMatch(/^\d+ ms · [\d.]+ k?B\/s/);
});

it('a page whose changes are too many is followed less closely, and both sides are told', async () => {
  await visitor.page.evaluate(() => {
    const many = document.createElement('div');
    many.innerHTML = '<i>x</i>'.repeat(1_500);
    document.body.append(many);
    let turn = 0;
    const change = () => {
      turn += 1;
      for (const element of many.children) element.setAttribute('class', `turn-${turn}`);
      requestAnimationFrame(change);
    };
    change();
  });
  await expect
    .poll(() => agent.liveState.textContent(), { timeout: 40_000 })
    .toMatch(/^(?:Live, simplified|Pictures only)/);
  await expect.poll(() => visitor.sign.line(), { timeout: 20_000 }).toContain('simplified');
});
