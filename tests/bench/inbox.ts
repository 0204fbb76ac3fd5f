import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { openAgent } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { startRapport } from '../support/rapport.ts';
import { percentile, rounded } from './percentile.ts';
import { seedConversations } from './seed-conversations.ts';

const conversations = 50_000;
/** Conversations opened by a click, spread over the list. */
const opened = 40;
/** Screens scrolled through, one after the other, faster than anybody reads. */
const screens = 150;

export interface InboxFigures extends Record<string, number> {
  conversations: number;
  /** From the click on a row to the frame that shows the conversation's messages. */
  openP50Ms: number;
  openP95Ms: number;
  /** Between two frames while the list is scrolled, pages being fetched under way. 60 a second are 16.7 ms. */
  frameP50Ms: number;
  frameP95Ms: number;
  /** From the console's first byte to its first rows. */
  firstRowsMs: number;
}

const openTargetMs = 100;
/** Two frames of a screen with 60 a second: one may be late, none after the other. */
const frameTargetMs = 34;

/** `npm run bench -- inbox` */
export const bench = {
  async run(say: (line: string) => void): Promise<InboxFigures> {
    const dataFolder = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
    const rapport = await startRapport({ dataFolder });
    await rapport.stop();
    say(`Writing ${conversations} conversations …`);
    await seedConversations(dataFolder, conversations);
    const again = await startRapport({ dataFolder, port: rapport.port });
    const browser = await launchChromium();
    try {
      const agent = await openAgent(browser, again);
      await agent.page.goto(`${again.origin}/console/inbox?view=all`);
      await agent.rows.first().waitFor();
      say('Scrolling …');
      const frames = await frameGapsMs(agent.page);
      say('Opening …');
      const openMs: number[] = [];
      for (let index = 0; index < opened; index += 1) openMs.push(await openOneMs(agent.page, index));
      await agent.page.reload();
      await agent.rows.first().waitFor();
      const firstRowsMs = await agent.page.evaluate(() => performance.now());
      return {
        conversations,
        openP50Ms: rounded(percentile(openMs, 0.5)),
        openP95Ms: rounded(percentile(openMs, 0.95)),
        frameP50Ms: rounded(percentile(frames, 0.5)),
        frameP95Ms: rounded(percentile(frames, 0.95)),
        firstRowsMs: rounded(firstRowsMs),
      };
    } finally {
      await browser.close();
      await again.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  },

  table: (figures: InboxFigures): string =>
    [
      `${figures.conversations} conversations in the inbox`,
      `one opens                 p50 ${figures.openP50Ms} ms, p95 ${figures.openP95Ms} ms (target under ${openTargetMs} ms)`,
      `frames while scrolling    p50 ${figures.frameP50Ms} ms, p95 ${figures.frameP95Ms} ms (target under ${frameTargetMs} ms)`,
      `first rows after a reload ${figures.firstRowsMs} ms`,
    ].join('\n'),

  misses(figures: InboxFigures): string[] {
    const misses: string[] = [];
    if (figures.openP95Ms >= openTargetMs)
      misses.push(`A conversation opens in ${figures.openP95Ms} ms (p95).`);
    if (figures.frameP95Ms >= frameTargetMs)
      misses.push(`Scrolling has frames of ${figures.frameP95Ms} ms (p95).`);
    return misses;
  },
};

/** Scrolls the list a screen at a time and notes the time between frames. */
async function frameGapsMs(page: Page): Promise<number[]> {
  const row = page.locator('a.inbox-row').first();
  await row.hover();
  return row.evaluate(async (first, count) => {
    let list: Element | null = first;
    while (
      list &&
      !(list.scrollHeight > list.clientHeight + 1 && getComputedStyle(list).overflowY !== 'visible')
    ) {
      list = list.parentElement;
    }
    if (!list) throw new Error('the list does not scroll');
    const gaps: number[] = [];
    let beforeMs = performance.now();
    for (let frame = 0; frame < count * 4; frame += 1) {
      list.scrollBy(0, list.clientHeight / 4);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const nowMs = performance.now();
      gaps.push(nowMs - beforeMs);
      beforeMs = nowMs;
    }
    return gaps;
  }, screens);
}

/** Scrolls somewhere in what is loaded, clicks a row there and waits for the frame with its messages. */
async function openOneMs(page: Page, index: number): Promise<number> {
  return page.evaluate(async (turn) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const rows = () => [...document.querySelectorAll<HTMLElement>('a.inbox-row')];
    let list: Element | null = rows()[0] ?? null;
    while (
      list &&
      !(list.scrollHeight > list.clientHeight + 1 && getComputedStyle(list).overflowY !== 'visible')
    ) {
      list = list.parentElement;
    }
    if (!list) throw new Error('the list does not scroll');
    list.scrollTop = ((turn * 37) % 101) * (list.scrollHeight / 101);
    await frame();
    await frame();
    const row = rows()[Math.floor(rows().length / 2)];
    if (!row) throw new Error('no row in view');
    const text = /conversation-(\d+)/.exec(row.textContent ?? '')?.[0];
    if (!text) throw new Error(`no number in the row: ${row.textContent}`);
    const startMs = performance.now();
    row.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    row.click();
    while (!document.querySelector('[role="log"]')?.textContent?.includes(`Question of ${text}.`))
      await frame();
    return performance.now() - startMs;
  }, index);
}
