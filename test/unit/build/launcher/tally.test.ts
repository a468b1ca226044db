import { describe, expect, it } from 'vitest';
import { added, nothing, readTally, tallyOf } from '../../../../build/launcher/tally.mjs';

describe('tallyOf', () => {
  it('reads what vitest counted, and a file that would not load as a failure', () => {
    const testResults = [
      { name: 'a.test.ts', status: 'failed', message: 'No such module\n at b', assertionResults: [] },
      {
        name: 'b.test.ts',
        status: 'failed',
        assertionResults: [
          { fullName: 'adds', status: 'failed', failureMessages: ['\u001b[31mnot 4\u001b[39m\n at c'] },
        ],
      },
      { name: 'c.test.ts', status: 'passed', assertionResults: [{ fullName: 'reads', status: 'passed' }] },
    ];
    expect(tallyOf({ numPassedTests: 1, numFailedTests: 1, testResults })).toEqual({
      passed: 1,
      failed: 2,
      failures: ['a.test.ts: No such module', 'adds: not 4'],
    });
  });

  it('reads what Playwright counted', () => {
    const failing = { results: [{ error: { message: 'not seen\n  at d' } }] };
    const inner = { specs: [{ title: 'opens', file: 'd.test.ts', ok: false, tests: [failing] }] };
    const passing = { title: 'closes', file: 'd.test.ts', ok: true, tests: [] };
    const suites = [{ specs: [passing], suites: [inner] }];
    expect(tallyOf({ stats: { expected: 5, flaky: 1, unexpected: 1 }, suites })).toEqual({
      passed: 6,
      failed: 1,
      failures: ['d.test.ts opens: not seen'],
    });
  });
});

describe('added', () => {
  const some = { passed: 3, failed: 0, failures: [] };

  it('counts a step that failed without a failing test as one failure', () => {
    expect(added(some, nothing, false)).toEqual({ passed: 3, failed: 1, failures: [] });
  });

  it('counts a failing test once', () => {
    const failures = ['opens: not seen'];
    expect(added(some, { passed: 4, failed: 1, failures }, false)).toEqual({
      passed: 7,
      failed: 1,
      failures,
    });
  });
});

describe('readTally', () => {
  it('is nothing when the step never wrote its report', () => {
    expect(readTally('/nowhere/report.json')).toEqual(nothing);
  });
});
