import {
  defineDataset,
  double,
  instant,
  isoOf,
  schemaVersion,
  symbol,
  text,
  timeframe,
} from '../define-dataset.ts';
import { candles } from './candles.ts';

export const rollups = defineDataset({
  name: 'rollups',
  version: 1,
  doc: 'Bars that the store has made of shorter ones, for timeframes that a symbol is not stored in.',
  folder: 'rollups',
  columns: {
    symbol: symbol('The instrument, as in the bars it was made from.'),
    timeframe: timeframe('Length of the bar, such as 1h.'),
    ts: instant("The bar's open by the symbol's session calendar, ms since 1970 in UTC."),
    ts_iso: isoOf('ts', 'The same instant as UTC ISO-8601 with milliseconds.'),
    open: double('Open of the first bar it holds, in quote currency.', { above: 0 }),
    high: double('Highest high, in quote currency.', { above: 0 }),
    low: double('Lowest low, in quote currency.', { above: 0 }),
    close: double('Close of the last bar it holds, in quote currency.', { above: 0 }),
    volume: double('Sum of the volumes in order of time, in units of the instrument.', { atLeast: 0 }),
    made_from: text('Timeframe of the stored bars that it was made from.', 16),
    schema_version: schemaVersion(),
  },
  key: ['symbol', 'timeframe', 'ts'],
  sortedBy: ['symbol', 'ts'],
  instant: 'ts',
  levels: ['month', 'year'],
  priceLow: ['low'],
  priceHigh: ['high'],
  check: candles.check,
});
