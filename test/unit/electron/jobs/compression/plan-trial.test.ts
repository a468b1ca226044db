import { describe, expect, it } from 'vitest';
import { mostTrialRows, planTrial } from '../../../../../electron/jobs/compression/plan-trial.ts';
import { fileEntry } from '../../../../helpers/file-entry.ts';

const pathsOf = (plan: ReturnType<typeof planTrial>) => plan.pieces.map(({ path }) => path);

describe('planTrial', () => {
  it('takes the series with the most bytes when none is named', () => {
    const plan = planTrial(
      [fileEntry({ path: 'a' }), fileEntry({ path: 'b', timeframe: '5m', sizeBytes: 200 })],
      {},
    );
    expect(plan).toMatchObject({ dataset: 'candles', timeframe: '5m', symbol: null });
  });

  it('takes all rows where there are few, loose ones among them', () => {
    const files = [
      fileEntry({ path: 'new', partition: '2025-09-04', rows: 4 }),
      fileEntry({ path: 'part', level: 'part', partition: '2025-09-05', rows: 2 }),
      fileEntry({ path: 'old', partition: '2025-09-02', rows: 3 }),
    ];
    expect(planTrial(files, {}).pieces).toEqual([
      { path: 'old', skippedRows: 0, rows: 3 },
      { path: 'new', skippedRows: 0, rows: 4 },
      { path: 'part', skippedRows: 0, rows: 2 },
    ]);
  });

  it('takes runs of rows that are evenly apart in time, each further on in its file', () => {
    const days = Array.from({ length: 61 }, (_, day) =>
      fileEntry({ path: String(day), partition: `2025-${String(day).padStart(2, '0')}`, rows: 100_000 }),
    );
    const part = fileEntry({ path: 'part', level: 'part', partition: '2025-99' });
    const { pieces } = planTrial([part, ...days.toReversed()], {});
    expect(pieces.map(({ path }) => Number(path))).toEqual(
      Array.from({ length: 16 }, (_, place) => place * 4),
    );
    expect(pieces.reduce((sum, { rows }) => sum + rows, 0)).toBe(mostTrialRows);
    expect([pieces[0], pieces[5], pieces[15]]).toEqual([
      { path: '0', skippedRows: 0, rows: 12_500 },
      { path: '20', skippedRows: 29_166, rows: 12_500 },
      { path: '60', skippedRows: 87_500, rows: 12_500 },
    ]);
  });

  it('takes as many files as it needs where each has few rows', () => {
    const days = Array.from({ length: 3_000 }, (_, day) =>
      fileEntry({ path: String(day), partition: String(day).padStart(4, '0'), rows: 390 }),
    );
    const { pieces } = planTrial(days, {});
    expect(pieces.length).toBe(513);
    expect(pieces.at(-1)).toEqual({ path: '2999', skippedRows: 0, rows: 390 });
  });

  it('takes only files with rows of the symbol, and none that another program wrote', () => {
    const foreign = fileEntry({ path: 'c', shape: { columns: {} } as never });
    const other = fileEntry({ path: 'd', symbol: 'DIA' });
    expect(pathsOf(planTrial([foreign, other, fileEntry({ path: 'e' })], { symbol: 'SPY' }))).toEqual(['e']);
  });

  it('refuses by name what is not stored', () => {
    expect(() => planTrial([fileEntry({ path: 'a' })], { symbol: 'QQQ', timeframe: '1m' })).toThrow(
      'QQQ 1m: nothing of that is stored',
    );
    expect(() => planTrial([], {})).toThrow('Nothing is stored yet');
  });
});
