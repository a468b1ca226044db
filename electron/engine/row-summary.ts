import type { Dataset } from '#schemas/define-dataset';
import { version } from '@duckdb/node-api';
import { stat } from 'node:fs/promises';
import type { Engine } from './engine.ts';
import { priceBoundsSql } from './price-bounds.ts';
import { sha256Of } from './sha256-of.ts';
import { quoteName, quoteText } from './sql.ts';

export interface SymbolRows {
  readonly symbol: string;
  readonly rows: number;
  readonly first: number;
  readonly last: number;
}

export interface RowSummary {
  readonly rows: number;
  readonly first: number;
  readonly last: number;
  /**
   * Sum over rows of a hash of all their values, behind what it was taken of and by: the same rows in any order have the
   * same, and that of several files is the sum of theirs.
   */
  readonly digest: string;
  /** In the order of symbols. */
  readonly spans: readonly SymbolRows[];
}

/** Rows and digest of a file, as they were taken when it was written. */
export type RecordedRows = Pick<RowSummary, 'digest' | 'spans'>;

/** What a query has, in the dataset's columns. */
export async function summarize(engine: Engine, dataset: Dataset, source: string): Promise<RowSummary> {
  const rows = await engine.rows(
    `${spansSql(dataset, [])} FROM (${source}) GROUP BY symbol ORDER BY symbol`,
    [],
  );
  return { ...totalOf(dataset, rows), spans: rows.map(symbolRowsOf) };
}

/** The same of files whose rows were recorded; null when it would not compare with what is taken now. */
export function sumRecorded(dataset: Dataset, files: readonly RecordedRows[]): RowSummary | null {
  const kind = digestKind(dataset);
  if (files.length === 0 || !files.every(({ digest }) => digest.startsWith(kind))) return null;
  const spans = new Map<string, SymbolRows>();
  for (const span of files.flatMap((file) => file.spans)) {
    const { symbol, rows, first, last } = spans.get(span.symbol) ?? { ...span, rows: 0 };
    spans.set(symbol, {
      symbol,
      rows: rows + span.rows,
      first: Math.min(first, span.first),
      last: Math.max(last, span.last),
    });
  }
  const sum = files.reduce((total, { digest }) => total + BigInt(digest.slice(kind.length)), 0n);
  return {
    ...boundsOf([...spans.values()]),
    digest: `${kind}${sum}`,
    spans: [...spans.values()].sort((a, b) => (a.symbol < b.symbol ? -1 : 1)),
  };
}

export interface WrittenSpan extends SymbolRows {
  readonly low: number | null;
  readonly high: number | null;
}

interface RowOrder {
  /** Rows that come before the one in front of them. */
  readonly unsorted: number;
  /** Rows with the key of another one. */
  readonly repeats: number;
}

