import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} failures a line for each test that failed
 */

/**
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {readonly VitestFile[]} testResults
 *
 * @typedef {object} VitestFile
 * @property {string} name
 * @property {string} status
 * @property {string} [message] why it could not be loaded
 * @property {readonly VitestCase[]} assertionResults
 *
 * @typedef {object} VitestCase
 * @property {string} fullName
 * @property {string} status
 * @property {readonly string[] | null} [failureMessages]
 *
 * @typedef {object} PlaywrightReport
 * @property {{ readonly expected: number, readonly flaky: number, readonly unexpected: number }} stats
 * @property {readonly PlaywrightSuite[]} [suites]
 *
 * @typedef {object} PlaywrightSuite
 * @property {readonly PlaywrightSuite[]} [suites]
 * @property {readonly PlaywrightSpec[]} [specs]
 *
 * @typedef {object} PlaywrightSpec
 * @property {string} title
 * @property {string} file
 * @property {boolean} ok
 * @property {readonly { readonly results: readonly { readonly error?: { readonly message?: string } }[] }[]} tests
 */

/** @type {Tally} */
export const nothing = { passed: 0, failed: 0, failures: [] };

/**
 * What a JSON report of vitest or Playwright says.
 *
 * @param {VitestReport | PlaywrightReport} report
 * @returns {Tally}
 */
export function tallyOf(report) {
  if ('stats' in report) {
    const { expected, flaky, unexpected } = report.stats;
    const failures = (report.suites ?? []).flatMap(failuresOfSuite);
    return { passed: expected + flaky, failed: unexpected, failures };
  }
  // A file that cannot be loaded fails without a test in it.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failures = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => line(fullName, failureMessages?.[0]));
  const broken = brokenFiles.map(({ name, message }) => line(name, message));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    failures: [...broken, ...failures],
  };
}

/** @param {PlaywrightSuite} suite @returns {string[]} */
function failuresOfSuite({ suites = [], specs = [] }) {
  const own = specs
    .filter(({ ok }) => !ok)
    .map(({ file, title, tests }) =>
      line(
        `${file} ${title}`,
        tests.flatMap(({ results }) => results).find(({ error }) => error)?.error?.message,
      ),
    );
  return [...own, ...suites.flatMap(failuresOfSuite)];
}

/** @param {string} name @param {string | undefined} message */
function line(name, message = '') {
  const [first = ''] = stripVTControlCharacters(message).split('\n');
  return `${name}: ${first}`;
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
  return {
    passed: total.passed + step.passed,
    failed: total.failed + failed,
    failures: [...total.failures, ...step.failures],
  };
}

/** The tally in a report file; nothing for a step that writes none. @param {string | undefined} path @returns {Tally} */
export function readTally(path) {
  try {
    /** @type {VitestReport | PlaywrightReport} */
    const report = JSON.parse(readFileSync(path ?? '', 'utf8'));
    return tallyOf(report);
  } catch {
    return nothing;
  }
}
