import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { packBars, type Bars } from '#shared/domain/candle';
import { isOpen, spanAt } from '#shared/domain/session-calendar';
import { parseTimeframe, timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { formatIsoUtc, localPartsAt } from '#shared/domain/zone-time';
import { groupBy } from '#shared/group-by';
import { resampleBars, utcBuckets } from '#shared/math/resample';
import { HOUR, MINUTE } from '#shared/units';
import { defaultDemo, demoMarket, type DemoMarket } from '../../../../../electron/jobs/demo/demo-market.ts';

const market = demoMarket(defaultDemo);
const histories = groupBy(market.events, ({ object_id }) => object_id);

describe('demoMarket', () => {
  it('is the same to the last bit on every machine', () => {
    expect(digest(market)).toBe('83061d3c9ee2512b');
  });

  it('is another market for another seed', () => {
    expect(digest(demoMarket({ ...defaultDemo, seed: 1, weeks: 1 }))).not.toBe(
      digest(demoMarket({ ...defaultDemo, seed: 2, weeks: 1 })),
    );
  });

  it('has four symbols in four timeframes over eight weeks', () => {
    const { from, until } = { from: '2025-08-01T20:00:00.000Z', until: '2025-09-26T19:59:00.000Z' };
    expect(market.symbols.map(({ symbol }) => symbol)).toEqual(['SPY', 'EURUSD', 'BTC-USD', 'KLTR']);
    for (const { symbol, bars } of market.symbols) {
      expect([...bars.keys()]).toEqual(['1m', '2m', '5m', '15m']);
      expect(formatIsoUtc(barsOf(symbol, '1m').ts.at(-1) ?? 0) <= until).toBe(true);
    }
    const { ts } = barsOf('BTC-USD', '1m');
    expect([ts[0], ts.at(-1)].map((edge) => formatIsoUtc(edge ?? 0))).toEqual([from, until]);
  });
});

describe.each(market.symbols)('bars of $symbol', ({ symbol, calendar, bars }) => {
  it.each([...bars.keys()])('of %s are sorted, aligned, and have their extremes right', (timeframe) => {
    const columns = barsOf(symbol, timeframe);
    const length = timeframeLength(tf(timeframe));
    const isRight = Array.from(columns.ts, (ts, index) => {
      const [open, high, low, close, volume] = (['open', 'high', 'low', 'close', 'volume'] as const).map(
        (column) => columns[column][index] ?? Number.NaN,
      ) as [number, number, number, number, number];
      const isSorted = index === 0 || ts > (columns.ts[index - 1] ?? 0);
      const hasExtremes = high >= Math.max(open, close) && low <= Math.min(open, close) && low > 0;
      return isSorted && ts % length === 0 && hasExtremes && volume > 0;
    });
    expect(isRight.indexOf(false)).toBe(-1);
  });

  it('lie within the sessions', () => {
    const outside = [...barsOf(symbol, '1m').ts].find((ts) => !isOpen(calendar, ts, 'extended'));
    expect(outside).toBeUndefined();
  });

  it.each(['2m', '5m', '15m'])('of %s are what the minutes add up to', (timeframe) => {
    const made = resampleBars(barsOf(symbol, '1m'), utcBuckets(timeframeLength(tf(timeframe))));
    const stored = Buffer.from(packBars(barsOf(symbol, timeframe)));
    expect(Buffer.from(packBars(made)).equals(stored)).toBe(true);
  });
});

describe('sessions of the demo', () => {
  it('SPY trades thinly before and after the regular hours, and not on Labor Day or a weekend', () => {
    const { ts } = barsOf('SPY', '1m');
    const kinds = [...ts].map((at) => spanAt('us-equity', at).kind);
    const days = new Set([...ts].map((at) => localPartsAt('America/New_York', at).weekday));
    const extended = kinds.filter((kind) => kind === 'extended').length;
    const regular = kinds.filter((kind) => kind === 'regular').length;
    expect([...days].sort()).toEqual([1, 2, 3, 4, 5]);
    expect(regular).toBe(39 * 390);
    expect(extended / (39 * 570)).toBeGreaterThan(0.2);
    expect(extended / (39 * 570)).toBeLessThan(0.6);
    expect([...ts].some((at) => formatIsoUtc(at).startsWith('2025-09-01'))).toBe(false);
  });

  it('BTC-USD never closes and EURUSD rests at the weekend', () => {
    expect(longestGap(barsOf('BTC-USD', '1m'))).toBe(MINUTE);
    expect(longestGap(barsOf('EURUSD', '1m'))).toBe(48 * HOUR + MINUTE);
  });

  it('KLTR misses minutes without a trade, and halts once for an hour', () => {
    const gaps = gapsWithinDay(barsOf('KLTR', '1m'));
    expect(gaps.length).toBeGreaterThan(1_000);
    expect(gaps.filter((gap) => gap >= HOUR)).toHaveLength(1);
  });
});

describe('chart objects of the demo', () => {
  it('have histories that begin with create, end with close, and count without a hole', () => {
    for (const [id, events] of histories) {
      const actions = events.map(({ action }) => action);
      expect(actions[0], id).toBe('create');
      expect(
        actions.slice(1, -1).every((action) => action === 'update'),
        id,
      ).toBe(true);
      expect(
        actions.filter((action) => action === 'create'),
        id,
      ).toHaveLength(1);
      expect(
        events.map(({ sequence }) => sequence),
        id,
      ).toEqual(events.map((_, index) => index));
      expect(
        events.map(({ event_ts }) => event_ts),
        id,
      ).toEqual(events.map(({ event_ts }) => event_ts).sort((a, b) => a - b));
    }
  });

  it('end when they are closed and not before', () => {
    const wrong = market.events.filter(({ action, t_end }) => (t_end !== null) !== (action === 'close'));
    expect(wrong).toEqual([]);
  });

  it('have their edges and times the right way round, and nothing from after the last bar', () => {
    const wrong = market.events.filter(
      ({ y_min, y_max, t_start, t_end, event_ts }) =>
        y_min === null || y_max === null || y_min > y_max || t_start > (t_end ?? event_ts) + 15 * MINUTE,
    );
    expect(wrong).toEqual([]);
    expect(Math.max(...market.events.map(({ event_ts }) => event_ts))).toBeLessThanOrEqual(defaultDemo.until);
  });

  it('are known no earlier than the bar that made them', () => {
    const early = market.events.filter(({ symbol, timeframe, step, event_ts }) => {
      if (step === null) return false;
      const ts = barsOf(symbol, timeframe).ts[step] ?? Infinity;
      return event_ts !== ts + timeframeLength(tf(timeframe));
    });
    expect(early).toEqual([]);
  });

  it.each(['SPY', 'EURUSD', 'BTC-USD', 'KLTR'])(
    'of %s are neither missing nor crowded, most of them closed',
    (symbol) => {
      const lives = [...histories.values()].filter((events) => events[0]?.symbol === symbol);
      const counts = (['zone', 'level', 'flag', 'marker'] as const).map(
        (type) => lives.filter((events) => events[0]?.object_type === type).length,
      );
      for (const count of counts) {
        expect(count).toBeGreaterThanOrEqual(50);
        expect(count).toBeLessThanOrEqual(220);
      }
      const closed = lives.filter((events) => events.at(-1)?.action === 'close').length;
      expect(closed / lives.length).toBeGreaterThan(0.9);
    },
  );

  it('show all four kinds on SPY 5m', () => {
    const kinds = market.events.filter((event) => event.symbol === 'SPY' && event.timeframe === '5m');
    expect(new Set(kinds.map(({ object_type }) => object_type))).toEqual(
      new Set(['zone', 'level', 'flag', 'marker']),
    );
  });

  it('tell a story: zones widen and break, levels are touched, flags reach targets and fail', () => {
    const reasons = (type: string) =>
      new Set(market.events.filter(({ object_type }) => object_type === type).map(({ reason }) => reason));
    expect(reasons('zone')).toEqual(new Set(['swing', 'touched', 'widened', 'broken', 'expired', 'used-up']));
    expect(reasons('level')).toEqual(new Set(['session', 'touched', 'broken', 'session-end']));
    expect([...reasons('flag')]).toEqual(
      expect.arrayContaining(['pole', 'breakout', 'target', 'invalidated']),
    );
    expect([...reasons('marker')]).toEqual(
      expect.arrayContaining(['flag', 'zone', 'filled', 'target', 'stop']),
    );
  });

  it('give every exit the profit that its prices say', () => {
    const entries = new Map(payloadsOf('entry').map((payload) => [payload.trade, payload]));
    const exits = [...payloadsOf('exit'), ...payloadsOf('stop')];
    expect(exits.length).toBeGreaterThan(100);
    for (const { trade, pnl, price, qty, side } of exits) {
      const entry = entries.get(trade);
      const sign = side === 'long' ? 1 : -1;
      expect(pnl).toBeCloseTo(sign * (price - (entry?.price ?? Number.NaN)) * qty, 1);
    }
  });
});

interface TradePayload {
  readonly kind: string;
  readonly trade: string;
  readonly side: string;
  readonly price: number;
  readonly qty: number;
  readonly pnl: number | null;
}

/** Of closed markers: the prices at which orders were filled. */
function payloadsOf(kind: string): readonly TradePayload[] {
  return market.events
    .filter(({ object_type, action }) => object_type === 'marker' && action === 'close')
    .map(({ payload }) => payload as unknown as TradePayload)
    .filter((payload) => payload.kind === kind);
}

function barsOf(symbol: string, timeframe: string): Bars {
  const bars = market.symbols.find((candidate) => candidate.symbol === symbol)?.bars.get(tf(timeframe));
  if (bars === undefined) throw new Error(`${symbol} ${timeframe}`);
  return bars;
}

function digest({ symbols, events }: DemoMarket): string {
  const hash = createHash('sha256');
  for (const { symbol, bars } of symbols) {
    for (const [timeframe, columns] of bars) {
      hash.update(`${symbol} ${timeframe}`).update(new Uint8Array(packBars(columns)));
    }
  }
  return hash.update(JSON.stringify(events)).digest('hex').slice(0, 16);
}

function gapsOf({ ts }: Bars): readonly number[] {
  return [...ts.subarray(1)].map((at, index) => at - (ts[index] ?? at));
}

function longestGap(bars: Bars): number {
  return Math.max(...gapsOf(bars));
}

function gapsWithinDay(bars: Bars): readonly number[] {
  return gapsOf(bars).filter((gap) => gap > MINUTE && gap < 6 * HOUR);
}

function tf(text: string): Timeframe {
  const timeframe = parseTimeframe(text);
  if (timeframe === null) throw new Error(text);
  return timeframe;
}
