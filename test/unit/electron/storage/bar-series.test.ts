import { candles } from '#schemas/datasets/candles';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BarSeries } from '../../../../electron/storage/bar-series.ts';
import { tailRow, type TailRow } from '../../../../electron/storage/tail-row.ts';
import { fiveMinutes, flatCandle, storedCandle } from '../../../helpers/rows.ts';

describe('BarSeries', () => {
  it('keeps bars in order, whatever order they come in', () => {
    const series = seriesOf([2, 20], [0, 10], [1, 15]);
    expect(shown(series)).toEqual([10, 15, 20]);
    expect([series.first(), series.last()]).toEqual([fiveMinutes(0), fiveMinutes(2)]);
  });

  it('shows the later writing of a bar, and the earlier one when that is removed', () => {
    const series = seriesOf([0, 10], [1, 15]);
    const correction = row(1, 16);
    series.add(correction);
    expect(shown(series)).toEqual([10, 16]);
    series.remove(new Set([correction]));
    expect(shown(series)).toEqual([10, 15]);
  });

  it('does not change what it has handed out', () => {
    const series = seriesOf([0, 10], [1, 15], [2, 20]);
    const before = series.slice(0, Infinity).bars.close;
    series.add(row(1, 99));
    series.add(row(3, 30));
    expect(shown(series)).toEqual([10, 99, 20, 30]);
    expect([...before]).toEqual([10, 15, 20]);
  });

  it('tells what it was served from', () => {
    const series = new BarSeries('SPY', '5m');
    for (const [place, file] of [
      [0, 'a'],
      [1, 'a'],
      [2, 'b'],
      [3, null],
    ] as const) {
      series.add(tailRow(candles, storedCandle({ ts: fiveMinutes(place) }), place, 0, file));
    }
    expect(series.slice(0, Infinity)).toMatchObject({ parts: 2, pending: 1 });
    expect(series.slice(fiveMinutes(2), Infinity)).toMatchObject({ parts: 1, pending: 1 });
    expect(series.slice(0, fiveMinutes(2))).toMatchObject({ parts: 1, pending: 0 });
  });

  it('shows the same as a list that is sorted from scratch, through any adding, removing and looking', () => {
    const step = fc.record({ place: fc.nat(12), isRemoval: fc.boolean(), looks: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const series = new BarSeries('SPY', '5m');
        let rows: TailRow[] = [];
        steps.forEach(({ place, isRemoval, looks }, index) => {
          if (isRemoval) {
            const removed = new Set(rows.filter((_, at) => at % 3 === place % 3));
            rows = rows.filter((each) => !removed.has(each));
            series.remove(removed);
          } else {
            const added = row(place, index + 1, index);
            rows.push(added);
            series.add(added);
          }
          if (looks) expect(shown(series)).toEqual(expected(rows));
        });
        expect(shown(series)).toEqual(expected(rows));
        expect(series.rowCount).toBe(rows.length);
      }),
    );
  });
});

let written = 0;

function row(place: number, price: number, sequence = (written += 1)): TailRow {
  return tailRow(candles, storedCandle(flatCandle(price, { ts: fiveMinutes(place) })), sequence, 0);
}

function seriesOf(...bars: readonly (readonly [number, number])[]): BarSeries {
  const series = new BarSeries('SPY', '5m');
  for (const [place, price] of bars) series.add(row(place, price));
  return series;
}

function shown(series: BarSeries): number[] {
  return [...series.slice(0, Infinity).bars.close];
}

/** Later writings of a time replace earlier ones. */
function expected(rows: readonly TailRow[]): number[] {
  const names = Object.keys(candles.columns);
  const at = (each: TailRow, name: string) => Number(each.values[names.indexOf(name)]);
  const last = new Map(rows.map((each) => [at(each, 'ts'), at(each, 'close')]));
  return [...last].sort(([a], [b]) => a - b).map(([, close]) => close);
}
