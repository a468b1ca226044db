import { noBars } from '#shared/domain/candle';
import { parseTimeframe } from '#shared/domain/timeframe';
import { durationMs, epochMs, MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import {
  densityOf,
  needsMore,
  endOfTime,
  rangeFor,
  reachable,
  trimmed,
  type BarWindow,
  type PlanContext,
  type Target,
} from '../../../../renderer/data/bar-window.ts';
import { evenBars } from '../../../helpers/flat-bars.ts';

const minute = parseTimeframe('1m')!;
const key = { symbol: 'SPY', timeframe: minute };

function window(count: number, change: Partial<BarWindow> = {}): BarWindow {
  return {
    key,
    bars: evenBars(count, MINUTE),
    leadIn: noBars,
    objects: [],
    covered: { from: epochMs(0), until: epochMs(count * MINUTE) },
    extent: { first: -1_000 * MINUTE, last: 20_000 * MINUTE },
    source: minute,
    served: { parts: 0, days: 0, months: 0, years: 0, rollups: 0, tailRows: 0 },
    unreadable: [],
    sequence: 1,
    asOf: null,
    placement: { kind: 'keep' },
    ...change,
  };
}

const context: PlanContext = { barLength: MINUTE, coverage: null, screenBars: 100, stretch: 1 };
const barsIn = ({ from, until }: { from: number; until: number }) => (until - from) / MINUTE;

describe('densityOf', () => {
  it('is the share of the time that has bars', () => {
    expect(densityOf({ first: 0, last: 99 * MINUTE, bars: 20 }, MINUTE)).toBe(0.2);
  });

  it('is one where nothing is known', () => {
    expect(densityOf(null, MINUTE)).toBe(1);
  });
});

describe('rangeFor', () => {
  it('reaches three screens beyond either side, as far as a window holds them', () => {
    const coverage = { first: 0, last: 19_999 * MINUTE, bars: 20_000 };
    const asked = (bars: number) =>
      rangeFor({ kind: 'range', from: 0, until: bars * MINUTE }, { ...context, coverage });
    expect(asked(100)).toEqual({ from: -300 * MINUTE, until: 400 * MINUTE });
    expect(barsIn(asked(2_000))).toBe(6_000);
  });

  it('reaches farther where bars are sparse', () => {
    const coverage = { first: 0, last: 999 * MINUTE, bars: 200 };
    const range = rangeFor({ kind: 'around', at: epochMs(0) }, { ...context, coverage });
    expect(barsIn(range)).toBe(1_500);
  });

  it('goes on for ever from the newest bar, so that the next ones and all that begins later are inside', () => {
    const coverage = { first: 0, last: 999 * MINUTE, bars: 1_000 };
    const asked = (target: Target) => rangeFor(target, { ...context, coverage });
    expect(asked({ kind: 'latest' })).toEqual({ from: 700 * MINUTE, until: endOfTime });
    expect(asked({ kind: 'range', from: 800 * MINUTE, until: 950 * MINUTE }).until).toBe(endOfTime);
  });

  it('reaches for everything of a symbol without bars', () => {
    expect(rangeFor({ kind: 'latest' }, { ...context, coverage: null })).toEqual({
      from: 0 - endOfTime,
      until: endOfTime,
    });
  });

  it('asks for whole milliseconds in order, whatever it is given', () => {
    const range = rangeFor(
      { kind: 'range', from: 8e300, until: -8e300 },
      { ...context, barLength: durationMs(0.3) },
    );
    expect(
      Number.isSafeInteger(range.from) && Number.isSafeInteger(range.until) && range.from < range.until,
    ).toBe(true);
  });
});

describe('needsMore', () => {
  const view = (from: number, until: number) => ({
    from: from * MINUTE,
    until: until * MINUTE,
    barsVisible: until - from,
  });

  it('is true when an edge is nearer than half a screen', () => {
    const loaded = window(1_000);
    expect(
      [view(100, 300), view(99, 300), view(700, 900), view(701, 901)].map((seen) => needsMore(loaded, seen)),
    ).toEqual([false, true, false, true]);
  });

  it('is false at the ends of the series', () => {
    const whole = window(1_000, { extent: { first: 0, last: 999 * MINUTE } });
    expect([view(-50, 100), view(950, 1_050)].map((seen) => needsMore(whole, seen))).toEqual([false, false]);
  });
});

describe('trimmed', () => {
  it('cuts to the usual size round the middle, and covers no more than it holds', () => {
    const { bars, covered } = trimmed(window(20_000), 10_000 * MINUTE);
    expect({ count: bars.ts.length, first: bars.ts[0], covered }).toEqual({
      count: 6_000,
      first: 7_000 * MINUTE,
      covered: { from: 7_000 * MINUTE, until: 13_000 * MINUTE },
    });
  });

  it('keeps the very end when that is what is looked at', () => {
    const { bars, covered } = trimmed(window(20_000), 20_000 * MINUTE);
    expect([bars.ts[bars.ts.length - 1], covered.until]).toEqual([19_999 * MINUTE, 20_000 * MINUTE]);
  });

  it('leaves a window of the usual size alone', () => {
    const usual = window(6_000);
    expect(trimmed(usual, 0)).toBe(usual);
  });
});

describe('reachable', () => {
  const coverage = { first: 1_000 * MINUTE, last: 2_000 * MINUTE, bars: 1_000 };
  const move = (from: number, until: number) =>
    reachable({ kind: 'range', from: from * MINUTE, until: until * MINUTE }, key, coverage);

  it('keeps a range that touches the series', () => {
    expect(move(900, 1_100)).toEqual({ kind: 'range', from: 900 * MINUTE, until: 1_100 * MINUTE });
  });

  it('moves a range before the series to its beginning, and one after it to its end', () => {
    expect([move(0, 100), move(5_000, 5_100)]).toEqual([
      { kind: 'range', from: 1_000 * MINUTE, until: 1_100 * MINUTE },
      { kind: 'range', from: 1_901 * MINUTE, until: 2_001 * MINUTE },
    ]);
  });

  it('moves a date beyond the series to its nearest bar', () => {
    expect(reachable({ kind: 'around', at: epochMs(0) }, key, coverage)).toEqual({
      kind: 'around',
      at: coverage.first,
    });
  });
});
