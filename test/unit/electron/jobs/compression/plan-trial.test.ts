import { describe, expect, it } from 'vitest';
import { mostTrialRows, planTrial } from '../../../../../electron/jobs/compression/plan-trial.ts';
import { fileEntry } from '../../../../helpers/file-entry.ts';

const pathsOf = (plan: ReturnType<typeof planTrial>) => plan.files.map(({ path }) => path);

describe('planTrial', () => {
  it('takes the series with the most bytes when none is named', () => {
    const plan = planTrial(
      [fileEntry({ path: 'a' }), fileEntry({ path: 'b', timeframe: '5m', sizeBytes: 200 })],
      {},
    );
    expect(plan).toMatchObject({ dataset: 'candles', timeframe: '5m', symbol: null });
  });

  it('takes merged files before parts, the newest first, until there are rows enough', () => {
    const files = [
      fileEntry({ path: 'part', level: 'part', partition: '2025-09-05' }),
      fileEntry({ path: 'old', partition: '2025-09-02', rows: mostTrialRows }),
      fileEntry({ path: 'new', partition: '2025-09-04', rows: mostTrialRows - 1 }),
      fileEntry({ path: 'middle', partition: '2025-09-03' }),
    ];
    expect(pathsOf(planTrial(files, {}))).toEqual(['new', 'middle']);
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
