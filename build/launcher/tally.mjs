import { readFileSync } from 'node:fs';

/** @typedef {{ readonly passed: number, readonly failed: number }} Tally */

/**
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {readonly { readonly status: string, readonly assertionResults: readonly unknown[] }[]} testResults
 *
 * @typedef {object} PlaywrightReport
 * @property {{ readonly expected: number, readonly flaky: number, readonly unexpected: number }} stats
 */

/**
 * What a JSON report of vitest or Playwright says.
 *
 * @param {VitestReport | PlaywrightReport} report
 * @returns {Tally}
 */
export function tallyOf(report) {
  if ('stats' in report) {
    const { expected, flaky, unexpected } = report.stats;
    return { passed: expected + flaky, failed: unexpected };
  }
  // A file that cannot be loaded fails without a test in it.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length };
}

/**
 * One more step counted in. A step that failed without a failing test counts as one failure.
 *
 * @param {Tally} total
 * @param {Tally} step
 * @param {boolean} isPassed
 * @returns {Tally}
 */
export function added(total, step, isPassed) {
  const failed = isPassed ? step.failed : Math.max(1, step.failed);
  return { passed: total.passed + step.passed, failed: total.failed + failed };
}

/** The tally in a report file; nothing for a step that writes none. @param {string | undefined} path @returns {Tally} */
export function readTally(path) {
  try {
    /** @type {VitestReport | PlaywrightReport} */
    const report = JSON.parse(readFileSync(path ?? '', 'utf8'));
    return tallyOf(report);
  } catch {
    return { passed: 0, failed: 0 };
  }
}
