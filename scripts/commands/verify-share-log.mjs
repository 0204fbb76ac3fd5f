import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { installMissing } from '../parts/dependencies.mjs';
import { Failure } from '../parts/failure.mjs';
import { loadTestProgram } from '../parts/test-program.mjs';

/** @typedef {{ seq: number, hash: string }} Entry */
/** @typedef {{ ok: true, entries: number, lastHash: string } | { ok: false, seq: number }} Check */
/** @typedef {{ checkShareLog(entries: Entry[], sha256: (text: string) => string): Promise<Check>, isGrownFrom(later: Entry[], earlier: Entry[]): boolean }} Rules */

/**
 * `npm run verify:share-log -- FILE [EARLIER]`: whether a log that a visitor has downloaded is whole, and whether an earlier
 * download is how it began. Anything else makes the exit code 1.
 * @param {string[]} args
 */
export async function run(args) {
  const [file, earlier] = args.filter((arg) => !arg.startsWith('--'));
  if (!file) throw new Failure('Which file? npm run verify:share-log -- FILE [EARLIER]');
  await installMissing({ dev: true });
  const { checkShareLog, isGrownFrom } = /** @type {Rules} */ (
    /** @type {unknown} */ (await loadTestProgram('shared/model/share-log.ts'))
  );
  const sha256 = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex');
  const entries = entriesOf(file);
  const check = await checkShareLog(entries, sha256);
  if (!check.ok)
    throw new Failure(`${file} was changed: entry ${check.seq} does not follow from those before it.`);
  if (earlier) {
    const before = entriesOf(earlier);
    if (!(await checkShareLog(before, sha256)).ok) throw new Failure(`${earlier} was changed.`);
    if (!isGrownFrom(entries, before))
      throw new Failure(`${file} does not go on from ${earlier}: history was changed.`);
  }
  console.log(`${check.entries} entries, unchanged. Last: ${check.lastHash}`);
}

/** @param {string} file @returns {Entry[]} */
function entriesOf(file) {
  try {
    const { entries } = JSON.parse(readFileSync(file, 'utf8'));
    if (Array.isArray(entries)) return entries;
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  throw new Failure(`${file} is no share log.`);
}
