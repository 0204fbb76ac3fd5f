import type { Browser, Page } from 'playwright';
import { openAgent, startCobrowse } from '../../support/agent.ts';
import { recordTraffic } from '../../support/frames.ts';
import { openVisitor } from '../../support/visitor.ts';
import { startBenchHost } from './host.ts';
import { lastShownAtMs, tickShownAtMs, watchMirrors } from './painted.ts';

const changes = 80;
/** The first ones load code and warm caches. */
const warmUp = 10;
const smallPageNodes = 600;
const largePageNodes = 9_000;
const longestPageNodes = 20_000;
const lateJoins = 5;

/** Milliseconds from a change in the visitor's page to the frame that shows it in the agent's view. */
export async function changeToPaintMs(browser: Browser): Promise<number[]> {
  const host = await startBenchHost([smallPageNodes]);
  try {
    const agent = await openAgent(browser, host.rapport);
    await watchMirrors(agent.context);
    const visitor = await openVisitor(browser, `${host.origin}/${smallPageNodes}`);
    await startCobrowse(agent, visitor, 'Look at this');
    const samples: number[] = [];
    for (let index = 0; index < warmUp + changes; index += 1) {
      const text = `tick ${index}`;
      const changedAtMs = await visitor.page.evaluate((next) => {
        const element = document.getElementById('tick');
        if (element) element.textContent = next;
        return performance.timeOrigin + performance.now();
      }, text);
      samples.push((await tickShownAtMs(agent.page, text)) - changedAtMs);
      // Changes of a person do not fall into step with our batches.
      await visitor.page.waitForTimeout(120 + ((index * 37) % 90));
    }
    await agent.context.close();
    await visitor.leaves();
    return samples.slice(warmUp);
  } finally {
    await host.close();
  }
}

export interface LateJoin {
  /** From the agent's click to the frame with the end of the page. */
  paintedMs: number[];
  /** Frames of the stream that the visitor's page sent meanwhile: none, if the relay does it alone. */
  visitorFrames: number;
}

export async function lateJoins9000(browser: Browser): Promise<LateJoin> {
  const host = await startBenchHost([largePageNodes]);
  try {
    const agent = await openAgent(browser, host.rapport);
    await watchMirrors(agent.context);
    const visitor = await openVisitor(browser, `${host.origin}/${largePageNodes}`);
    const traffic = await recordTraffic(visitor.page);
    await startCobrowse(agent, visitor, 'A long list');
    await lastShownAtMs(agent.page);
    const late = await openAgent(browser, host.rapport);
    await watchMirrors(late.context);
    // A new document, so that the probe is in it.
    await late.page.reload();
    const paintedMs: number[] = [];
    let visitorFrames = 0;
    for (let join = 0; join < lateJoins; join += 1) {
      await late.page.getByRole('link', { name: 'Inbox' }).click();
      await late.opens('A long list');
      const before = traffic.stream().batches.length;
      const clickedAtMs = await clickedAt(late.page);
      await late.viewsPage();
      paintedMs.push((await lastShownAtMs(late.page)) - (await clickedAtMs()));
      visitorFrames += traffic.stream().batches.length - before;
      await late.button('Leave: stop watching').click();
    }
    await late.context.close();
    await agent.context.close();
    await visitor.leaves();
    return { paintedMs, visitorFrames };
  } finally {
    await host.close();
  }
}

/** Notes the next click; the answer reads when it was. */
async function clickedAt(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    addEventListener(
      'click',
      () => Object.assign(window, { benchClickedAtMs: performance.timeOrigin + performance.now() }),
      { capture: true, once: true },
    );
  });
  return () => page.evaluate(() => (window as unknown as { benchClickedAtMs: number }).benchClickedAtMs);
}

/**
 * The longest that the visitor's page was held up from the yes to the agent's picture of a page of 20,000 nodes: the
 * longest gap between two turns of a loop of messages, whatever filled it.
 */
export async function longestTaskMs(browser: Browser): Promise<number> {
  const host = await startBenchHost([longestPageNodes]);
  try {
    const agent = await openAgent(browser, host.rapport);
    await watchMirrors(agent.context);
    const visitor = await openVisitor(browser, `${host.origin}/${longestPageNodes}`);
    await visitor.opensChat();
    await visitor.writes('The longest list');
    await agent.page.getByRole('link', { name: 'Inbox' }).click();
    await agent.opens('The longest list');
    await agent.button('Ask to see the page').click();
    await visitor.consent.waitFor();
    await visitor.page.evaluate(() => {
      const share = (event: Event) =>
        event.composedPath().some((node) => node instanceof HTMLElement && node.localName === 'button');
      addEventListener(
        'click',
        (event) => {
          if (!share(event)) return;
          const { port1, port2 } = new MessageChannel();
          const found = { longestMs: 0 };
          Object.assign(window, { benchTasks: found });
          let beforeMs = performance.now();
          port1.onmessage = () => {
            const nowMs = performance.now();
            found.longestMs = Math.max(found.longestMs, nowMs - beforeMs);
            beforeMs = performance.now();
            port2.postMessage(0);
          };
          port2.postMessage(0);
        },
        { capture: true, once: true },
      );
    });
    await visitor.shares();
    await agent.viewsPage();
    await lastShownAtMs(agent.page);
    const longest = await visitor.page.evaluate(
      () => (window as unknown as { benchTasks: { longestMs: number } }).benchTasks.longestMs,
    );
    await agent.context.close();
    await visitor.leaves();
    return longest;
  } finally {
    await host.close();
  }
}
