import { staticChecks } from '../parts/checks.mjs';
import { stopOnSignals } from '../parts/child.mjs';
import { installMissing } from '../parts/dependencies.mjs';
import { runSteps } from '../parts/test-steps.mjs';
import { addTotals, totalLine } from '../parts/test-totals.mjs';
import { runVitest } from '../parts/vitest-run.mjs';

/** `npm run check`: types, lint and format, house rules. */
export async function run() {
  stopOnSignals({ exitCode: 130 });
  await installMissing({ dev: true });
  const totals = addTotals([
    await runSteps(staticChecks()),
    await runVitest({ projects: ['house'], workers: 2 }),
  ]);
  console.log(totalLine(totals));
  if (totals.failed > 0) process.exitCode = 1;
}
