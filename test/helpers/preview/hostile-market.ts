import type { Bars } from '#shared/domain/candle';
import type { ObjectEvent } from '#shared/domain/chart-object';
import { parseTimeframe } from '#shared/domain/timeframe';
import { MINUTE } from '#shared/units';
import { chartObject } from '../chart-object.ts';
import type { FakeSeries } from '../fake-store.ts';
import { evenBars, flatBars } from '../flat-bars.ts';

const minute = parseTimeframe('1m')!;
const start = Date.UTC(2025, 8, 2);

/** What a store should never hold and one day will. */
export function hostileMarket(): {
  readonly series: readonly FakeSeries[];
  readonly events: readonly ObjectEvent[];
} {
  const series = Object.entries({
    TINY: walk(1e-8),
    HUGE: walk(1e9),
    'ONE-BAR': flatBars([start], 100),
    'NO-BARS': flatBars([]),
    'UPSIDE-DOWN': upsideDown(walk(100)),
    'NO-PRICE': withoutPrices(walk(100)),
    ZERO: evenBars(500, MINUTE, start),
    FUTURE: evenBars(500, MINUTE, Date.UTC(2099, 11, 1)),
    CROWDED: walk(100),
  }).map(([symbol, bars]) => ({ symbol, bars: new Map([[minute, bars]]) }));
  const strange = Object.keys({ TINY: 0, HUGE: 0, 'ONE-BAR': 0, 'NO-BARS': 0, 'UPSIDE-DOWN': 0 }).flatMap(
    strangeObjects,
  );
  return { series, events: [...strange, ...crowd()] };
}

function walk(price: number): Bars {
  const bars = evenBars(2_000, MINUTE, start);
  const at = (index: number) => price * (1 + 0.05 * Math.sin(index / 60) + 0.01 * Math.sin(index / 7));
  const close = bars.close.map((_, index) => at(index + 1));
  const open = bars.open.map((_, index) => at(index));
  const high = bars.high.map((_, index) => Math.max(at(index), at(index + 1)) + price * 0.002);
  const low = bars.low.map((_, index) => Math.min(at(index), at(index + 1)) - price * 0.002);
  return { ...bars, open, high, low, close };
}

function upsideDown(bars: Bars): Bars {
  return { ...bars, high: bars.low, low: bars.high };
}

function withoutPrices(bars: Bars): Bars {
  const holed = (column: Float64Array) =>
    column.map((value, index) => (index % 5 === 0 ? Number.NaN : value * 1e300));
  return { ...bars, open: holed(bars.open), close: holed(bars.close) };
}

function strangeObjects(symbol: string): readonly ObjectEvent[] {
  const types = ['zone', 'level', 'flag', 'marker'] as const;
  const faults: Partial<ObjectEvent>[] = [
    { t_start: start + 100 * MINUTE, t_end: start },
    { y: null, y_min: null, y_max: null },
    { y_min: 1e300, y_max: -1e300 },
    { t_start: 8e15, t_end: null },
    { t_start: -8e15, t_end: 8e15 },
    { payload: 'text' },
    { payload: [1, 2, 3] },
    { payload: null },
    { payload: { pole: 7, upper: { t0: 'x' }, text: { nested: true }, side: 12 } },
    { reason: '<img src=x onerror=alert(1)>', payload: { label: '<script>alert(1)</script>' } },
  ];
  return types.flatMap((object_type) =>
    faults.map((fault, index) =>
      chartObject({
        symbol,
        object_type,
        object_id: `${symbol}-${object_type}-${index}`,
        t_start: start,
        t_end: null,
        ...fault,
      }),
    ),
  );
}

function crowd(): readonly ObjectEvent[] {
  return Array.from({ length: 100_000 }, (_, index) => {
    const from = start + (index % 2_000) * MINUTE;
    const low = 95 + ((index * 7919) % 1_000) / 100;
    return chartObject({
      symbol: 'CROWDED',
      object_id: `crowd-${index}`,
      object_type: (['zone', 'level', 'flag', 'marker'] as const)[index % 4]!,
      t_start: from,
      t_end: index % 3 === 0 ? null : from + 30 * MINUTE,
      y: low,
      y_min: low,
      y_max: low + 0.3,
      payload: { side: index % 2 === 0 ? 'demand' : 'supply', label: 'Crowd' },
    });
  });
}
