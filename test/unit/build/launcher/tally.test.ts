import { describe, expect, it } from 'vitest';
import { added, readTally, tallyOf } from '../../../../build/launcher/tally.mjs';

describe('tallyOf', () => {
  it('reads what vitest counted, and a file that would not load as a failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'passed', assertionResults: [{}, {}] },
    ];
    expect(tallyOf({ numPassedTests: 2, numFailedTests: 1, testResults })).toEqual({ passed: 2, failed: 2 });
  });

  it('reads what Playwright counted', () => {
    expect(tallyOf({ stats: { expected: 5, flaky: 1, unexpected: 2 } })).toEqual({ passed: 6, failed: 2 });
  });
});

describe('added', () => {
  it('counts a step that failed without a failing test as one failure', () => {
    expect(added({ passed: 3, failed: 0 }, { passed: 0, failed: 0 }, false)).toEqual({
      passed: 3,
      failed: 1,
    });
  });

  it('counts a failing test once', () => {
    expect(added({ passed: 3, failed: 0 }, { passed: 4, failed: 1 }, false)).toEqual({
      passed: 7,
      failed: 1,
    });
  });
});

describe('readTally', () => {
  it('is nothing when the step never wrote its report', () => {
    expect(readTally('/nowhere/report.json')).toEqual({ passed: 0, failed: 0 });
  });
});
