import { describe, expect, it } from 'vitest';
import { matchingObjects } from '../../../../renderer/panels/objects/matching-objects.ts';
import { sortedObjects } from '../../../../renderer/panels/objects/object-columns.ts';
import { matchingSymbols } from '../../../../renderer/panels/symbols/matching-symbols.ts';
import { chartObject } from '../../../helpers/chart-object.ts';

describe('matchingSymbols', () => {
  it('puts the symbols that begin with what was typed first', () => {
    const symbols = ['BTC-USD', 'USDJPY', 'SPY'].map((symbol) => ({
      symbol,
      timeframes: [],
      objectEvents: 0,
      calendar: 'us-equity' as const,
    }));
    expect(matchingSymbols(symbols, 'usd').map(({ symbol }) => symbol)).toEqual(['USDJPY', 'BTC-USD']);
  });
});

describe('matchingObjects', () => {
  const objects = [
    chartObject({ object_id: 'early', t_start: 0, t_end: 10 }),
    chartObject({ object_id: 'late', t_start: 50, t_end: null, payload: { status: 'Fresh' } }),
    chartObject({ object_id: 'flag', object_type: 'flag', t_start: 60, t_end: 70 }),
  ];
  const found = (filter: Partial<Parameters<typeof matchingObjects>[1]>) =>
    matchingObjects(sortedObjects(objects, null), { typed: '', type: 'all', within: null, ...filter }).map(
      ({ object_id }) => object_id,
    );

  it('puts the ones that began last first', () => {
    expect(found({})).toEqual(['flag', 'late', 'early']);
  });

  it('looks into payloads without regard to case', () => {
    expect(found({ typed: 'fresh' })).toEqual(['late']);
  });

  it('keeps what touches the screen', () => {
    expect(found({ within: { from: 20, until: 55 } })).toEqual(['late']);
  });

  it('keeps one type', () => {
    expect(found({ type: 'flag' })).toEqual(['flag']);
  });
});

describe('sortedObjects', () => {
  const objects = [
    chartObject({ object_id: 'b', t_start: 1, y_max: 5, reason: 'touched' }),
    chartObject({ object_id: 'a', t_start: 2, y_max: null, reason: null }),
    chartObject({ object_id: 'c', t_start: 3, y_max: 1, reason: 'broken' }),
  ];
  const ids = (column: string, direction: 'ascending' | 'descending') =>
    sortedObjects(objects, { column, direction }).map(({ object_id }) => object_id);

  it('sorts by any column, what has no value last', () => {
    expect([ids('high', 'ascending'), ids('high', 'descending')]).toEqual([
      ['c', 'b', 'a'],
      ['b', 'c', 'a'],
    ]);
    expect(ids('reason', 'ascending')).toEqual(['c', 'b', 'a']);
  });

  it('sorts by time where it does not know the column', () => {
    expect(ids('gone', 'ascending')).toEqual(['c', 'a', 'b']);
  });
});
