import { buildStale } from '../parts/builds.mjs';
import { stopOnSignals } from '../parts/child.mjs';
import { openChromium } from '../parts/chromium.mjs';
import { installMissing } from '../parts/dependencies.mjs';
import { Failure } from '../parts/failure.mjs';
import { loadTestProgram } from '../parts/test-program.mjs';

/** @typedef {Record<string, number>} Figures */
/** @typedef {{ run(say: (line: string) => void, args: string[]): Promise<Figures>, table(figures: Figures): string, misses(figures: Figures): string[] }} Bench */

const benches = ['chat', 'inbox', 'cobrowse', 'cobrowse-memory'];

/**
 * `npm run bench -- chat`: measures and says what it means; `--json` prints the figures alone. A figure that misses its
 * target makes the exit code 1.
 * @param {string[]} args
 */
export async function run(args) {
  stopOnSignals({ exitCode: 130 });
  const isJson = args.includes('--json');
  const [name = ''] = args.filter((arg) => !arg.startsWith('--'));
  if (!benches.includes(name))
    throw new Failure(`Which bench? npm run bench -- ${benches.join(' | ')} [--json]`);
  await installMissing({ dev: true });
  await buildStale();
  process.env.RAPPORT_CHROMIUM = await openChromium();
  const { bench } = /** @type {{ bench: Bench }} */ (
    /** @type {unknown} */ (await loadTestProgram(`tests/bench/${name}.ts`))
  );
  const figures = await bench.run((line) => (isJson ? undefined : console.log(line)), args);
  console.log(isJson ? JSON.stringify(figures) : bench.table(figures));
  const misses = bench.misses(figures);
  for (const miss of misses) console.error(miss);
  if (misses.length > 0) process.exitCode = 1;
}
