import type { SqlColumn } from '#shared/domain/sql';
import { describe, expect, it } from 'vitest';
import { lineColumns, queryLine, valuesInBars } from '../../../../../renderer/data/sql/query-line.ts';
import { instantOf, placeColumns, placeOfRow } from '../../../../../renderer/data/sql/row-place.ts';

const column = (name: string, type = 'VARCHAR', kind: SqlColumn['kind'] = 'text'): SqlColumn => ({
  name,
  type,
  kind,
});
const number = (name: string) => column(name, 'DOUBLE', 'number');
const bell = Date.UTC(2025, 8, 2, 13, 30);

describe('placeOfRow', () => {
  const columns = [column('symbol'), column('timeframe'), column('ts', 'BIGINT', 'number'), number('close')];

  it('leads to the symbol, timeframe and time of a bar', () => {
    expect(placeOfRow(placeColumns(columns), ['SPY', '5m', String(bell), '1'], 'QQQ')).toEqual({
      symbol: 'SPY',
      timeframe: '5m',
      at: bell,
      objectId: null,
    });
  });

  it('leads to an object by its id, on the symbol that is shown when the row names none', () => {
    const events = [column('object_id'), column('event_ts', 'BIGINT', 'number')];
    expect(placeOfRow(placeColumns(events), ['zone-1', String(bell)], 'QQQ')).toEqual({
      symbol: 'QQQ',
      timeframe: null,
      at: bell,
      objectId: 'zone-1',
    });
  });

  it('leads nowhere without a time, or with one that is missing', () => {
    expect(placeOfRow(placeColumns([column('symbol')]), ['SPY'], null)).toBeNull();
    expect(placeOfRow(placeColumns(columns), ['SPY', '5m', null, '1'], null)).toBeNull();
  });
});

describe('instantOf', () => {
  it.each([
    [String(bell), bell],
    ['2025-09-02 13:30:00', bell],
    ['2025-09-02 13:30:00+00', bell],
    ['2025-09-02T09:30:00-04:00', bell],
    ['2025-09-02', Date.UTC(2025, 8, 2)],
    ['42', null],
    ['SPY', null],
  ])('reads %s', (text, expected) => {
    expect(instantOf(text)).toBe(expected);
  });
});

describe('queryLine', () => {
  const columns = [column('symbol'), column('ts', 'BIGINT', 'number'), number('mean')];

  it('offers the numbers that are no times', () => {
    expect(lineColumns(columns)).toEqual([2]);
    expect(lineColumns([number('mean')])).toEqual([]);
  });

  it('takes the rows of one symbol, in order of time, without those that say nothing', () => {
    const rows = [
      ['SPY', String(bell + 300_000), '2'],
      ['QQQ', String(bell), '9'],
      ['SPY', String(bell), '1'],
      ['SPY', String(bell + 600_000), null],
    ];
    const { points } = queryLine(columns, rows, 2, 'SPY');
    expect([[...points.ts], [...points.values]]).toEqual([
      [bell, bell + 300_000],
      [1, 2],
    ]);
  });

  it('gives each bar the last value within it', () => {
    const points = { ts: Float64Array.of(0, 40, 70, 130), values: Float64Array.of(1, 2, 3, 4) };
    expect([...valuesInBars([0, 60, 180], points, 60)]).toEqual([2, 3, Number.NaN]);
  });
});
