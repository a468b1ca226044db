import { candles } from '#schemas/datasets/candles';
import { objectActions, objectTypes } from '#shared/domain/chart-object';
import { objects } from '#schemas/datasets/objects';
import { rollups } from '#schemas/datasets/rollups';
import type { Column, Dataset } from '#schemas/define-dataset';
import { formatIsoUtc, instantBounds } from '#shared/domain/zone-time';
import fc from 'fast-check';
import type { GivenRow } from './rows.ts';

/** Symbols as venues spell them, all of them allowed. */
export const symbols = fc.constantFrom(
  'SPY',
  'BRK/B',
  'ES_F',
  '^GSPC',
  'BTC-USD',
  'brk/b',
  'A',
  'ES1!',
  '0700.HK',
);

const timeframes = fc.constantFrom('1m', '5m', '15M', '1h', '1D', '30s', '7m');

/** Any text that the store takes, with what upsets text handling more likely than by chance. */
export const texts = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('', ' ', '\0', "'", '"', '\\', '\u2028', 'a\uFEFF', '💹', '\u{10FFFF}', 'null', 'ÿ', 'é'),
  )
  .filter((text) => !text.startsWith('\uFEFF'));

/** Any finite number of ordinary or extreme size. */
export const doubles = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 0.1, -0.1, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 53, 1 / 3),
);

export const wholeNumbers = fc.oneof(
  fc.maxSafeInteger(),
  fc.constantFrom(0, 1, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 31, -(2 ** 31)),
);

const minuteMs = 60_000;

/** Whole hours of all years that the store takes, so that they are the open of any bar. */
export const instants = fc
  .integer({ min: instantBounds.from / 3_600_000, max: instantBounds.until / 3_600_000 - 1 })
  .map((hour) => hour * 3_600_000)
  .filter((ts) => Math.abs(ts) >= 1e10);

const prices = fc.oneof(
  fc.double({ min: 1e-8, max: 1e9, noNaN: true }),
  fc.constantFrom(5e-324, Number.MAX_VALUE, 0.1),
);

const candleRows: fc.Arbitrary<GivenRow> = fc
  .record(
    {
      symbol: symbols,
      timeframe: timeframes,
      ts: instants,
      prices: fc.array(prices, { minLength: 4, maxLength: 4 }),
      isHighClose: fc.boolean(),
      volume: doubles.map(Math.abs),
      global_x: fc.option(wholeNumbers),
      source: fc.option(texts),
    },
    { requiredKeys: ['symbol', 'timeframe', 'ts', 'prices', 'isHighClose', 'volume'] },
  )
  .map(({ prices: four, isHighClose, ...rest }) => {
    const [low = 0, first = 0, second = 0, high = 0] = four.toSorted((a, b) => a - b);
    return { ...rest, low, high, open: isHighClose ? first : second, close: isHighClose ? second : first };
  });

const objectRows: fc.Arbitrary<GivenRow> = fc
  .record(
    {
      symbol: symbols,
      timeframe: timeframes,
      object_id: texts.filter((text) => text !== ''),
      object_type: fc.constantFrom(...objectTypes),
      action: fc.constantFrom(...objectActions),
      event_ts: instants,
      t_start: instants,
      lastsMinutes: fc.option(fc.nat(100_000)),
      band: fc.option(fc.tuple(doubles, doubles)),
      y: fc.option(doubles),
      step: fc.option(doubles),
      reason: fc.option(texts),
      payload: fc.option(fc.oneof(fc.json({ maxDepth: 2 }), fc.constant(JSON.stringify('x'.repeat(9_000))))),
      sequence: wholeNumbers,
    },
    {
      requiredKeys: [
        'symbol',
        'timeframe',
        'object_id',
        'object_type',
        'action',
        'event_ts',
        't_start',
        'sequence',
      ],
    },
  )
  .map(({ lastsMinutes, band, ...rest }) => ({
    ...rest,
    ...(lastsMinutes == null
      ? {}
      : { t_end: Math.min(rest.t_start + lastsMinutes * minuteMs, instantBounds.until - 1) }),
    ...(band == null ? {} : { y_min: Math.min(...band), y_max: Math.max(...band) }),
  }))
  .filter(({ t_start, ...rest }) => !('t_end' in rest) || rest.t_end >= t_start)
  .filter((row) => !('t_end' in row) || Math.abs(row.t_end) >= 1e10);

const rollupRows = fc.tuple(candleRows, timeframes).map(([row, made_from]): GivenRow => {
  const own = Object.entries(row).filter(([name]) => name in rollups.columns);
  return { ...Object.fromEntries(own), made_from };
});

/** Of a dataset whose columns have nothing to do with one another. */
function rowsOfColumns({ columns }: Dataset): fc.Arbitrary<GivenRow> {
  const given = Object.entries(columns).filter(([, { kind }]) => kind !== 'iso' && kind !== 'version');
  return fc.record(
    Object.fromEntries(
      given.map(([name, column]) => [name, column.nullable ? fc.option(valuesOf(column)) : valuesOf(column)]),
    ),
    { requiredKeys: given.filter(([, { nullable }]) => !nullable).map(([name]) => name) },
  );
}

function valuesOf({
  kind,
  nullable,
  choices = [],
  maxLength = Infinity,
  above,
  atLeast,
  only,
}: Column): fc.Arbitrary<unknown> {
  if (kind === 'symbol') return symbols;
  if (kind === 'timeframe')
    return only === undefined ? timeframes : fc.constantFrom(only, only.toUpperCase());
  if (kind === 'instant') return instants;
  if (kind === 'choice') return fc.constantFrom(...choices);
  if (kind === 'integer') return wholeNumbers;
  if (kind === 'double') {
    if (above !== undefined) return prices;
    return atLeast === undefined ? doubles : doubles.map(Math.abs);
  }
  if (kind === 'json') return fc.json({ maxDepth: 2 });
  return texts.filter((text) => text.length <= maxLength && (nullable || text !== ''));
}

/** Of those whose columns belong together. */
const rowsByDataset = new Map<string, fc.Arbitrary<GivenRow>>([
  [candles.name, candleRows],
  [objects.name, objectRows],
  [rollups.name, rollupRows],
]);

/** Rows that the store takes, of any dataset that it has, with instants in all their spellings. */
export function goodRows(dataset: Dataset): fc.Arbitrary<GivenRow> {
  const rows = rowsByDataset.get(dataset.name) ?? rowsOfColumns(dataset);
  const isoName = `${dataset.instant}_iso`;
  const spellings = ['ms', 'iso', 'both', 'digits', 'under the other name'] as const;
  return fc.tuple(rows, fc.constantFrom(...spellings)).map(([row, spelling]) => {
    const ts = Number(row[dataset.instant]);
    switch (spelling) {
      case 'ms':
        return row;
      case 'iso':
        return { ...row, [dataset.instant]: formatIsoUtc(ts) };
      case 'both':
        return { ...row, [isoName]: formatIsoUtc(ts).replace('.000Z', '+00:00') };
      case 'digits':
        return { ...row, [dataset.instant]: String(ts) };
      case 'under the other name':
        return { ...row, [dataset.instant]: null, [isoName]: formatIsoUtc(ts) };
    }
  });
}
