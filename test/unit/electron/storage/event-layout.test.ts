import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import fc from 'fast-check';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  eventLayouts,
  eventPath,
  eventPeriod,
  eventTiers,
  historicalPath,
  parseEventPath,
  parseHistoricalPath,
  type EventFile,
  type EventLayout,
} from '../../../../electron/storage/event-layout.ts';

const symbols = fc.oneof(
  fc.constantFrom(
    'SPY',
    'BRK/B',
    'ES_F',
    'A_trades_2025-09-02',
    '..',
    'CON',
    '',
    'spy',
    '../../etc',
    'x.parquet',
    '_wal',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const words = fc.constantFrom('trades', 'quotes', 'bars-1m', 'x');
const instants = fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2100, 0, 1) - 1 });

function filesOf({ partition, isTiered }: EventLayout): fc.Arbitrary<EventFile> {
  return fc.record({
    symbol: symbols,
    type: words,
    period: instants.map((ts) => eventPeriod(partition, ts)),
    origin: isTiered
      ? fc.record({ tier: fc.constantFrom(...eventTiers), provider: words })
      : fc.constant(null),
  });
}

const spy: EventFile = { symbol: 'SPY', type: 'trades', period: '2025-09-02', origin: null };
const daily: EventLayout = { arrangement: 'BySymbol', partition: 'daily', format: 'jsonl', isTiered: false };

describe('eventPath', () => {
  it.each([
    [{ arrangement: 'BySymbol' }, 'events/SPY/trades/2025-09-02.jsonl'],
    [{ arrangement: 'ByDate' }, 'events/2025-09-02/SPY/trades.jsonl'],
    [{ arrangement: 'ByType' }, 'events/trades/SPY/2025-09-02.jsonl'],
    [{ arrangement: 'Flat' }, 'events/SPY_trades_2025-09-02.jsonl'],
    [{ format: 'jsonl.zst' }, 'events/SPY/trades/2025-09-02.jsonl.zst'],
  ] as const)('with %j is %s', (change, path) => {
    expect(eventPath({ ...daily, ...change }, spy)).toBe(path);
  });

  it('begins with tier and provider where the layout has them', () => {
    const file: EventFile = { ...spy, origin: { tier: 'cold', provider: 'polygon' } };
    expect(eventPath({ ...daily, isTiered: true }, file)).toBe('cold/polygon/SPY/trades/2025-09-02.jsonl');
  });

  it('has no date without partitions, and an hour with hourly ones', () => {
    expect(eventPath({ ...daily, partition: 'none' }, { ...spy, period: null })).toBe(
      'events/SPY/trades.jsonl',
    );
    expect(eventPath({ ...daily, partition: 'hourly' }, { ...spy, period: '2025-09-02T13' })).toBe(
      'events/SPY/trades/2025-09-02T13.jsonl',
    );
  });

  it.each([
    [{ type: '../trades' }, 'type: ../trades is not a word in lower case'],
    [{ type: 'con' }, 'type: con is not a word in lower case'],
    [{ period: '2025-09' }, 'period: 2025-09 is not daily'],
    [{ period: '2025-02-30' }, 'period: 2025-02-30 is not daily'],
    [{ period: null }, 'period: none is not daily'],
    [
      { origin: { tier: 'live', provider: 'x' } },
      'origin: is for layouts with tiers, and must be given there',
    ],
  ] as const)('refuses %j', (change, message) => {
    expect(() => eventPath(daily, { ...spy, ...change })).toThrow(message);
  });

  it('refuses a provider that is not a word', () => {
    const origin = { tier: 'live', provider: '..' } as const;
    expect(() => eventPath({ ...daily, isTiered: true }, { ...spy, origin })).toThrow(/^provider: /);
  });
});

describe.each(eventLayouts)('$arrangement $partition $format tiered $isTiered', (layout) => {
  it('reads back every file that it names, whatever the symbol', () => {
    fc.assert(
      fc.property(filesOf(layout), (file) => {
        const path = eventPath(layout, file);
        expect(parseEventPath(layout, path)).toEqual(file);
        expect(posix.normalize(path)).toBe(path);
        expect(path.split('/')[0]).toMatch(/^(events|live|historical|archive|cold)$/);
      }),
      { numRuns: 100 },
    );
  });

  it('never gives two files one path, where case is ignored too', () => {
    fc.assert(
      fc.property(filesOf(layout), filesOf(layout), (a, b) => {
        const isSame = eventPath(layout, a).toLowerCase() === eventPath(layout, b).toLowerCase();
        expect(isSame).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 100 },
    );
  });
});

describe('parseEventPath', () => {
  it.each([
    'events/SPY/trades/2025-09-02.parquet',
    'events/SPY/trades/2025-09-02',
    'events/SPY/trades/2025-9-2.jsonl',
    'events/SPY/trades/2025-02-30.jsonl',
    'events/SPY/trades.jsonl',
    'events/SPY/trades/x/2025-09-02.jsonl',
    'events/spy/trades/2025-09-02.jsonl',
    'events/../trades/2025-09-02.jsonl',
    'live/SPY/trades/2025-09-02.jsonl',
    'data/SPY/trades/2025-09-02.jsonl',
    '/events/SPY/trades/2025-09-02.jsonl',
    '',
  ])('is null for %s', (path) => {
    expect(parseEventPath(daily, path)).toBeNull();
  });
});

describe('historicalPath', () => {
  const granularities = fc.constantFrom<Timeframe[]>(
    ...['1m', '5m', '1h', '1d'].flatMap((text) => parseTimeframe(text) ?? []),
  );
  const files = fc.record({
    asset: symbols,
    base: symbols,
    granularity: granularities,
    period: fc
      .tuple(instants, fc.constantFrom(4, 7, 10))
      .map(([ts, length]) => new Date(ts).toISOString().slice(0, length)),
  });

  it('is as people know it', () => {
    const granularity = parseTimeframe('1m')!;
    expect(historicalPath({ asset: 'BTC', base: 'USD', granularity, period: '2024-03' })).toBe(
      'historical/BTC-USD_1m_2024-03.parquet',
    );
  });

  it('can be read back, also where a name has a dash or an underscore', () => {
    fc.assert(
      fc.property(files, (file) => {
        expect(parseHistoricalPath(historicalPath(file))).toEqual(file);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    'historical/BTC_1m_2024.parquet',
    'historical/BTC-USD_1M_2024.parquet',
    'historical/BTC-USD_1m_2024-13.parquet',
    'historical/btc-usd_1m_2024.parquet',
    'historical/BTC-USD_1m_2024.jsonl',
    'live/BTC-USD_1m_2024.parquet',
    'historical/x/BTC-USD_1m_2024.parquet',
  ])('does not read %s', (path) => {
    expect(parseHistoricalPath(path)).toBeNull();
  });

  it('refuses a period that no calendar has', () => {
    const granularity = parseTimeframe('1m')!;
    expect(() => historicalPath({ asset: 'BTC', base: 'USD', granularity, period: '2024-13' })).toThrow(
      /2024-13/,
    );
  });
});
