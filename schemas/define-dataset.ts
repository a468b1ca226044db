import { parseTimeframe, tick, type Resolution } from '#shared/domain/timeframe';

/**
 * How a value is written, read and checked:
 * - `symbol`: printable ASCII, the only text whose Parquet statistics can be trusted;
 * - `timeframe`: kept in the writer's spelling, compared without case; `tick` where rows are no bars;
 * - `instant`: int64 ms UTC; comes in as ms or as ISO-8601;
 * - `iso-of-<column>` is derived: the UTC spelling of that instant, always with milliseconds;
 * - `json`: any JSON value, stored as its text.
 */
export type ColumnKind =
  'symbol' | 'timeframe' | 'text' | 'choice' | 'instant' | 'iso' | 'double' | 'integer' | 'json' | 'version';

/** One column: how it is stored, and what the reader of the file should know about it. */
export interface Column<Value = unknown> {
  readonly kind: ColumnKind;
  readonly nullable: boolean;
  readonly doc: string;
  /** For `choice`. */
  readonly choices?: readonly string[];
  /** For `timeframe`: the only one that rows may have, filled in by the store. */
  readonly only?: Resolution;
  /** For `iso`: the instant that it spells. */
  readonly of?: string;
  /** For `text` and `json`: the longest that is taken in, in Unicode characters. */
  readonly maxLength?: number;
  /** For `double`: what the value must exceed, or must at least reach. */
  readonly above?: number;
  readonly atLeast?: number;
  /** Carries the TypeScript type. Never present at run time. */
  readonly value?: Value;
}

export type Columns = Readonly<Record<string, Column>>;

/** What a file of a dataset may cover, from what is written first to what compaction ends with. */
export type FileLevel = 'part' | 'day' | 'month' | 'year';

/** A stored row: values in the order of the dataset's columns. */
export type StoredRow = readonly (string | number | null)[];

export interface Dataset<C extends Columns = Columns> {
  readonly name: string;
  /** Raised when a reader of the old files would misread the new ones. See schemas/CHANGELOG.md. */
  readonly version: number;
  readonly doc: string;
  /** Top folder in the store. */
  readonly folder: string;
  readonly columns: C;
  /** Names a row; of two rows with one key the later write wins. `timeframe` is compared without case. */
  readonly key: readonly string[];
  /** Row order inside every compacted file. Holds the key. */
  readonly sortedBy: readonly string[];
  /** The column that places a row in a day, month and year. */
  readonly instant: string;
  /** Smallest first; parts of the first level lie in a folder of that period. */
  readonly levels: readonly FileLevel[];
  /** Columns whose smallest and largest values the catalog keeps, for pruning by price. */
  readonly priceLow: readonly string[];
  readonly priceHigh: readonly string[];
  /** Checks across columns: the field at fault and the reason, or null. `value` is NaN where the column is null. */
  readonly check: (value: (column: string) => number) => RowFault | null;
}

export interface RowFault {
  readonly field: string;
  readonly reason: string;
}

export type Row<D extends Dataset> =
  D extends Dataset<infer C>
    ? { readonly [Name in keyof C]: C[Name] extends Column<infer Value> ? Value : never }
    : never;

/** Answers the dataset as it is. A key, an order or an instant that is no column of it does not compile. */
export function defineDataset<const C extends Columns>(
  dataset: Dataset<C> & {
    readonly key: readonly (keyof NoInfer<C> & string)[];
    readonly sortedBy: readonly (keyof NoInfer<C> & string)[];
    readonly instant: keyof NoInfer<C> & string;
  },
): Dataset<C> {
  return dataset;
}

/** A timeframe of a dataset's rows as its folder is spelled; null for one that they cannot have. */
export function resolutionIn({ columns }: Dataset, text: string): Resolution | null {
  const only = columns['timeframe']?.only;
  if (only === undefined) return parseTimeframe(text);
  return text.toLowerCase() === only ? only : null;
}

/** The name of the text column that spells an instant; undefined where there is none. */
export function isoNameOf(dataset: Dataset, instant: string): string | undefined {
  return Object.entries(dataset.columns).find(([, { kind, of }]) => kind === 'iso' && of === instant)?.[0];
}

/** A symbol, never null. As all columns here, it is so unless it is `optional`. */
export const symbol = (doc: string): Column<string> => ({ kind: 'symbol', nullable: false, doc });
/** A bar length such as `5m`. */
export const timeframe = (doc: string): Column<string> => ({ kind: 'timeframe', nullable: false, doc });
/** In place of a timeframe where rows are no bars. */
export const tickByTick = (): Column<string> => ({
  kind: 'timeframe',
  nullable: false,
  doc: 'Always tick: rows are no bars, but trades or quotes, each by itself. Filled in by the store.',
  only: tick,
});
/** An instant, ms UTC. */
export const instant = (doc: string): Column<number> => ({ kind: 'instant', nullable: false, doc });
/** The UTC spelling of the instant in column `of`, which the store fills in. */
export const isoOf = (of: string, doc: string): Column<string> => ({ kind: 'iso', nullable: false, doc, of });
/** A finite number within bounds, if there are any. */
export const double = (doc: string, bounds: Pick<Column, 'above' | 'atLeast'> = {}): Column<number> => ({
  kind: 'double',
  nullable: false,
  doc,
  ...bounds,
});
/** A whole number that a double holds exactly, within ±2^53. */
export const integer = (doc: string): Column<number> => ({ kind: 'integer', nullable: false, doc });
/** Text of at most `maxLength` Unicode characters, not empty unless `optional`; what is longer is refused, not cut. */
export const text = (doc: string, maxLength = 4_096): Column<string> => ({
  kind: 'text',
  nullable: false,
  doc,
  maxLength,
});
/** One of these texts, spelled just so. */
export const choice = <const Text extends string>(choices: readonly Text[], doc: string): Column<Text> => ({
  kind: 'choice',
  nullable: false,
  doc,
  choices,
});
/** Any JSON value as its text; what comes in as text is taken for that text. */
export const json = (doc: string, maxLength = 1_048_576): Column<string> => ({
  kind: 'json',
  nullable: false,
  doc,
  maxLength,
});
/** The version of the dataset; one that is given must be the current one. */
export const schemaVersion = (): Column<number> => ({
  kind: 'version',
  nullable: false,
  doc: 'Version of this dataset the row was written with; filled in by the store.',
});
/** The same column where a row may have null. */
export const optional = <Value>(column: Column<Value>): Column<Value | null> => ({
  ...(column as Column<Value | null>),
  nullable: true,
});
