import type { Page } from 'playwright';

/** Where the clock of a measurement starts and stops, kept in the page itself. */
interface Probe {
  sentAtMs: number;
  /** When the text was first painted; 0 before. */
  shownAtMs: number;
}

/** The moment of a key press, on the clock that all pages of this machine share. */
async function watchEnter(page: Page): Promise<void> {
  await page.evaluate(() => {
    const probe = window as unknown as Probe;
    addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter') probe.sentAtMs = performance.timeOrigin + performance.now();
      },
      { capture: true },
    );
  });
}

/** Notes when a text stands in the log and a frame has been drawn with it; looks into open shadow roots too. */
async function watchText(page: Page, text: string): Promise<void> {
  await page.evaluate((wanted) => {
    const probe = window as unknown as Probe;
    probe.shownAtMs = 0;
    const root = document.querySelector('rapport-widget')?.shadowRoot ?? document;
    const log = root.querySelector('[role="log"]');
    if (!log) throw new Error('no conversation is open');
    const observer = new MutationObserver(() => {
      if (!log.textContent?.includes(wanted)) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        probe.shownAtMs = performance.timeOrigin + performance.now();
      });
    });
    observer.observe(log, { childList: true, subtree: true, characterData: true });
  }, text);
}

const read = (page: Page, what: keyof Probe): Promise<number> =>
  page.evaluate((name) => (window as unknown as Probe)[name], what);

/** Pause between two messages: below what one person may send a second. */
const pauseMs = 260;

/**
 * Milliseconds from the key press in one browser window to the frame that shows the message in the other: composer,
 * outbox, socket, rules, fsync, fan-out, socket, log, frame.
 */
export async function shownMs(
  from: { page: Page; write(text: string): Promise<void> },
  to: Page,
  texts: readonly string[],
): Promise<number[]> {
  await watchEnter(from.page);
  const samples: number[] = [];
  for (const text of texts) {
    await watchText(to, text);
    await from.write(text);
    await to.waitForFunction(() => (window as unknown as Probe).shownAtMs > 0, undefined, { polling: 20 });
    samples.push((await read(to, 'shownAtMs')) - (await read(from.page, 'sentAtMs')));
    await from.page.waitForTimeout(pauseMs);
  }
  return samples;
}
