import { buildStale } from '../parts/builds.mjs';
import { stopOnSignals } from '../parts/child.mjs';
import { installMissing } from '../parts/dependencies.mjs';
import { Failure } from '../parts/failure.mjs';
import { loadTestProgram } from '../parts/test-program.mjs';

/** @typedef {{ runs: number, seed: number, lost: number, duplicated: number, reordered: number }} Result */
/** @typedef {{ runs: number, seed: number, onProgress(done: number): void, onFault(story: { steps: unknown[], why: string[] }): void }} Options */
/** @typedef {{ checkChat(options: Options): Promise<Result> }} ChatModel */

/**
 * `npm run test:model -- --runs 1000 --seed 7`: random stories of two tabs and two agents over the real server, the
 * widget's and the console's own code. `--json` prints the counts alone. Anything lost, doubled or out of order makes
 * the exit code 1, and its story is told on standard error.
 * @param {string[]} args
 */
export async function run(args) {
  stopOnSignals({ exitCode: 130 });
  const isJson = args.includes('--json');
  const runs = numberAfter(args, '--runs') ?? 200;
  const seed = numberAfter(args, '--seed') ?? Math.floor(Math.random() * 2 ** 31);
  await installMissing({ dev: true });
  await buildStale({ only: ['server'] });
  const { checkChat } = /** @type {ChatModel} */ (
    /** @type {unknown} */ (await loadTestProgram('tests/model/chat-model.ts'))
  );
  const result = await checkChat({
    runs,
    seed,
    onProgress: (done) => {
      if (!isJson && done % 50 === 0) console.log(`${done} of ${runs}`);
    },
    onFault: ({ steps, why }) => console.error(JSON.stringify({ why, steps })),
  });
  console.log(
    isJson
      ? JSON.stringify(result)
      : `${runs} stories, seed ${seed}: ${result.lost} lost, ${result.duplicated} duplicated, ${result.reordered} reordered`,
  );
  if (result.lost + result.duplicated + result.reordered > 0) process.exitCode = 1;
}

/** @param {string[]} args @param {string} name */
function numberAfter(args, name) {
  const index = args.indexOf(name);
  if (index < 0) return null;
  const value = Number(args[index + 1]);
  if (!Number.isInteger(value) || value < 1) throw new Failure(`${name} needs a whole number from 1.`);
  return value;
}
