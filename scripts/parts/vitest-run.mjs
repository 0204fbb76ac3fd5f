import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { fromRoot } from './root.mjs';
import { yellow } from './terminal.mjs';
import { passedAgain, totalsOf } from './test-totals.mjs';

/**
 * Runs vitest with its live report and returns the totals.
 * @param {{ projects: string[], workers: number, args?: string[], env?: NodeJS.ProcessEnv }} options
 */
export async function runVitest({ projects, workers, args = [], env = {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-vitest-'));
  const reportFile = join(folder, 'report.json');
  const { ok } = await runChild(
    process.execPath,
    [
      fromRoot('node_modules/vitest/vitest.mjs'),
      'run',
      ...projects.flatMap((name) => ['--project', name]),
      `--maxWorkers=${workers}`,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile}`,
      ...args,
    ],
    { env: { ...process.env, ...env }, show: true },
  );
  const report = readReport(reportFile);
  const totals = totalsOf(report, ok);
  for (const { name, because } of passedAgain(report)) {
    console.log(yellow(` ! passed only when it was tried again: ${name}\n${because}`));
  }
  rmSync(folder, { recursive: true, force: true });
  return totals;
}

/** @param {string} file @returns {import('./test-totals.mjs').VitestReport | null} */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // A crash leaves no report, or half of one: the exit code tells the rest.
    return null;
  }
}
