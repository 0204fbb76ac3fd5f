import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, openAgent } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import type { Rapport } from '../support/rapport.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

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

/** A visitor whose question was answered and whose conversation the agent has closed. */
async function helpedVisitor(question: string): Promise<Visitor> {
  const visitor = await openVisitor(browser, `${demo.origin}/about`);
  await visitor.opensChat();
  await visitor.writes(question);
  await anna.page.goto(`${rapport.origin}/console/inbox`);
  await anna.opens(question);
  await anna.answers('Gladly, and done.');
  await visitor.message('Gladly, and done.').waitFor();
  await anna.closes();
  return visitor;
}

describe('satisfaction question', () => {
  it('is answered by keyboard alone, stands in the conversation and in the results, and is asked once', async () => {
    const visitor = await helpedVisitor('Can you change my address?');
    const scale = visitor.panel.getByRole('radiogroup', { name: /How satisfied are you/ });
    await scale.waitFor();
    const names = await scale
      .getByRole('radio')
      .evaluateAll((radios) => radios.map((radio) => radio.getAttribute('aria-label')));
    expect(names).toEqual([
      '1, Very unsatisfied',
      '2, Unsatisfied',
      '3, Neither',
      '4, Satisfied',
      '5, Very satisfied',
    ]);

    await scale.getByRole('radio').first().focus();
    await visitor.page.keyboard.press('Space');
    for (let count = 0; count < 4; count += 1) await visitor.page.keyboard.press('ArrowRight');
    await visitor.page.keyboard.press('Tab');
    await visitor.page.keyboard.type('Quick and kind');
    await visitor.page.keyboard.press('Tab');
    await visitor.page.keyboard.press('Enter');
    await visitor.panel.getByText(/Thank you\. Your answer/).waitFor();

    await anna.page.getByText('Quick and kind').first().waitFor();
    await anna.page.getByRole('link', { name: 'Feedback' }).click();
    await anna.page.getByRole('heading', { name: 'Feedback' }).waitFor();
    const row = anna.page.getByRole('row', { name: /^5 Very satisfied/ });
    await expect.poll(() => row.textContent()).toMatch(/1.*100\s*%/);
    expect(await anna.page.locator('.feedback-figure').first().textContent()).toMatch(/100\s*%/);
    await anna.page.getByText('Quick and kind').waitFor();

    // Written to again and closed again: the same visitor is not asked a second time.
    await visitor.writes('One more thing');
    await anna.page.goto(`${rapport.origin}/console/inbox`);
    await anna.opens('One more thing');
    await anna.answers('Also done.');
    await anna.closes();
    await visitor.panel
      .getByText(/closed this conversation/)
      .last()
      .waitFor();
    expect(await visitor.panel.getByRole('radiogroup').count()).toBe(0);
    await visitor.leaves();
  });

  it('is never asked again after it was dismissed, in this conversation, another one or after a reload', async () => {
    const visitor = await helpedVisitor('Where is my parcel?');
    await visitor.panel.getByRole('radiogroup').waitFor();
    await visitor.panel.getByRole('button', { name: 'Do not answer' }).click();
    await expect.poll(() => visitor.panel.getByRole('radiogroup').count()).toBe(0);
    await visitor.page.reload();
    await visitor.panel.waitFor();
    await visitor.panel.getByText('Gladly, and done.').first().waitFor();
    expect(await visitor.panel.getByRole('radiogroup').count()).toBe(0);

    await visitor.panel.getByRole('button', { name: 'Back to start' }).click();
    await visitor.writes('And my second parcel?');
    await anna.page.goto(`${rapport.origin}/console/inbox`);
    await anna.opens('And my second parcel?');
    await anna.answers('On its way.');
    await anna.closes();
    await visitor.panel
      .getByText(/closed this conversation/)
      .last()
      .waitFor();
    expect(await visitor.panel.getByRole('radiogroup').count()).toBe(0);

    await anna.page.goto(`${rapport.origin}/console/feedback`);
    await expect
      .poll(() => anna.page.locator('.feedback-figure').nth(1).textContent())
      .toMatch(/1 closed the question/);
    await visitor.leaves();
  });
});
