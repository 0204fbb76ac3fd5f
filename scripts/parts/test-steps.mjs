import { dim, duration, green, red, shown } from './terminal.mjs';

/** @typedef {{ name: string, run: () => Promise<{ ok: boolean, output: string }> }} Step */

/**
 * Runs steps one after the other, each as one test: a line when it passes, its output when it fails.
 * @param {Step[]} steps
 * @returns {Promise<import('./test-totals.mjs').Totals>}
 */
export async function runSteps(steps) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, run } of steps) {
    const startedAtMs = Date.now();
    const { ok, output } = await run();
    totals[ok ? 'passed' : 'failed'] += 1;
    if (!ok && output.trim()) console.log(shown(output));
    console.log(` ${ok ? green('✓') : red('✗')} ${name} ${dim(duration(Date.now() - startedAtMs))}`);
  }
  return totals;
}
