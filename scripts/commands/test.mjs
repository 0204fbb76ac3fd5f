import { availableParallelism } from 'node:os';
import { buildStale } from '../parts/builds.mjs';
import { measureBundle } from '../parts/bundle-size.mjs';
import { staticChecks } from '../parts/checks.mjs';
import { stopOnSignals } from '../parts/child.mjs';
import { openChromium } from '../parts/chromium.mjs';
import { installMissing } from '../parts/dependencies.mjs';
import { openPhp } from '../parts/php.mjs';
import { fromRoot } from '../parts/root.mjs';
import { sizeTable } from '../parts/size-table.mjs';
import { bold, red, say, yellow } from '../parts/terminal.mjs';
import { openTestDatabase } from '../parts/test-database.mjs';
import { runSteps } from '../parts/test-steps.mjs';
import { addTotals, totalLine } from '../parts/test-totals.mjs';
import { runVitest } from '../parts/vitest-run.mjs';

const allProjects = ['unit', 'house', 'contract', 'integration', 'e2e'];
const needsBuild = ['contract', 'integration', 'e2e'];
const needsDatabase = ['contract', 'integration', 'e2e'];
const needsBrowser = ['integration', 'e2e'];
/** The host examples of the docs are run. */
const needsPhp = ['integration'];

/** Test files at a time. A browser test keeps a browser and a server busy, so on two cores they go one by one. */
const workers = 2;
const browserWorkers = availableParallelism() >= 4 ? 2 : 1;

/**
 * `npm test`: everything. `npm test -- --project unit [more for vitest]` runs only the named projects, without the
 * checks. The last line is the total.
 * @param {string[]} args
 */
export async function run(args) {
  stopOnSignals({ exitCode: 130 });
  const { projects, rest } = splitArgs(args);
  const everything = projects.length === 0 && rest.length === 0;
  const wanted = projects.length > 0 ? projects : allProjects;
  await installMissing({ dev: true });

  /** @type {import('../parts/test-totals.mjs').Totals[]} */
  const results = [];
  /** A preparation that fails is a failed test, and the tests that rely on it are not run. */
  const prepared = async (/** @type {string} */ name, /** @type {() => Promise<unknown>} */ prepare) => {
    try {
      return { ok: true, value: await prepare() };
    } catch (error) {
      console.log(red(` ✗ ${name}: ${error instanceof Error ? error.message : error}`));
      results.push({ passed: 0, failed: 1, skipped: 0 });
      return { ok: false, value: null };
    }
  };
  const wants = (/** @type {string[]} */ needy) => wanted.some((name) => needy.includes(name));
  const build = !wants(needsBuild) || (await prepared('build', () => buildStale())).ok;
  const browser = wants(needsBrowser) ? await prepared('Chromium', openChromium) : { ok: true, value: null };
  const opened = wants(needsDatabase)
    ? await prepared('PostgreSQL', openTestDatabase)
    : { ok: true, value: null };
  const database = /** @type {import('../parts/test-database.mjs').TestDatabase | null} */ (opened.value);
  if (wants(needsDatabase) && !database) warnOfMissingDatabase();
  const php = wants(needsPhp) ? await openPhp() : null;
  if (wants(needsPhp) && !php) warnOfMissingPhp();

  /** @type {NodeJS.ProcessEnv} */
  const env = {};
  if (browser.value) env.RAPPORT_CHROMIUM = String(browser.value);
  if (database) env.RAPPORT_TEST_DATABASE_URL = database.url;
  if (wants(needsPhp)) env.RAPPORT_PHP = php ?? 'none';
  const canRun = (/** @type {string} */ name) =>
    (build || !needsBuild.includes(name)) && (browser.ok || !needsBrowser.includes(name));
  try {
    if (everything) results.push(await runSteps(staticChecks()));
    const quick = wanted.filter((name) => name !== 'e2e' && canRun(name));
    if (quick.length > 0) results.push(await runVitest({ projects: quick, workers, args: rest, env }));
    if (wanted.includes('e2e') && canRun('e2e')) {
      results.push(await runVitest({ projects: ['e2e'], workers: browserWorkers, args: rest, env }));
    }
    if (everything && build) results.push(await runSteps([sizeStep]));
  } finally {
    await database?.close();
  }

  const totals = addTotals(results);
  if (totals.passed + totals.failed === 0) console.log(red('No test ran.'));
  if (totals.failed > 0 || totals.passed === 0) process.exitCode = 1;
  console.log(totalLine(totals));
}

/** @type {import('../parts/test-steps.mjs').Step} */
const sizeStep = {
  name: 'size of what a visitor downloads',
  async run() {
    const sizes = measureBundle(fromRoot('dist/widget'));
    console.log(sizeTable(sizes));
    return { ok: sizes.every(({ gzipBytes, limitBytes }) => gzipBytes <= limitBytes), output: '' };
  },
};

/** @param {string[]} args */
export function splitArgs(args) {
  const projects = [];
  const rest = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '--project') projects.push(args[++index] ?? '');
    else if (arg.startsWith('--project=')) projects.push(arg.slice('--project='.length));
    else rest.push(arg);
  }
  return { projects, rest };
}

function warnOfMissingDatabase() {
  say(
    yellow(
      `\n${bold('  PostgreSQL is not tested in this run.')}\n` +
        '  There is none on port 5432, none installed, and none could be installed: the tests of the store over\n' +
        '  PostgreSQL are skipped. Set RAPPORT_TEST_DATABASE_URL to a database that they may fill.\n',
    ),
  );
}

function warnOfMissingPhp() {
  say(
    yellow(
      `\n${bold('  The PHP example of docs/identity.md is not tested in this run.')}\n` +
        '  There is no PHP, and none could be installed. Install it, or set RAPPORT_PHP to the program.\n',
    ),
  );
}
