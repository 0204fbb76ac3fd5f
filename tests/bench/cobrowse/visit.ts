import { fileURLToPath } from 'node:url';
import type { Browser, CDPSession, Page } from 'playwright';
import { build } from 'vite';
import { openAgent, startCobrowse } from '../../support/agent.ts';
import { startRapportAndDemo } from '../../support/demo-site.ts';
import { isRelaySocket, readStream, recordTraffic } from '../../support/frames.ts';
import { openVisitor } from '../../support/visitor.ts';
import { percentile } from '../percentile.ts';

export interface VisitFigures {
  /** Of the stream; images are left out, as rrweb sends none. */
  bytesPerSecond: number;
  packBytesPerSecond: number;
  /** Main-thread time on top of the same visit without any recording. */
  cpuMs: number;
  recordCpuMs: number;
}

/** What records the visit. */
type Recorder = 'nothing' | 'rapport' | 'record' | 'record and pack';

interface Visit {
  seconds: number;
  cpuMs: number;
  bytes: number;
}

/** Visits of each kind, in turn. */
const rounds = 3;

async function yardstick(): Promise<string> {
  const entry = fileURLToPath(new URL('./rrweb-yardstick.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'yardstick' } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !('output' in output)) throw new Error('the yardstick was not built');
  return output.output[0].code;
}

/** Time on the page's main thread since its process began. */
async function mainThreadMs(browser: CDPSession): Promise<number> {
  const { metrics } = await browser.send('Performance.getMetrics');
  const time = metrics.find(({ name }) => name === 'ThreadTime');
  if (!time) throw new Error('the browser does not tell its thread time');
  return time.value * 1000;
}

/** What a customer does in the shop: looks, scrolls, searches, chooses, fills in. The same each time. */
async function shop(
  page: Page,
  origin: string,
  onPage: () => Promise<void>,
  beforeLeaving: () => Promise<void>,
) {
  const open = async (path: string) => {
    await beforeLeaving();
    await page.goto(origin + path);
    await onPage();
    await page.waitForTimeout(500);
  };
  const look = async (turns: number) => {
    for (let turn = 0; turn < turns; turn += 1) {
      await page.mouse.move(200 + ((turn * 97) % 800), 150 + ((turn * 61) % 450), { steps: 6 });
      await page.mouse.wheel(0, 160);
      await page.waitForTimeout(60);
    }
  };
  await open('/');
  await look(12);
  await open('/catalogue');
  await look(10);
  await page.locator('#search').pressSequentially('sofa', { delay: 70 });
  await page.locator('#sort').selectOption({ index: 1 });
  await look(8);
  await open('/product/bruno-sofa');
  await look(8);
  const finishes = page.locator('#buy input[type="radio"]');
  for (let index = 0; index < (await finishes.count()); index += 1) {
    // Under its picture; what a click does is what counts.
    await finishes.nth(index).dispatchEvent('click');
    await page.waitForTimeout(120);
  }
  await open('/checkout');
  await page.locator('#street').pressSequentially('12 Harbour Street', { delay: 60 });
  await page.locator('#city').pressSequentially('Bristol', { delay: 60 });
  await look(8);
  await beforeLeaving();
}

/** The same shop visit recorded by Rapport, by rrweb, and by nobody. */
export async function shopVisit(browser: Browser, say: (line: string) => void): Promise<VisitFigures> {
  const script = await yardstick();
  const { rapport, demo, close } = await startRapportAndDemo();
  const agent = await openAgent(browser, rapport);

  async function visit(recorder: Recorder, name: string): Promise<Visit> {
    const visitor = await openVisitor(browser, `${demo.origin}/`);
    const { page } = visitor;
    const cdp = await visitor.context.newCDPSession(page);
    await cdp.send('Performance.enable', { timeDomain: 'timeTicks' });
    const traffic = recorder === 'rapport' ? await recordTraffic(page) : null;
    let bytes = 0;
    // Everybody has the chat open once: what is measured is what looking on adds.
    if (traffic) await startCobrowse(agent, visitor, name);
    else {
      await visitor.opensChat();
      await visitor.writes(name);
      await agent.page.getByRole('link', { name: 'Inbox' }).click();
      await agent.row(name).waitFor();
    }
    const framesBefore = traffic?.frames.length ?? 0;
    const startMs = performance.now();
    const cpuBefore = await mainThreadMs(cdp);
    await shop(
      page,
      demo.origin,
      async () => {
        if (recorder === 'record' || recorder === 'record and pack') {
          await page.evaluate(`${script}; window.benchStartRrweb(${recorder === 'record and pack'})`);
        }
      },
      async () => {
        bytes += await page.evaluate(
          () => (window as unknown as { benchRrweb?: { bytes: number } }).benchRrweb?.bytes ?? 0,
        );
      },
    );
    const cpuMs = (await mainThreadMs(cdp)) - cpuBefore;
    const seconds = (performance.now() - startMs) / 1000;
    if (traffic) {
      const frames = traffic.frames.slice(framesBefore).filter(({ url }) => isRelaySocket(url));
      const all = frames.reduce((sum, frame) => sum + frame.bytes.length, 0);
      const images = frames.reduce(
        (sum, frame) =>
          sum + (frame.isText || readStream([frame]).assets.length === 0 ? 0 : frame.bytes.length),
        0,
      );
      bytes = all - images;
      say(
        `  the stream ${Math.round(bytes / seconds)} B/s, images beside it ${Math.round(images / seconds)} B/s`,
      );
    }
    await visitor.leaves();
    return { seconds, cpuMs, bytes };
  }

  try {
    const visits: Record<Recorder, Visit[]> = { nothing: [], rapport: [], record: [], 'record and pack': [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const recorder of ['nothing', 'rapport', 'record', 'record and pack'] as const) {
        const one = await visit(recorder, `Visit ${round} with ${recorder}`);
        visits[recorder].push(one);
        say(
          `  round ${round + 1}, recorded by ${recorder}: ${Math.round(one.cpuMs)} ms of the main thread in ${one.seconds.toFixed(1)} s`,
        );
      }
    }
    const middle = (recorder: Recorder, of: (visit: Visit) => number) =>
      percentile(visits[recorder].map(of), 0.5);
    const alone = middle('nothing', ({ cpuMs }) => cpuMs);
    return {
      bytesPerSecond: middle('rapport', ({ bytes, seconds }) => bytes / seconds),
      packBytesPerSecond: middle('record and pack', ({ bytes, seconds }) => bytes / seconds),
      cpuMs: middle('rapport', ({ cpuMs }) => cpuMs) - alone,
      recordCpuMs: middle('record', ({ cpuMs }) => cpuMs) - alone,
    };
  } finally {
    await agent.context.close();
    await close();
  }
}
