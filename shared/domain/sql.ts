import { MIB } from '../units.ts';
import type { SqlPage } from './sql-page.ts';
import type { UnreadableFile } from './viewport.ts';

/** What a query may take. The rows are those kept of its result; the rest of it is not read. */
export const sqlLimits = {
  usualRows: 1_000_000,
  mostRows: 5_000_000,
  usualTimeMs: 60_000,
  mostTimeMs: 3_600_000,
  /** For the query itself; a sort or a join beyond it goes through temporary files. */
  memoryBytes: 1_024 * MIB,
  /** The query's process is ended when it holds more than this altogether. */
  processBytes: 2_048 * MIB,
  mostTextLength: 1_000_000,
  mostPageRows: 5_000,
} as const;

/** How a column's values are shown, compared and drawn; the exact type stands beside it. */
export type SqlColumnKind = 'number' | 'boolean' | 'time' | 'json' | 'text';

export interface SqlColumn {
  readonly name: string;
  /** As DuckDB spells it, such as `DECIMAL(18,3)`. */
  readonly type: string;
  readonly kind: SqlColumnKind;
}

export const resultFormats = ['csv', 'parquet', 'jsonl'] as const;
/** What a result can be written as. */
export type ResultFormat = (typeof resultFormats)[number];

/** A result that was written to a file. */
export interface WrittenResult {
  readonly file: string;
  readonly rows: number;
  readonly sizeBytes: number;
}

export interface SqlSort {
  /** Place of the column in the result. */
  readonly column: number;
  readonly direction: 'ascending' | 'descending';
}

export interface SqlAnswer {
  /** Names the result for further pages; it lives until the same tab runs another query or is closed. */
  readonly result: string;
  readonly statement: 'select' | 'explain';
  readonly columns: readonly SqlColumn[];
  /** Rows that were kept. */
  readonly rows: number;
  /** False when the query would have given more rows than were kept. */
  readonly isComplete: boolean;
  readonly maxRows: number;
  readonly elapsedMs: number;
  /** The first rows. */
  readonly page: SqlPage;
  /** Files of the tables it reads that could not be read; their rows are missing. */
  readonly leftOut: readonly UnreadableFile[];
  /** Sequence of the last change that it has seen. */
  readonly sequence: number;
}

/** One column of a result, summed up. Values are text as in pages. */
export interface ColumnStatistics {
  readonly rows: number;
  readonly nulls: number;
  /** Null for values that are not compared, such as lists. */
  readonly distinct: number | null;
  readonly min: string | null;
  readonly max: string | null;
  /** For numbers only. */
  readonly numbers: {
    readonly mean: number;
    readonly deviation: number;
    /** At 25, 50 and 75 %. */
    readonly quartiles: readonly [number, number, number];
    /** Rows in equal steps from min to max. */
    readonly histogram: readonly number[];
  } | null;
  /** The commonest values, most rows first. */
  readonly top: readonly { readonly value: string | null; readonly rows: number }[];
}

export interface SqlTableSchema {
  readonly name: string;
  readonly doc: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly doc: string }[];
}

/** What can be named in a query. */
export interface SqlSchema {
  readonly tables: readonly SqlTableSchema[];
  readonly functions: readonly string[];
  readonly symbols: readonly string[];
  readonly timeframes: readonly string[];
}

export interface SavedQuery {
  readonly name: string;
  readonly text: string;
}

const queryName = /^[\p{L}\p{N}][\p{L}\p{N} _.()+-]{0,79}$/u;
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Whether a query can be saved under a name, which becomes that of a file on any system. */
export function isQueryName(name: string): boolean {
  return queryName.test(name) && !/[. ]$/.test(name) && !deviceName.test(name);
}
