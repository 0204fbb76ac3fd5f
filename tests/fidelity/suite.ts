import { allPages } from './pages.ts';
import { colourThreshold } from './picture.ts';
import { type Fidelity, htmlReport, isShort, summary, table } from './report.ts';
import { openStage, type PageResult } from './stage.ts';

export interface FidelityRun {
  fidelity: Fidelity;
  table: string;
  html: string;
  /** Pages short of the target. */
  short: string[];
}

/** Shows all pages, or those whose name matches `only`, one after another. */
export async function measureFidelity(options: {
  only?: string;
  onPage(result: PageResult): void;
}): Promise<FidelityRun> {
  const pages = allPages
    .filter(({ name }) => new RegExp(options.only ?? '').test(name))
    // A browser of another kind is a session of its own.
    .sort((a, b) => (a.browser ?? '').localeCompare(b.browser ?? ''));
  const stage = await openStage(pages);
  const results: PageResult[] = [];
  try {
    for (const page of pages) {
      const result = await stage.show(page, { pictures: true });
      results.push(result);
      options.onPage(result);
    }
  } finally {
    await stage.close();
  }
  return {
    fidelity: summary(results),
    table: table(results),
    html: htmlReport(results, colourThreshold),
    short: results.filter(isShort).map(({ page }) => page),
  };
}