/** What is in a file that was just written. */
export interface Written extends RowSummary, RowOrder {
  readonly spans: readonly WrittenSpan[];
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Reads a sorted file from end to end: its rows, its keys and its bytes at the same time. */
export async function readBack(engine: Engine, dataset: Dataset, path: string): Promise<Written> {
  const file = `read_parquet([${quoteText(path)}])`;
  const other = await engine.sibling();
  try {
    const [rows, order, sha256, { size }] = await Promise.all([
      engine.rows(
        `${spansSql(dataset, priceBoundsSql(dataset))}
         FROM ${file} GROUP BY symbol ORDER BY symbol`,
        [],
      ),
      checkOrder(other, dataset, file),
      sha256Of(path),
      stat(path),
    ]);
    const spans = rows.map((row) => ({
      ...symbolRowsOf(row),
      low: typeof row[5] === 'number' ? row[5] : null,
      high: typeof row[6] === 'number' ? row[6] : null,
    }));
    return { ...totalOf(dataset, rows), spans, ...order, sha256, sizeBytes: size };
  } finally {
    other.close();
  }
}

/** What was written is not what was to be written. */
export class RowsDiffer extends Error {}

/** Throws `RowsDiffer` unless these are the same rows. */
export function verifyRows(written: RowSummary, expected: RowSummary): void {
  for (const field of ['rows', 'first', 'last', 'digest'] as const) {
    if (written[field] !== expected[field])
      throw new RowsDiffer(`${field} is ${written[field]} instead of ${expected[field]}`);
  }
}

/** Throws `RowsDiffer` unless what was written is what was to be written, in order, each key once. */
export function verifyWritten(written: Written, expected: RowSummary): void {
  verifyRows(written, expected);
  if (written.unsorted > 0) throw new RowsDiffer(`${written.unsorted} of its rows are out of order`);
  if (written.repeats > 0) throw new RowsDiffer('it holds a key twice');
}

/** Columns of a key as they are compared: `timeframe` is one throughout a file but for its spelling. */
export function keySql(dataset: Dataset): string[] {
  return dataset.key.map((name) =>
    dataset.columns[name]?.kind === 'timeframe' ? `lower(${quoteName(name)})` : quoteName(name),
  );
}

/** Compares each row with the one in front of it, in the order of the file. */
async function checkOrder(engine: Engine, dataset: Dataset, file: string): Promise<RowOrder> {
  const order = dataset.sortedBy.map(quoteName);
  const before = order.map((_, index) => `before_${index}`);
  const lagged = order.map((column, index) => `lag(${column}) OVER () AS ${before[index]}`);
  const isBefore = order.map((column, index) => {
    const equal = order.slice(0, index).map((name, place) => `${name} = ${before[place]} AND `);
    return `${equal.join('')}${column} < ${before[index]}`;
  });
  const isSame = order.map((column, index) => `${column} = ${before[index]}`);
  const [row = []] = await engine.rows(
    `SELECT count_if(${isBefore.join(' OR ')}), count_if(${isSame.join(' AND ')})
     FROM (SELECT ${order.join(', ')}, ${lagged.join(', ')} FROM ${file})`,
    [],
  );
  const unsorted = Number(row[0]);
  // Rows of one key are neighbours when the order has no column that the key lacks, and its file has one timeframe.
  const areNeighbours =
    dataset.sortedBy.every((name) => dataset.key.includes(name)) &&
    dataset.key.every(
      (name) => dataset.sortedBy.includes(name) || dataset.columns[name]?.kind === 'timeframe',
    );
  return { unsorted, repeats: areNeighbours ? Number(row[1]) : await countRepeats(engine, dataset, file) };
}

async function countRepeats(engine: Engine, dataset: Dataset, file: string): Promise<number> {
  const key = keySql(dataset).join(', ');
  const [row = []] = await engine.rows(
    `SELECT count(*) FROM (SELECT 1 FROM ${file} GROUP BY ${key} HAVING count(*) > 1)`,
    [],
  );
  return Number(row[0]);
}

/** A hash is another one for other columns, and may be with another version of DuckDB. */
function digestKind({ name, version: columns }: Dataset): string {
  return `${name} ${columns} ${version()} `;
}

function spansSql(dataset: Dataset, more: readonly string[]): string {
  const instant = quoteName(dataset.instant);
  const values = Object.keys(dataset.columns).map(quoteName).join(', ');
  const digest = `CAST(sum(hash(${values})) AS VARCHAR)`;
  return `SELECT ${['symbol', 'count(*)', `min(${instant})`, `max(${instant})`, digest, ...more].join(', ')}`;
}

function symbolRowsOf([symbol, count, first, last]: readonly unknown[]): SymbolRows {
  return { symbol: String(symbol), rows: Number(count), first: Number(first), last: Number(last) };
}

function totalOf(dataset: Dataset, rows: readonly (readonly unknown[])[]): Omit<RowSummary, 'spans'> {
  const sum = rows.reduce((total, row) => total + BigInt(String(row[4])), 0n);
  return { ...boundsOf(rows.map(symbolRowsOf)), digest: `${digestKind(dataset)}${sum}` };
}

function boundsOf(spans: readonly SymbolRows[]): Pick<RowSummary, 'rows' | 'first' | 'last'> {
  if (spans.length === 0) return { rows: 0, first: 0, last: 0 };
  return {
    rows: spans.reduce((sum, { rows }) => sum + rows, 0),
    first: Math.min(...spans.map(({ first }) => first)),
    last: Math.max(...spans.map(({ last }) => last)),
  };
}
