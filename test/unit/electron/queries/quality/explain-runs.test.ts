import type { ExpectedGap } from '#shared/domain/quality';
import { describe, expect, it } from 'vitest';
import { applyMarks, isHalt, mayBeHalt } from '../../../../../electron/queries/quality/explain-runs.ts';

const minute = 60_000;
const covered = {
  ...{ day: '2025-09-02', from: 0, until: 390 * minute },
  ...{ slots: 390, found: 300, extended: 0, reason: null },
};
const run = (from: number, until: number) => ({
  ...{ day: 0, bars: until - from },
  ...{ from: from * minute, until: until * minute },
});

function mark(from: number, until: number, reason = 'feed was down'): ExpectedGap {
  return {
    ...{ id: 'gap-1', symbol: 'SPY', timeframe: null, reason, createdMs: 0, withdrawnMs: null },
    ...{ from: from * minute, until: until * minute },
  };
}

describe('applyMarks', () => {
  it('leaves runs missing that no mark touches', () => {
    expect(applyMarks([run(10, 20)], [mark(30, 40)])).toEqual([
      { ...run(10, 20), cause: 'missing', reason: null },
    ]);
  });

  it('parts a run where a mark begins and ends', () => {
    expect(applyMarks([run(10, 20)], [mark(12, 15)])).toEqual([
      { ...run(10, 12), cause: 'missing', reason: null },
      { ...run(12, 15), cause: 'expected', reason: 'feed was down' },
      { ...run(15, 20), cause: 'missing', reason: null },
    ]);
  });

  it('keeps marks with different reasons apart', () => {
    const parts = applyMarks([run(10, 20)], [mark(0, 15), mark(15, 30, 'holiday of the vendor')]);
    expect(parts.map(({ bars, reason }) => [bars, reason])).toEqual([
      [5, 'feed was down'],
      [5, 'holiday of the vendor'],
    ]);
  });
});

describe('mayBeHalt', () => {
  it.each([
    ['of ten minutes', run(100, 110), true],
    ['of four minutes', run(100, 104), false],
    ['of two hours', run(100, 220), true],
    ['of more than two hours', run(100, 221), false],
    ['from the opening bell on', run(0, 10), false],
    ['to the closing bell', run(380, 390), false],
    ['of a single bar', { ...run(100, 110), bars: 1 }, false],
  ])('looks at a run %s', (_, candidate, answer) => {
    expect(mayBeHalt(candidate, [covered])).toBe(answer);
  });
});

describe('isHalt', () => {
  it.each([
    ['nobody else is there', [], false],
    ['the only other one trades on', [10], true],
    ['the only other one stands still', [0], false],
    ['half of the others trade on', [10, 0], true],
    ['most stand still', [10, 0, 0], false],
    ['another one trades too little to tell', [4], false],
  ])('when %s', (_, others, answer) => {
    expect(isHalt(10, others)).toBe(answer);
  });
});
