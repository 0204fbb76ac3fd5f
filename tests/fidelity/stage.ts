import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { type Agent, openAgent, startCobrowse } from '../support/agent.ts';
import { launchChromium } from '../support/chromium.ts';
import { scriptTag } from '../support/host-page.ts';
import { startRapport } from '../support/rapport.ts';
import { type Visitor, visitorOn } from '../support/visitor.ts';
import { describePage, differences, equalPercent } from './description.ts';
import { actedClass, classOf, type FidelityPage, type VisitorBrowser } from './page.ts';
import { servePages } from './page-server.ts';
import { comparePictures } from './picture.ts';

/** A real server, a visitor's browser of each kind and an agent at the console: the pages are shown one after another. */

export interface PageResult {
  page: string;
  structurePercent: number;
  pixelsPercent: number;
  differences: string[];
  pictures: { visitor: string; agent: string; difference: string } | null;
}

const size = { width: 800, height: 600 };
const browsers: Record<VisitorBrowser, BrowserContextOptions> = {
  desktop: { viewport: size },
  dark: { viewport: size, colorScheme: 'dark' },
  calm: { viewport: size, reducedMotion: 'reduce' },
  phone: { viewport: { width: 390, height: 700 }, isMobile: true, hasTouch: true },
  dense: { viewport: size, deviceScaleFactor: 2 },
};

/** The mirror is given this long to become like the page, on a busy machine; then what there is counts. */
const settleMs = 8_000;
const lookEveryMs = 150;
/** From here on the smoothing of letters is all that differs. */
const samePercent = 99.95;

export async function openStage(pages: readonly FidelityPage[]) {
  const site = await servePages(pages);
  const rapport = await startRapport({ demoOrigin: site.origin });
  site.setTag(scriptTag(rapport));
  const browser: Browser = await launchChromium();
  const bench = await browser.newPage();
  let sessions = 0;
  let shared: { kind: VisitorBrowser; visitor: Visitor; agent: Agent } | null = null;

  async function unshare() {
    await shared?.agent.leaves();
    await shared?.visitor.leaves();
    shared = null;
  }

  async function share(kind: VisitorBrowser) {
    if (shared?.kind === kind) return shared;
    await unshare();
    const context = await browser.newContext(browsers[kind]);
    const page = await context.newPage();
    await page.goto(site.origin);
    const visitor = visitorOn(context, page);
    // Large enough to show the page in its own size.
    const agent = await openAgent(browser, rapport, { viewport: { width: 1500, height: 1000 } });
    sessions += 1;
    await startCobrowse(agent, visitor, `Look at this, ${sessions}.`);
    // The chat makes room when the page is shared.
    await visitor.panel.waitFor({ state: 'hidden' });
    shared = { kind, visitor, agent };
    return shared;
  }

  async function show(page: FidelityPage, options: { pictures: boolean }): Promise<PageResult> {
    const { visitor, agent } = await share(page.browser ?? 'desktop');
    const known = `html.${classOf(page)}`;
    // A page before may have changed it.
    const { viewport } = browsers[page.browser ?? 'desktop'];
    if (viewport) await visitor.page.setViewportSize(viewport);
    await visitor.page.mouse.move(0, 0);
    await visitor.page.goto(`${site.origin}/${page.name}`);
    await agent.mirror.locator(known).waitFor({ state: 'attached' });
    if (page.act) {
      await page.act(visitor.page);
      await visitor.page.evaluate((name) => document.documentElement.classList.add(name), actedClass);
      await agent.mirror.locator(`${known}.${actedClass}`).waitFor({ state: 'attached' });
    }
    const giveUpAtMs = Date.now() + settleMs;
    let best: PageResult | null = null;
    for (;;) {
      const result = await look(page, visitor.page, agent, options.pictures);
      if (!best || rank(result) >= rank(best)) best = result;
      if (isSame(best) || Date.now() > giveUpAtMs) return best;
      await bench.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), lookEveryMs);
    }
  }

  async function look(page: FidelityPage, visitor: Page, agent: Agent, withPictures: boolean) {
    const asked = [page.isMasked ?? false, page.unlike ?? ''] as const;
    const [ours, theirs] = await Promise.all([
      visitor.locator('html').evaluate(describePage, asked),
      agent.mirror.locator('html').evaluate(describePage, asked),
    ]);
    const result: PageResult = {
      page: page.name,
      structurePercent: equalPercent(ours, theirs),
      pixelsPercent: 100,
      differences: differences(ours, theirs),
      pictures: null,
    };
    if (!withPictures) return result;
    const pictures = await takePictures(visitor, agent, page.unlike);
    const compared = await comparePictures(bench, pictures.visitor, pictures.agent);
    result.pixelsPercent = compared.equalPercent;
    const url = (png: Buffer) => `data:image/png;base64,${png.toString('base64')}`;
    result.pictures = {
      visitor: url(pictures.visitor),
      agent: url(pictures.agent),
      difference: compared.difference,
    };
    return result;
  }

  return {
    /** A page that cannot be shown counts as nothing, and the next one gets a new session. */
    async show(page: FidelityPage, options: { pictures: boolean }): Promise<PageResult> {
      try {
        return await show(page, options);
      } catch (error) {
        await unshare();
        const differences = [String(error)];
        return { page: page.name, structurePercent: 0, pixelsPercent: 0, differences, pictures: null };
      }
    },
    async close() {
      await browser.close();
      await rapport.stop();
      await site.close();
    },
  };
}

const rank = (result: PageResult) => result.structurePercent + result.pixelsPercent;
const isSame = (result: PageResult) => result.structurePercent === 100 && result.pixelsPercent >= samePercent;

/** Both viewports without what is ours in them: the visitor's chat button and banner, the viewer's pointer. */
async function takePictures(visitor: Page, agent: Agent, unlike: string | undefined) {
  await visitor.evaluate(() => {
    for (const host of document.querySelectorAll('rapport-widget, [data-rapport-own]')) {
      for (const part of host.shadowRoot?.children ?? [])
        if (part instanceof HTMLElement) part.style.setProperty('opacity', '0', 'important');
    }
  });
  await agent.viewer
    .locator('.visitor-cursor')
    .last()
    .evaluate((cursor) => {
      for (const each of document.querySelectorAll<HTMLElement>('.visitor-cursor')) each.style.opacity = '0';
      (cursor as HTMLElement).style.opacity = '0';
    });
  const frame = agent.viewer.locator('.page-layer:not([data-coming]) .replayer-wrapper > iframe');
  const box = await frame.boundingBox();
  if (!box) throw new Error('The mirror has no place in the console');
  const hidden = async (page: Page) => (unlike ? [page.locator(unlike)] : []);
  const agentMasks = unlike ? [agent.mirror.locator(unlike)] : [];
  const [first, second] = await Promise.all([
    visitor.screenshot({ caret: 'initial', scale: 'css', mask: await hidden(visitor) }),
    agent.page.screenshot({ caret: 'initial', scale: 'css', clip: box, mask: agentMasks }),
  ]);
  return { visitor: first, agent: second };
}
