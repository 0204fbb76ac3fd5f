import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { buildStale } from '../parts/builds.mjs';
import { stopOnSignals } from '../parts/child.mjs';
import { openChromium } from '../parts/chromium.mjs';
import { installMissing } from '../parts/dependencies.mjs';
import { fromRoot } from '../parts/root.mjs';
import { loadTestProgram } from '../parts/test-program.mjs';

/** @typedef {{ page: string, structurePercent: number, pixelsPercent: number, differences: string[] }} PageResult */
/** @typedef {{ fidelity: object, table: string, html: string, short: string[] }} FidelityRun */
/** @typedef {{ measureFidelity(options: { only?: string, onPage(result: PageResult): void }): Promise<FidelityRun> }} Suite */

const reportFile = 'dist/fidelity/report.html';

/**
 * `npm run test:fidelity -- [names] [--json] [--why]`: shows pages to a visitor and an agent at once and
 * compares what both see; `names` is a pattern. A page short of the target makes the exit code 1. `--why` prints the lines that differ.
 * @param {string[]} args
 */
export async function run(args) {
  stopOnSignals({ exitCode: 130 });
  const isJson = args.includes('--json');
  const isTold = args.includes('--why');
  const [only] = args.filter((arg) => !arg.startsWith('--'));
  await installMissing({ dev: true });
  await buildStale();
  process.env.RAPPORT_CHROMIUM = await openChromium();
  const { measureFidelity } = /** @type {Suite} */ (
    /** @type {unknown} */ (await loadTestProgram('tests/fidelity/suite.ts'))
  );
  const { fidelity, table, html, short } = await measureFidelity({
    ...(only && { only }),
    onPage({ page, structurePercent, pixelsPercent, differences }) {
      if (isJson) return;
      console.log(
        `${page}: structure ${structurePercent.toFixed(2)} %, pixels ${pixelsPercent.toFixed(2)} %`,
      );
      if (isTold) for (const line of differences.slice(0, 12)) console.log(`    ${line}`);
    },
  });
  mkdirSync(dirname(fromRoot(reportFile)), { recursive: true });
  writeFileSync(fromRoot(reportFile), html);
  console.log(isJson ? JSON.stringify(fidelity) : `\n${table}\n\nBoth pictures of each page: ${reportFile}`);
  if (short.length > 0) process.exitCode = 1;
}
