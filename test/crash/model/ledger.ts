import { candles } from '#schemas/datasets/candles';
import { objects } from '#schemas/datasets/objects';
import type { Dataset, StoredRow } from '#schemas/define-dataset';
import { formatIsoUtc } from '#shared/domain/zone-time';
import { keyOf } from './model-compactor.ts';

/** A row that was handed to the store. Its number is in the row itself, so that it is known wherever it turns up. */
export interface WrittenRow {
  readonly dataset: Dataset;
  readonly number: number;
  readonly key: string;
  readonly values: StoredRow;
}

/** Rows that were handed over in one call, which happens as a whole or not at all. */
export interface Write {
  readonly rows: readonly WrittenRow[];
  /** Says which rows of earlier writes this one takes the place of, beside those of the same key. */
  readonly replaces: (row: WrittenRow) => boolean;
}

/** What was written and what was acknowledged as of one moment. */
export interface Account {
  readonly writes: readonly Write[];
  readonly acknowledged: ReadonlySet<Write>;
}

export interface Ledger {
  readonly write: (rows: readonly WrittenRow[], replaces?: Write['replaces']) => Write;
  readonly acknowledge: (write: Write) => void;
  readonly account: () => Account;
  readonly nextNumber: () => number;
}

export function createLedger(before?: Account): Ledger {
  const writes = [...(before?.writes ?? [])];
  const acknowledged = new Set(before?.acknowledged);
  /** One for all moments between which nothing changed. */
  let current: Account | null = null;
  let count = Math.max(0, ...writes.flatMap(({ rows }) => rows.map(({ number }) => number)));
  return {
    write(rows, replaces = () => false) {
      const write = { rows, replaces };
      writes.push(write);
      current = null;
      return write;
    },
    acknowledge(write) {
      acknowledged.add(write);
      current = null;
    },
    account: () => (current ??= { writes: [...writes], acknowledged: new Set(acknowledged) }),
    nextNumber: () => ++count,
  };
}

/** A candle whose volume is its number. */
export function candleRow(number: number, symbol: string, timeframe: string, ts: number): WrittenRow {
  const iso = formatIsoUtc(ts);
  const price = 100 + (number % 50);
  return writtenRow(candles, number, [
    symbol,
    timeframe,
    ts,
    iso,
    price,
    price,
    price,
    price,
    number,
    null,
    'model',
    candles.version,
  ]);
}

/** An event of an object whose step is its number. */
export function objectRow(number: number, symbol: string, objectId: string, ts: number): WrittenRow {
  const iso = formatIsoUtc(ts);
  return writtenRow(objects, number, [
    symbol,
    '5m',
    objectId,
    'level',
    'update',
    ts,
    iso,
    ts,
    null,
    null,
    null,
    100,
    number,
    'model',
    null,
    1,
    objects.version,
  ]);
}

function writtenRow(dataset: Dataset, number: number, values: StoredRow): WrittenRow {
  return { dataset, number, values, key: keyOf(dataset, values) };
}

const numberPlaces = new Map<string, number>([
  [candles.name, Object.keys(candles.columns).indexOf('volume')],
  [objects.name, Object.keys(objects.columns).indexOf('step')],
]);

/** The number of a row that was found in a store. */
export function numberOf(dataset: string, values: StoredRow): number {
  return Number(values[numberPlaces.get(dataset) ?? -1]);
}
