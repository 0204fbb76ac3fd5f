/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/**
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} TestReport
 * @typedef {{ testResults: Array<{ name: string, status: string, assertionResults: TestReport[] }> }} VitestReport
 */

/**
 * What a vitest run came to. A file that could not be loaded is one failure, and so is a run that ended badly without
 * saying which test is to blame (a crash, an unhandled error, no report at all).
 * @param {VitestReport | null} report
 * @param {boolean} endedWell
 * @returns {Totals}
 */
export function totalsOf(report, endedWell) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report?.testResults ?? []) {
    const failedBefore = totals.failed;
    for (const { status } of file.assertionResults) {
      if (status === 'passed') totals.passed += 1;
      else if (status === 'failed') totals.failed += 1;
      else totals.skipped += 1;
    }
    if (file.status === 'failed' && totals.failed === failedBefore) totals.failed += 1;
  }
  if (!endedWell && totals.failed === 0) totals.failed = 1;
  return totals;
}

/**
 * Tests that failed at first and passed when they were tried again, with why they failed.
 * @param {VitestReport | null} report
 */
export function passedAgain(report) {
  return (report?.testResults ?? []).flatMap((file) =>
    file.assertionResults
      .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
      .map(({ fullName, failureMessages }) => ({ name: fullName.trim(), because: failureMessages[0] ?? '' })),
  );
}

/** @param {Totals[]} parts @returns {Totals} */
export function addTotals(parts) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of parts) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}

/** The last line of `npm test`. @param {Totals} totals */
export const totalLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;
