import type { Browser, CDPSession, Page } from 'playwright';
import { openAgent, startCobrowse } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { openVisitor } from '../support/visitor.ts';
import { startBenchHost } from './cobrowse/host.ts';
import { percentile, rounded } from './percentile.ts';

const pageNodes = 3_000;
const usualMinutes = 30;
const minSamples = 6;
/** The page changes so often: a list that is filled and emptied, texts, classes. */
const changeEveryMs = 50;

export interface MemoryFigures extends Record<string, number> {
  minutes: number;
  /** JavaScript heap of the agent's page with the viewer, after a collection: first and last third of the time. */
  agentEarlyMb: number;
  agentLateMb: number;
  /** JavaScript heap of the visitor's page before sharing, at its end, and after the stop. */
  visitorBeforeMb: number;
  visitorWhileMb: number;
  visitorAfterMb: number;
}

const growthTarget = 1.1;
/** What a stop may leave behind: compiled code and the parts that were loaded. */
const leftTargetMb = 3;

/** `npm run bench -- cobrowse-memory --minutes 30` */
export const bench = {
  async run(say: (line: string) => void, args: string[]): Promise<MemoryFigures> {
    const given = Number(args[args.indexOf('--minutes') + 1]);
    const minutes = args.includes('--minutes') && given > 0 ? given : usualMinutes;
    const host = await startBenchHost([pageNodes]);
    const browser = await launchChromium();
    try {
      return await measure(browser, host, minutes, say);
    } finally {
      await browser.close();
      await host.close();
    }
  },

  table: (figures: MemoryFigures): string =>
    [
      `${figures.minutes} minutes of a busy page`,
      `agent's page      ${figures.agentEarlyMb} MB early, ${figures.agentLateMb} MB late (target within 10 %)`,
      `visitor's page    ${figures.visitorBeforeMb} MB before, ${figures.visitorWhileMb} MB at the end, ${figures.visitorAfterMb} MB after the stop`,
    ].join('\n'),

  misses(figures: MemoryFigures): string[] {
    const misses: string[] = [];
    if (figures.agentLateMb > figures.agentEarlyMb * growthTarget)
      misses.push(`The agent's heap has grown from ${figures.agentEarlyMb} to ${figures.agentLateMb} MB.`);
    if (figures.visitorAfterMb > figures.visitorBeforeMb + leftTargetMb)
      misses.push(`The stop leaves ${figures.visitorAfterMb - figures.visitorBeforeMb} MB behind.`);
    return misses;
  },
};

async function measure(
  browser: Browser,
  host: Awaited<ReturnType<typeof startBenchHost>>,
  minutes: number,
  say: (line: string) => void,
): Promise<MemoryFigures> {
  const agent = await openAgent(browser, host.rapport);
  const visitor = await openVisitor(browser, `${host.origin}/${pageNodes}`);
  await makeBusy(visitor.page);
  await visitor.opensChat();
  const visitorHeap = await heapOf(visitor.page);
  const agentHeap = await heapOf(agent.page);
  const visitorBeforeMb = await visitorHeap();
  await startCobrowse(agent, visitor, 'A busy page');
  const samples: number[] = [];
  const endMs = performance.now() + minutes * 60_000;
  const everyMs = (minutes * 60_000) / Math.max(minSamples * 2, minutes);
  while (performance.now() < endMs) {
    await visitor.page.waitForTimeout(everyMs);
    const mb = await agentHeap();
    samples.push(mb);
    say(`  agent's heap ${rounded(mb)} MB`);
  }
  const third = Math.max(1, Math.floor(samples.length / 3));
  const visitorWhileMb = await visitorHeap();
  await visitor.sign.stops();
  await agent.liveState
    .getByText(/^Ended/)
    .first()
    .waitFor();
  const figures = {
    minutes,
    agentEarlyMb: rounded(percentile(samples.slice(0, third), 0.5)),
    agentLateMb: rounded(percentile(samples.slice(-third), 0.5)),
    visitorBeforeMb: rounded(visitorBeforeMb),
    visitorWhileMb: rounded(visitorWhileMb),
    visitorAfterMb: rounded(await visitorHeap()),
  };
  await agent.context.close();
  await visitor.leaves();
  return figures;
}

/** Live JavaScript heap of the page's process, after a collection; the viewer's is a process of its own and is added. */
async function heapOf(page: Page): Promise<() => Promise<number>> {
  const main = await page.context().newCDPSession(page);
  await main.send('HeapProfiler.enable');
  const used = async (session: CDPSession) => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize / 2 ** 20;
  };
  return async () => {
    let total = await used(main);
    for (const frame of page.frames().filter((each) => each.url().includes('/viewer/'))) {
      const session = await page
        .context()
        .newCDPSession(frame)
        .catch(() => null);
      // Where the browser gives the frame no process of its own, its heap is in the page's.
      if (!session) continue;
      await session.send('HeapProfiler.enable');
      total += await used(session);
      await session.detach();
    }
    return total;
  };
}

/** Lists that come and go, texts and classes that change, as on a page with live prices. */
async function makeBusy(page: Page): Promise<void> {
  await page.evaluate((everyMs) => {
    const list = document.querySelector('ul');
    const tick = document.getElementById('tick');
    let turn = 0;
    setInterval(() => {
      turn += 1;
      if (tick) tick.textContent = `tick ${turn}`;
      const row = list?.children[turn % list.children.length];
      row?.classList.toggle('changed');
      if (row && turn % 2 === 0) row.replaceWith(row.cloneNode(true));
      const price = list?.querySelectorAll('.price')[turn % 200];
      if (price) price.textContent = `€ ${turn}`;
      if (turn % 40 === 0) {
        const block = document.createElement('section');
        block.id = 'block';
        block.innerHTML = '<p>News of the hour</p>'.repeat(50);
        document.getElementById('block')?.remove();
        document.body.append(block);
      }
    }, everyMs);
  }, changeEveryMs);
}
