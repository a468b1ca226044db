import {
  defineDataset,
  double,
  instant,
  integer,
  isoOf,
  optional,
  schemaVersion,
  symbol,
  text,
  timeframe,
} from '../define-dataset.ts';

export const candles = defineDataset({
  name: 'candles',
  version: 1,
  doc: 'Finalized bars: one row per symbol, timeframe and open time.',
  folder: 'data',
  columns: {
    symbol: symbol('The instrument, spelled as its venue spells it.'),
    timeframe: timeframe('Length of the bar, such as 5m; upper and lower case mean the same.'),
    ts: instant("The bar's open, ms since 1970 in UTC."),
    ts_iso: isoOf('ts', 'The same instant as UTC ISO-8601 with milliseconds.'),
    open: double('First traded price, in quote currency.', { above: 0 }),
    high: double('Highest traded price, in quote currency.', { above: 0 }),
    low: double('Lowest traded price, in quote currency.', { above: 0 }),
    close: double('Last traded price, in quote currency.', { above: 0 }),
    volume: double('Traded amount in units of the instrument; 0 where the source has none.', { atLeast: 0 }),
    global_x: optional(
      integer('Running index of a 15m bar over all days of its symbol; stamped at compaction.'),
    ),
    source: optional(text('Who wrote the row.', 200)),
    schema_version: schemaVersion(),
  },
  key: ['symbol', 'timeframe', 'ts'],
  sortedBy: ['symbol', 'ts'],
  instant: 'ts',
  levels: ['part', 'day', 'month', 'year'],
  priceLow: ['low'],
  priceHigh: ['high'],
  check: (value) => {
    const top = Math.max(value('open'), value('close'));
    const bottom = Math.min(value('open'), value('close'));
    if (value('high') < top)
      return { field: 'high', reason: `${value('high')} is below open or close (${top})` };
    if (value('low') > bottom) {
      return { field: 'low', reason: `${value('low')} is above open or close (${bottom})` };
    }
    return null;
  },
});
