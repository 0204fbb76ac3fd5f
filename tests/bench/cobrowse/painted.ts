import type { BrowserContext, Page } from 'playwright';

/**
 * When the mirror shows something. Lives in the window of the viewer, which may look into the mirror; all pages of this
 * machine share one clock.
 */
interface Probe {
  /** First frame that was painted with each text of `#tick`, by text. */
  ticks: Record<string, number>;
  /** First frame that was painted with `#last`, the end of a large page. */
  lastAtMs: number;
}

/** Prepares the pages that an agent's context opens from now on. */
export async function watchMirrors(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    if (!location.pathname.startsWith('/viewer')) return;
    const probe: Probe = { ticks: {}, lastAtMs: 0 };
    Object.assign(window, { benchProbe: probe });
    const clock = () => performance.timeOrigin + performance.now();
    /** A task of its own after a frame's work: the frame has been handed over. */
    const painted = (run: () => void) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = run;
      port2.postMessage(0);
    };
    const look = () => {
      requestAnimationFrame(look);
      const frame = document.querySelector<HTMLIFrameElement>('.page-layer:not([data-coming]) iframe');
      const page = frame?.contentDocument;
      const tick = page?.getElementById('tick')?.textContent;
      if (tick && !(tick in probe.ticks)) {
        probe.ticks[tick] = Number.POSITIVE_INFINITY;
        painted(() => {
          probe.ticks[tick] = clock();
        });
      }
      if (probe.lastAtMs === 0 && page?.getElementById('last')) {
        probe.lastAtMs = Number.POSITIVE_INFINITY;
        painted(() => {
          probe.lastAtMs = clock();
        });
      }
    };
    look();
  });
}

async function ofViewer<T>(page: Page, read: (argument: string) => T, argument: string): Promise<T | null> {
  const viewer = page.frames().find((frame) => new URL(frame.url(), 'about:blank').pathname === '/viewer/');
  return viewer ? viewer.evaluate(read, argument) : null;
}

const shown = async (read: () => Promise<number | null>): Promise<number> => {
  const giveUpAtMs = Date.now() + 30_000;
  while (Date.now() < giveUpAtMs) {
    const atMs = await read();
    if (atMs && Number.isFinite(atMs)) return atMs;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  throw new Error('the mirror does not show it');
};

export const tickShownAtMs = (page: Page, tick: string): Promise<number> =>
  shown(() =>
    ofViewer(page, (text) => (window as unknown as { benchProbe: Probe }).benchProbe.ticks[text] ?? 0, tick),
  );

export const lastShownAtMs = (page: Page): Promise<number> =>
  shown(() => ofViewer(page, () => (window as unknown as { benchProbe: Probe }).benchProbe.lastAtMs, ''));
