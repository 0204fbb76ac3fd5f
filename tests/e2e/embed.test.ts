import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startRapportAndDemo } from '../support/demo-site.ts';
import { type HostPages, hostPage, scriptTag, startHostPages } from '../support/host-page.ts';
import { signInOwner } from '../support/owner.ts';
import type { Rapport } from '../support/rapport.ts';
import { openVisitor } from '../support/visitor.ts';

let browser: Browser;
let rapport: Rapport;
let demo: Demo;
/** A small site that is allowed, and one that is not. */
let friend: HostPages;
let stranger: HostPages;
let stop: () => Promise<void>;

beforeAll(async () => {
  browser = await launchChromium();
  ({ rapport, demo, close: stop } = await startRapportAndDemo());
  stranger = await startHostPages();
  friend = await startHostPages();
  await (await signInOwner(rapport)).allowsOrigin(friend.origin);
});
afterAll(async () => {
  await browser.close();
  await stranger.close();
  await friend.close();
  await stop();
});

/** What a page and its widget did to the browser so far. */
async function traces(page: Page) {
  return page.evaluate(async () => ({
    cookie: document.cookie,
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map((database) => database.name),
    caches: await caches.keys(),
  }));
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Processor time in microseconds: what the machine did meanwhile for others is not in it. */
  tdur?: number;
  args: { name?: string };
}

/** Processor time of the longest task on the page's main thread during `act`, in milliseconds. */
async function longestTaskMs(page: Page, act: () => Promise<void>): Promise<number> {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', '__metadata'] });
  await act();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const isMain = new Set(
    trace.traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(thread),
  );
  const tasks = trace.traceEvents.filter((event) => event.name === 'RunTask' && isMain.has(thread(event)));
  expect(tasks.length).toBeGreaterThan(10);
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}

describe('one script tag on a page of another origin', () => {
  it('shows a launcher, and until the visitor acts leaves nothing behind and asks for nothing more', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const requests: string[] = [];
    const sockets: string[] = [];
    page.on('request', (request) => {
      if (request.url().startsWith(rapport.origin)) requests.push(request.url().slice(rapport.origin.length));
    });
    page.on('websocket', (socket) => sockets.push(socket.url()));
    await page.goto(demo.origin);
    const launcher = page.locator('button.launcher');
    await launcher.waitFor();
    await page.waitForLoadState('networkidle');
    expect(await launcher.getAttribute('aria-label')).toBe('Chat with us');
    expect(requests).toEqual(['/widget.js', '/site/pk_demo']);
    expect(sockets).toEqual([]);
    expect(await traces(page)).toEqual({ cookie: '', local: [], session: [], databases: [], caches: [] });
    expect((await context.cookies()).filter((cookie) => cookie.name !== 'nordwald_session')).toEqual([]);
    await context.close();
  });

  it('the configuration may be kept by caches, and the next page asks for neither again', async () => {
    const answer = await fetch(`${rapport.origin}/site/pk_demo`, { headers: { origin: demo.origin } });
    expect(answer.headers.get('cache-control')).toMatch(/public.*max-age=\d+/);
    expect(answer.headers.get('vary')).toContain('Origin');
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('costs the page no task over 50 ms and no layout shift before it is opened', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(() => {
      const seen = { shift: 0 };
      Object.assign(window, { seen });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          if ('value' in entry) seen.shift += Number(entry.value);
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    // The widget alone, on a page that does nothing else: every long task would be its own.
    friend.serve('/', {
      html: hostPage({ head: scriptTag({ origin: rapport.origin, siteKey: 'pk_demo' }) }),
    });
    const longest = await longestTaskMs(page, async () => {
      await page.goto(friend.origin);
      await page.locator('button.launcher').waitFor();
      await page.waitForLoadState('networkidle');
    });
    expect(longest).toBeLessThan(50);
    expect(await page.evaluate(() => Reflect.get(window, 'seen'))).toEqual({ shift: 0 });
    await context.close();
  });

  it('an origin that the site does not list gets no widget, and its developer a clear warning', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const warnings: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'warning') warnings.push(message.text());
    });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    stranger.serve('/', {
      html: hostPage({ head: scriptTag({ origin: rapport.origin, siteKey: 'pk_demo' }) }),
    });
    await page.goto(stranger.origin);
    await expect.poll(() => warnings.join('\n')).toContain(stranger.origin);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/settings/i);
    expect(await page.locator('button.launcher').count()).toBe(0);
    expect(errors).toEqual([]);
    await context.close();
  });

  it('an unknown site key draws nothing and says so once', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const warnings: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'warning') warnings.push(message.text());
    });
    stranger.serve('/unknown', {
      html: hostPage({ head: scriptTag({ origin: rapport.origin, siteKey: 'pk_nobody' }) }),
    });
    await page.goto(`${stranger.origin}/unknown`);
    await expect.poll(() => warnings.join('\n')).toContain('pk_nobody');
    expect(await page.locator('button.launcher').count()).toBe(0);
    await context.close();
  });

  it('works on a page with a strict Content-Security-Policy and Trusted Types, and breaks none of its rules', async () => {
    const visitor = await openVisitor(browser, `${demo.origin}/secure`);
    const complaints: string[] = [];
    visitor.page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await visitor.opensChat();
    await visitor.writes('Is this page safe?');
    await visitor.message('Is this page safe?').getByText('Sent', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await visitor.leaves();
  });

  it('stands above what the page lifts with a z-index of its own', async () => {
    const visitor = await openVisitor(browser, `${demo.origin}/catalogue`);
    await visitor.opensChat();
    const box = await visitor.panel.boundingBox();
    const covered = await visitor.page.evaluate(({ x, y, width, height }) => {
      const found: string[] = [];
      for (let step = 0.05; step < 1; step += 0.05) {
        const element = document.elementFromPoint(x + width / 2, y + height * step);
        if (element?.localName !== 'rapport-widget') found.push(element?.className ?? '');
      }
      return found;
    }, box ?? { x: 0, y: 0, width: 0, height: 0 });
    expect(covered).toEqual([]);
    expect(
      await visitor.page.evaluate(() => {
        const host = document.querySelector('rapport-widget');
        return host ? Number(getComputedStyle(host).zIndex) : 0;
      }),
    ).toBeGreaterThan(1_000_000);
    await visitor.leaves();
  });

  it('included twice it stands once; calls made before it loads are kept', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const tag = scriptTag({ origin: rapport.origin, siteKey: 'pk_demo' });
    const stub =
      '<script>window.rapport=window.rapport||function(){(window.rapport.q=window.rapport.q||[]).push(arguments)};rapport("open")</script>';
    friend.serve('/twice', { html: hostPage({ head: stub + tag + tag }) });
    await page.goto(`${friend.origin}/twice`);
    await page.getByRole('dialog', { name: /^Messages with/ }).waitFor();
    expect(await page.locator('button.launcher').count()).toBe(1);
    await context.close();
  });
});
