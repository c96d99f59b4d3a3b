import { readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * What one stage adds to the closing line. A stage without a report, such as lint, adds nothing when it passes and
 * one failure when not. A runner that ended badly although no test failed (a file that does not load, an error
 * outside of any test, a missing report) counts as one failure more, so that the line never says "0 failed" of a
 * run that failed.
 * @param {number} exitCode
 * @param {string | undefined} report path of a JSON report
 * @returns {Counts}
 */
export function countsOf(exitCode, report) {
  const outcome = exitCode === 0 ? 0 : 1;
  if (report === undefined) return { passed: 0, failed: outcome, skipped: 0 };
  let counts;
  try {
    counts = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const failed = Number(counts.numFailedTests);
  return {
    passed: Number(counts.numPassedTests),
    failed: failed === 0 ? outcome : failed,
    skipped: Number(counts.numPendingTests ?? 0) + Number(counts.numTodoTests ?? 0),
  };
}

/**
 * The failed tests of a report in vitest's and jest's form, each with the first line of what it said; files that did
 * not load among them. Where only the end of a run is kept, this is what tells which they were.
 * @param {string | undefined} report path of a JSON report
 * @returns {readonly string[]}
 */
export function failedTestsOf(report) {
  if (report === undefined) return [];
  /** @type {{ testResults?: { name?: string, status?: string, message?: string, assertionResults?: { status: string, fullName: string, failureMessages?: string[] }[] }[] }} */
  let results;
  try {
    results = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return [];
  }
  const firstLine = (/** @type {string | undefined} */ text) => text?.trim().split('\n', 1)[0] ?? '';
  return (results.testResults ?? []).flatMap(({ name, status, message, assertionResults = [] }) => {
    const failed = assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => `${test.fullName.trim()}: ${firstLine(test.failureMessages?.[0])}`);
    return failed.length === 0 && status === 'failed'
      ? [`${name ?? 'a file'}: ${firstLine(message)}`]
      : failed;
  });
}

/**
 * The closing line that CI reads.
 * @param {readonly Counts[]} all
 */
export function closingLine(all) {
  const sum = (/** @type {keyof Counts} */ key) => all.reduce((total, counts) => total + counts[key], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
