import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import type { Page } from 'playwright';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds wrong on a page, one line each; shadow roots are looked into, other frames are not. `within` names the
 * part that counts, by CSS selectors: the widget's page belongs to somebody else.
 */
export async function accessibilityFaults(page: Page, within?: string[]): Promise<string[]> {
  // What has just changed is drawn first, and what fades in has not its colours yet.
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
  // By the browser's own protocol, which the page's Content-Security-Policy does not stop.
  await page.evaluate(source);
  const violations = await page.evaluate(async (include) => {
    const { run } = Reflect.get(window, 'axe') as {
      run(context: ElementContext, options: RunOptions): Promise<AxeResults>;
    };
    const results = await run(include ? { include } : document, {
      iframes: false,
      resultTypes: ['violations'],
    });
    return results.violations;
  }, within);
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id} (${impact}) at ${target.flat().join(' ')}: ${(failureSummary ?? '').replace(/\s+/g, ' ')}`,
    ),
  );
}
