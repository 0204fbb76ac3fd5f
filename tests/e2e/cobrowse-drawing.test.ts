import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { dragOver, pressAt } from '../support/agent-hand.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type HostPages, hostPage, scriptTag, startHostPages } from '../support/host-page.ts';
import { signInOwner } from '../support/owner.ts';
import { type Rapport, startRapport } from '../support/rapport.ts';
import { openVisitor, type Visitor } from '../support/visitor.ts';

const body = `<div style="padding:140px 40px 1600px"><h1>Map</h1>
<div id="box" style="width:50%;height:200px;background:#dbeafe">A box</div>
<ul id="list"><li>One</li><li>Two</li><li>Three</li></ul></div>
<script>
  /** As a framework does that has lost its keys: all of the list is made anew, with one more in front. */
  drawAnew = (words) => list.replaceChildren(...words.map((word) => Object.assign(document.createElement('li'), { textContent: word })));
</script>`;

let browser: Browser;
let rapport: Rapport;
let pages: HostPages;
let agent: Agent;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchChromium();
  pages = await startHostPages();
  rapport = await startRapport({ demoOrigin: pages.origin });
  pages.serve('/map', { html: hostPage({ title: 'Map', head: scriptTag(rapport), body }) });
  agent = await openAgent(browser, rapport);
  visitor = await openVisitor(browser, `${pages.origin}/map`);
  await startCobrowse(agent, visitor, 'Look here');
});
afterAll(async () => {
  await browser.close();
  await pages.close();
  await rapport.stop();
});

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
const boxOf = (element: Element): Box => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left, top, right, bottom };
};
const shape = (kind: string) => visitor.page.locator(`.cb-marks .cb-${kind} path`).last();
const agentShape = (of: Agent, kind: string) =>
  of.viewer.locator(`.page-marks g[data-kind="${kind}"] .mark-line`);

async function chooses(of: Agent, tool: string) {
  await of.page.getByRole('button', { name: /^Draw/ }).click();
  await of.page.getByRole('menuitemradio', { name: tool }).click();
}

/** How far a rectangle over the whole element is from it, on the visitor's page. */
async function offBy(kind: string, selector: string): Promise<number> {
  if ((await shape(kind).count()) === 0) return Number.POSITIVE_INFINITY;
  const [mark, element] = [
    await shape(kind).evaluate(boxOf),
    await visitor.page.locator(selector).evaluate(boxOf),
  ];
  return Math.max(
    ...(['left', 'top', 'right', 'bottom'] as const).map((side) => Math.abs(mark[side] - element[side])),
  );
}
/** The line itself and the air that a highlight keeps. */
const airPx = 8;

