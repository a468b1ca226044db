import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocateBars, barColumns, candleAt, type Bars, type Candle } from '#shared/domain/candle';
import { bucketAt } from '#shared/domain/session-calendar';
import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import { resampleBars, utcBuckets } from '#shared/math/resample';
import { MINUTE } from '#shared/units';

describe('resampleBars', () => {
  it('takes the first open, the highest high, the lowest low, the last close and the sum of volume', () => {
    const minutes = barsOf([
      { ts: 5 * MINUTE, open: 10, high: 12, low: 9, close: 11, volume: 1 },
      { ts: 7 * MINUTE, open: 11, high: 15, low: 11, close: 14, volume: 2 },
      { ts: 9 * MINUTE, open: 14, high: 14, low: 8, close: 13, volume: 4 },
    ]);
    expect(candlesOf(resampleBars(minutes, utcBuckets(5 * MINUTE)))).toEqual([
      { ts: 5 * MINUTE, open: 10, high: 15, low: 8, close: 13, volume: 7 },
    ]);
  });

  it('leaves out buckets without a bar', () => {
    const minutes = barsOf([0, 1, 11].map((minute) => flat(minute * MINUTE)));
    expect([...resampleBars(minutes, utcBuckets(5 * MINUTE)).ts]).toEqual([0, 10 * MINUTE]);
  });

  it('starts the hours of a session at its open', () => {
    // 13:30Z is 09:30 in New York.
    const open = Date.UTC(2025, 8, 2, 13, 30);
    const minutes = barsOf([0, 59, 60, 389].map((minute) => flat(open + minute * MINUTE)));
    const hours = resampleBars(minutes, (ts) => bucketAt('us-equity', tf('1h'), ts));
    expect([...hours.ts].map((ts) => (ts - open) / MINUTE)).toEqual([0, 60, 360]);
  });

  it('gives the same bars in steps as at once', () => {
    fc.assert(
      fc.property(series(), (minutes) => {
        const [five, fifteen] = [utcBuckets(5 * MINUTE), utcBuckets(15 * MINUTE)];
        const inSteps = resampleBars(resampleBars(minutes, five), fifteen);
        expect(candlesOf(inSteps)).toEqual(candlesOf(resampleBars(minutes, fifteen)));
      }),
    );
  });

  it('loses no volume and no extreme, and never overlaps bars', () => {
    fc.assert(
      fc.property(series(), fc.constantFrom('2m', '15m', '1h', '1d', '1w'), (minutes, timeframe) => {
        const longer = resampleBars(minutes, (ts) => bucketAt('us-equity', tf(timeframe), ts));
        expect(sum(longer.volume)).toBe(sum(minutes.volume));
        expect(Math.max(...longer.high)).toBe(Math.max(...minutes.high));
        expect(Math.min(...longer.low)).toBe(Math.min(...minutes.low));
        expect([...longer.ts]).toEqual([...new Set(longer.ts)].sort((a, b) => a - b));
      }),
    );
  });

  it('makes nothing of nothing', () => {
    expect(resampleBars(allocateBars(0), utcBuckets(MINUTE)).ts).toHaveLength(0);
  });
});

/** Minutes with gaps; whole volumes, whose sums are exact in any order. */
function series() {
  const minute = fc.record({
    wait: fc.integer({ min: 1, max: 90 }),
    prices: fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 2, maxLength: 5 }),
    volume: fc.nat(1_000_000),
  });
  return fc.array(minute, { minLength: 1, maxLength: 200 }).map((minutes) => {
    let ts = Date.UTC(2025, 7, 29, 18);
    return barsOf(
      minutes.map(({ wait, prices, volume }) => {
        ts += wait * MINUTE;
        const [open = 0] = prices;
        const close = prices.at(-1) ?? open;
        return { ts, open, high: Math.max(...prices), low: Math.min(...prices), close, volume };
      }),
    );
  });
}

function flat(ts: number): Candle {
  return { ts, open: 1, high: 1, low: 1, close: 1, volume: 1 };
}

function barsOf(candles: readonly Candle[]): Bars {
  const bars = allocateBars(candles.length);
  candles.forEach((candle, index) => {
    for (const column of barColumns) bars[column][index] = candle[column];
  });
  return bars;
}

function candlesOf(bars: Bars) {
  return Array.from(bars.ts, (_, index) => candleAt(bars, index));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function tf(text: string): Timeframe {
  const timeframe = parseTimeframe(text);
  if (timeframe === null) throw new Error(text);
  return timeframe;
}
