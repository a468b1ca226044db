import { candles } from '#schemas/datasets/candles';
import { objects } from '#schemas/datasets/objects';
import type { Dataset, StoredRow } from '#schemas/define-dataset';
import { validateRow } from '#schemas/validate-row';

/** Rows as a bot hands them in. */
export type GivenRow = Readonly<Record<string, unknown>>;

/** A Tuesday on which New York trades, at 09:30 there. */
export const openingBell = Date.UTC(2025, 8, 2, 13, 30);

const minuteMs = 60_000;

/** Opens of 5m bars: the first is the opening bell. */
export function fiveMinutes(index: number): number {
  return openingBell + index * 5 * minuteMs;
}

/** A bar of which only what matters to a test need be said. */
export function candleRow(change: GivenRow = {}): GivenRow {
  return {
    symbol: 'SPY',
    timeframe: '5m',
    ts: openingBell,
    open: 10,
    high: 12,
    low: 9,
    close: 11,
    volume: 100,
    ...change,
  };
}

/** A bar whose four prices are one: it can be recognised by it. */
export function flatCandle(price: number, change: GivenRow = {}): GivenRow {
  return candleRow({ open: price, high: price, low: price, close: price, ...change });
}

/** An event of an open zone between 10 and 12. */
export function objectRow(change: GivenRow = {}): GivenRow {
  return {
    symbol: 'SPY',
    timeframe: '5m',
    object_id: 'zone-1',
    object_type: 'zone',
    action: 'create',
    event_ts: openingBell,
    t_start: openingBell,
    y_min: 10,
    y_max: 12,
    sequence: 1,
    ...change,
  };
}

/** A row in the dataset's column order, as it is kept. It must be a good one. */
export function storedRow(dataset: Dataset, row: GivenRow): StoredRow {
  const verdict = validateRow(dataset, row, 'UTC');
  if (!verdict.ok) throw new Error(`${verdict.field} ${verdict.reason}`);
  return verdict.row;
}

/** The usual bar with some fields changed, as the store keeps it; throws when that makes it a bad one. */
export const storedCandle = (change: GivenRow = {}) => storedRow(candles, candleRow(change));
/** The usual event of a zone with some fields changed, as the store keeps it; throws when that makes it a bad one. */
export const storedObject = (change: GivenRow = {}) => storedRow(objects, objectRow(change));