describe('an agent draws', () => {
  it('a rectangle that stays with its element through scroll and resize', async () => {
    await chooses(agent, 'Rectangle');
    await dragOver(agent, ['#box', { x: 0.002, y: 0.005 }], ['#box', { x: 0.998, y: 0.995 }]);
    await expect.poll(() => offBy('rectangle', '#box')).toBeLessThan(airPx);
    await visitor.page.evaluate(() => scrollTo(0, 90));
    await expect.poll(() => offBy('rectangle', '#box')).toBeLessThan(airPx);
    await visitor.page.setViewportSize({ width: 800, height: 700 });
    await expect.poll(() => offBy('rectangle', '#box')).toBeLessThan(airPx);
    await visitor.page.setViewportSize({ width: 1280, height: 800 });
    await visitor.page.evaluate(() => scrollTo(0, 0));
    await expect
      .poll(() => agent.mirror.locator('html').evaluate(() => [scrollY, innerWidth]))
      .toEqual([0, 1280]);
  });

  it('a highlight that finds its element again when the page has drawn it anew', async () => {
    await chooses(agent, 'Highlight an element');
    await pressAt(agent, '#list li:nth-child(2)', { x: 0.02, y: 0.5 });
    await expect.poll(() => offBy('highlight', '#list li:nth-child(2)')).toBeLessThan(airPx);
    await visitor.page.evaluate(() =>
      (window as unknown as { drawAnew(words: string[]): void }).drawAnew(['Zero', 'One', 'Two', 'Three']),
    );
    await expect.poll(() => offBy('highlight', '#list li:nth-child(3)')).toBeLessThan(airPx);
    // The agent's own screen follows: it is told the new element.
    await expect
      .poll(async () => {
        const mark = await agentShape(agent, 'highlight').evaluate(boxOf);
        const frame = await agent.viewer.locator('.page-cover').evaluate((cover) => {
          const { left, top, width } = cover.getBoundingClientRect();
          return { left, top, width };
        });
        const row = await agent.mirror.locator('#list li:nth-child(3)').evaluate((element) => {
          const { left, top } = element.getBoundingClientRect();
          return { left, top, widthPx: innerWidth };
        });
        const scale = frame.width / row.widthPx;
        return (
          Math.abs(mark.top - frame.top - row.top * scale) +
          Math.abs(mark.left - frame.left - row.left * scale)
        );
      })
      .toBeLessThan(2 * airPx);
  });

  it('an arrow, a line by hand, and a callout with words, in the agent’s own colour', async () => {
    await chooses(agent, 'Arrow');
    await dragOver(agent, ['#box', { x: 0.8, y: 0.9 }], ['#box', { x: 0.4, y: 0.4 }]);
    await expect.poll(() => shape('arrow').count()).toBe(1);
    await chooses(agent, 'Pen');
    await dragOver(agent, ['#box', { x: 0.1, y: 0.1 }], ['#box', { x: 0.3, y: 0.8 }]);
    await expect.poll(() => shape('pen').count()).toBe(1);
    await chooses(agent, 'Callout with text');
    await pressAt(agent, '#box', { x: 0.6, y: 0.3 });
    await agent.viewer.getByLabel('Text of the callout').fill('Here, please');
    await agent.viewer.getByLabel('Text of the callout').press('Enter');
    await visitor.page.getByText('Here, please').waitFor();
    await agent.viewer.getByText('Here, please').waitFor();
    const color = await shape('arrow').evaluate((path) => getComputedStyle(path).stroke);
    expect(await agentShape(agent, 'arrow').evaluate((path) => getComputedStyle(path).stroke)).toBe(color);
  });

  it('for who comes late, too; the colleague’s colour is another, and marks are one’s own to wipe', async () => {
    const { email, password } = await (await signInOwner(rapport)).addsAgent('Ben');
    const colleague = await openAgent(browser, rapport, { signIn: { email, password } });
    await colleague.opens('Look here');
    await colleague.viewsPage();
    await colleague.viewer.getByText('Here, please').waitFor();
    await expect.poll(() => agentShape(colleague, 'rectangle').count()).toBe(1);
    await chooses(colleague, 'Arrow');
    await dragOver(colleague, ['#box', { x: 0.1, y: 0.5 }], ['#box', { x: 0.9, y: 0.5 }]);
    await expect.poll(() => visitor.page.locator('.cb-marks .cb-arrow').count()).toBe(2);
    const colors = await visitor.page
      .locator('.cb-marks .cb-arrow')
      .evaluateAll((groups) =>
        groups.map((group) => (group as SVGGElement).style.getPropertyValue('--mark')),
      );
    expect(new Set(colors).size).toBe(2);
    await colleague.page.getByRole('button', { name: /^Draw/ }).click();
    await colleague.page.getByRole('menuitem', { name: 'Wipe what I have drawn' }).click();
    await expect.poll(() => visitor.page.locator('.cb-marks .cb-arrow').count()).toBe(1);
    await colleague.leaves();
  });

  it('and it is still there when the visitor loads the page again', async () => {
    await visitor.page.reload();
    await visitor.page.getByText('Here, please').waitFor();
    await expect.poll(() => offBy('rectangle', '#box')).toBeLessThan(airPx);
    await agent.viewer.getByText('Here, please').waitFor();
  });
});

describe('the visitor draws', () => {
  it('over the page, and the agent sees it', async () => {
    await visitor.page.getByRole('button', { name: 'Draw on the page' }).click();
    await visitor.page.getByRole('button', { name: 'Box', exact: true }).click();
    const { left, top, right, bottom } = await visitor.page.locator('#list').evaluate(boxOf);
    await visitor.page.mouse.move(left + 4, top + 4);
    await visitor.page.mouse.down();
    await visitor.page.mouse.move(right - 10, bottom - 4, { steps: 5 });
    await visitor.page.mouse.up();
    await expect.poll(() => visitor.page.locator('.cb-marks .cb-rectangle').count()).toBe(2);
    await expect.poll(() => agentShape(agent, 'rectangle').count()).toBe(2);
    expect(await accessibilityFaults(visitor.page, ['div[data-rapport-own]'])).toEqual([]);
    await visitor.page.getByRole('button', { name: 'Done' }).click();
  });

  it('and wipes all of it', async () => {
    await visitor.page.getByRole('button', { name: 'Wipe all' }).click();
    await expect.poll(() => visitor.page.locator('.cb-marks g').count()).toBe(0);
    await expect.poll(() => agent.viewer.locator('.page-marks g').count()).toBe(0);
  });
});
