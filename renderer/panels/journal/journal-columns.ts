import type { JournalDataset, JournalRow } from '#shared/domain/journal';
import { decimalsOf, formatPrice } from '../../format/price.ts';
import { formatInstant } from '../../format/time.ts';
import type { GridColumn, GridSort } from '../../ui/data-grid/grid-column.ts';

const time: GridColumn = { id: 'ts', title: 'Time', width: 196 };
const tickTime: GridColumn = { ...time, width: 236 };
const timeframe: GridColumn = { id: 'timeframe', title: 'TF', hint: 'Timeframe it is about', width: 56 };
const run: GridColumn = { id: 'run_id', title: 'Run', hint: 'The run of the program', width: 130 };
const price: GridColumn = { id: 'price', title: 'Price', width: 84, align: 'right' };
const source: GridColumn = { id: 'source', title: 'Source', hint: 'Feed or venue', width: 110 };
const sequence: GridColumn = {
  id: 'sequence',
  title: 'Number',
  hint: 'Its number in the feed',
  width: 96,
  align: 'right',
};
const conditions: GridColumn = {
  id: 'conditions',
  title: 'Conditions',
  hint: 'Codes of the feed',
  width: 150,
};
const regime: GridColumn = { id: 'regime', title: 'Regime', width: 90 };

/** The columns of each part of the journal, by their names in the dataset; all others show beside a chosen row. */
export const journalColumns: Readonly<Record<JournalDataset, readonly GridColumn[]>> = {
  decisions: [
    time,
    timeframe,
    { id: 'action', title: 'Action', width: 100 },
    price,
    { id: 'quantity', title: 'Quantity', width: 84, align: 'right' },
    { id: 'reason', title: 'Reason', width: 280 },
    { id: 'object_id', title: 'Object', hint: 'The chart object that gave rise to it', width: 172 },
    { id: 'policy_version', title: 'Policy', hint: 'Version of the rules it was made by', width: 70 },
    { id: 'confidence', title: 'Confidence', width: 88, align: 'right' },
    regime,
    run,
    { id: 'decision_id', title: 'Id', width: 150 },
  ],
  audits: [
    time,
    timeframe,
    { id: 'outcome', title: 'Outcome', width: 76 },
    { id: 'rule', title: 'Rule', hint: 'What was checked', width: 150 },
    { id: 'message', title: 'Message', width: 340 },
    { id: 'decision_id', title: 'Decision', hint: 'The decision that was checked', width: 150 },
    run,
  ],
  stats: [
    time,
    timeframe,
    { id: 'name', title: 'Figure', width: 160 },
    { id: 'value', title: 'Value', width: 110, align: 'right' },
    { id: 'unit', title: 'Unit', width: 80 },
    regime,
    run,
  ],
  policies: [
    { ...time, title: 'In force from' },
    timeframe,
    { id: 'policy_version', title: 'Version', width: 100 },
    { id: 'name', title: 'Name', width: 180 },
    { id: 'change', title: 'Change', hint: 'What is new in this version', width: 380 },
  ],
  trades: [
    tickTime,
    price,
    { id: 'size', title: 'Size', width: 84, align: 'right' },
    { id: 'side', title: 'Side', hint: 'Who crossed the spread', width: 60 },
    sequence,
    source,
    { id: 'trade_id', title: 'Id', hint: 'Its name at the venue', width: 150 },
    conditions,
  ],
  quotes: [
    tickTime,
    { id: 'bid_size', title: 'Bid size', width: 84, align: 'right' },
    { id: 'bid', title: 'Bid', width: 84, align: 'right' },
    { id: 'ask', title: 'Ask', width: 84, align: 'right' },
    { id: 'ask_size', title: 'Ask size', width: 84, align: 'right' },
    sequence,
    source,
    conditions,
  ],
};

const prices: readonly string[] = ['price', 'bid', 'ask'];

export interface JournalWording {
  readonly zone: string;
  /** Of prices; null where they are to be read as they were written. */
  readonly decimals: number | null;
}

/** Decimals that the prices of rows have, so that they stand below each other. */
export function journalDecimals(rows: readonly JournalRow[]): number {
  return decimalsOf(
    rows.flatMap((row) =>
      prices.flatMap((name) => {
        const price = row[name];
        return typeof price === 'number' ? [price] : [];
      }),
    ),
  );
}

/** A value as people read it; the instant with its zone. */
export function journalText(row: JournalRow, column: string, { zone, decimals }: JournalWording): string {
  const value = row[column] ?? null;
  if (value === null) return '';
  if (typeof value !== 'number') return value;
  if (column === 'ts') return formatInstant(value, zone);
  return decimals !== null && prices.includes(column) ? formatPrice(value, decimals) : String(value);
}

/** Rows that hold all that was typed in any of their fields, in the order asked for; what is null comes last. */
export function journalRowsFor(
  rows: readonly JournalRow[],
  typed: string,
  sort: GridSort | null,
): readonly JournalRow[] {
  const wanted = typed.trim().toLowerCase();
  const found = wanted === '' ? rows : rows.filter((row) => textOf(row).includes(wanted));
  if (sort === null) return found;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return found.toSorted((a, b) => {
    const [left, right] = [a[sort.column] ?? null, b[sort.column] ?? null];
    if (left === right) return 0;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -sign : sign;
  });
}

function textOf(row: JournalRow): string {
  return Object.values(row)
    .filter((value) => value !== null)
    .join(' ')
    .toLowerCase();
}

/** Names a row among those of its part of the journal. */
export function journalKey(row: JournalRow): string {
  return [...['run_id', 'decision_id', 'audit_id', 'name', 'policy_version'], ...['source', 'sequence'], 'ts']
    .map((name) => String(row[name] ?? ''))
    .join('\n');
}
