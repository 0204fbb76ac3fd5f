import { buildStale } from '../parts/builds.mjs';
import { stopOnSignals } from '../parts/child.mjs';
import { openChromium } from '../parts/chromium.mjs';
import { installMissing } from '../parts/dependencies.mjs';
import { openTestDatabase } from '../parts/test-database.mjs';
import { loadTestProgram } from '../parts/test-program.mjs';

/** @typedef {{ position: string, place: string, needle: string, where: string }} Leak */
/** @typedef {{ canaries: number, leaked: number, leaks: Leak[], missing: string[], positions: Record<string, number>, searched: number }} Result */
/** @typedef {{ runCanaries(options: { databaseUrl: string | null }): Promise<Result> }} Suite */

/**
 * `npm run test:canary`: plants secrets all over a page, shares it, and looks for them in all that was sent and stored, on
 * SQLite and, where there is one, on PostgreSQL. `--json` prints the figures alone. A secret that is found, or a word
 * that everybody may see and is not found, makes the exit code 1.
 * @param {string[]} args
 */
export async function run(args) {
  stopOnSignals({ exitCode: 130 });
  const isJson = args.includes('--json');
  await installMissing({ dev: true });
  await buildStale();
  process.env.RAPPORT_CHROMIUM = await openChromium();
  const { runCanaries } = /** @type {Suite} */ (
    /** @type {unknown} */ (await loadTestProgram('tests/canary/canary-run.ts'))
  );
  const database = await openTestDatabase();
  try {
    /** @type {Record<string, Result>} */
    const results = { SQLite: await runCanaries({ databaseUrl: null }) };
    if (database) results.PostgreSQL = await runCanaries({ databaseUrl: database.url });
    tell(results, isJson);
  } finally {
    await database?.close();
  }
}

/** @param {Record<string, Result>} results @param {boolean} isJson */
function tell(results, isJson) {
  const all = Object.values(results);
  const [first] = all;
  const figures = {
    canaries: first?.canaries ?? 0,
    leaked: Math.max(...all.map(({ leaked }) => leaked)),
    databases: Object.keys(results),
  };
  for (const [database, { leaks, missing }] of Object.entries(results)) {
    for (const { position, place, needle, where } of leaks) {
      console.error(`${database}: ${position}, ${place}: ${needle} in ${where}`);
    }
    for (const word of missing) console.error(`${database}: “${word}” should have been found and was not`);
  }
  if (isJson) console.log(JSON.stringify(figures));
  else {
    for (const [position, count] of Object.entries(first?.positions ?? {})) {
      console.log(`${String(count).padStart(5)}  ${position}`);
    }
    const { canaries, leaked, databases } = figures;
    console.log(`${canaries} canaries on ${databases.join(' and ')}: ${leaked} leaked`);
  }
  if (all.some(({ leaked, missing }) => leaked > 0 || missing.length > 0)) process.exitCode = 1;
}
