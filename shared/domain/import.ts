import type { Candle } from './candle.ts';
import type { RejectedRow } from './ingest.ts';
import type { Timeframe } from './timeframe.ts';

export const importFormats = ['csv', 'json', 'jsonl', 'parquet', 'arrow', 'lean', 'binance'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** What a column of a file may be to a bar. `date` stands beside a `time` that has none. */
export const barFields = [
  'time',
  'date',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'symbol',
  'timeframe',
] as const;
export type BarField = (typeof barFields)[number];

/** Columns by what they are, as a name or as a place (`#3` is the third); empty where the field has none. */
export type ColumnMap = { readonly [Field in BarField]?: string | undefined };

export const barTimes = ['open', 'close'] as const;
/** Which end of a bar its time names. */
export type BarTime = (typeof barTimes)[number];

export const conflictRules = ['skip', 'replace-day', 'stop'] as const;
/**
 * What becomes of bars that the store has with other values: the stored ones stay, whole UTC days of the files take
 * the place of what the store has of them, or nothing is imported.
 */
export type ConflictRule = (typeof conflictRules)[number];

/** What to import, and what of it is said rather than found out. */
export interface ImportRequest {
  /** Absolute paths of files, or of folders whose files are meant. */
  readonly files: readonly string[];
  readonly symbol?: string | undefined;
  readonly timeframe?: string | undefined;
  /** IANA zone of times without an offset. */
  readonly zone?: string | undefined;
  readonly map?: ColumnMap | undefined;
  readonly barTime?: BarTime | undefined;
  readonly onConflict?: ConflictRule | undefined;
  /** Bars that open in [from, until) alone, ms UTC. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

/**
 * How times are written. `wall-ms` are ms since 1970 by the clocks of a zone, `ms-of-day` ms since the midnight of the
 * date in the file's name.
 */
export type ImportTimeUnit = 'iso' | 's' | 'ms' | 'us' | 'ns' | 'wall-ms' | 'ms-of-day';

/** One file, or one entry of an archive, as it was recognised. */
export interface ImportSource {
  /** As users are told of it: `bars.csv.gz`, `20131007_trade.zip/20131007_spy_minute_trade.csv`. */
  readonly name: string;
  readonly format: ImportFormat;
  readonly compression: 'gzip' | 'zip' | null;
  /** Between the fields of a line; null where there are no such lines. */
  readonly delimiter: string | null;
  /** Whether a comma stands before decimals, as in `640,5`; absent where a point does. */
  readonly hasDecimalComma?: true;
  readonly hasHeader: boolean;
  readonly columns: readonly ImportColumn[];
  /** Places of columns, from 0. */
  readonly mapping: { readonly [Field in BarField]?: number };
  readonly unit: ImportTimeUnit;
  /** Whether its times have an offset of their own; then `zone` does not matter. */
  readonly hasOffset: boolean;
  readonly zone: string;
  readonly barTime: BarTime;
  /** What stored prices are multiplied by in the file. */
  readonly priceScale: number;
  readonly symbol: string | null;
  readonly timeframe: Timeframe | null;
}

export interface ImportColumn {
  readonly name: string;
  /** Its first value, shortened. */
  readonly sample: string;
}

/** A row that was not taken in. `line` is that of the file, from 1; 0 stands for the whole file. */
export interface RejectedImport extends RejectedRow {
  readonly file: string;
}

/** One UTC day of which the store has other bars than the files. */
export interface ConflictDay {
  readonly symbol: string;
  readonly day: string;
  /** Bars of the day in the store and in the files, and how many of both have one time and other values. */
  readonly stored: number;
  readonly incoming: number;
  readonly different: number;
}

/** What came of an import, or would. */
export interface ImportReport {
  /** Bars that were stored. */
  readonly rows: number;
  /** Bars that the store had already, or that stand in the files more than once. */
  readonly duplicates: number;
  /** The first ones, by file and line. */
  readonly rejected: readonly RejectedImport[];
  /** The time that all good bars of the files cover, stored or not, ms UTC; null when there are none. */
  readonly from: number | null;
  readonly until: number | null;
  /** How many were rejected: more than are listed where there are very many. */
  readonly rejectedRows: number;
  /** Good bars that were left out because they open before or after the range that was asked for. */
  readonly outside: number;
  /** Bars that the store has with other values. */
  readonly conflicts: number;
  readonly conflictDays: readonly ConflictDay[];
  /** Days whose stored bars gave way. */
  readonly replacedDays: number;
  readonly symbols: readonly string[];
  readonly timeframe: string | null;
  readonly files: readonly ImportedFile[];
  readonly notes: readonly string[];
  readonly isDryRun: boolean;
}

export interface ImportedFile {
  readonly name: string;
  readonly format: ImportFormat | null;
  /** Good bars in it. */
  readonly rows: number;
  readonly rejected: number;
}

/** A bar as it would be stored. */
export interface ImportedBar extends Candle {
  readonly symbol: string;
}

/** All that is to be known of an import before it is run. */
export interface ImportInspection {
  /** The first ones. */
  readonly sources: readonly ImportSource[];
  readonly sourceCount: number;
  /** From the files or the request, or else the commonest distance between bars. */
  readonly timeframe: string | null;
  readonly bars: readonly ImportedBar[];
  /** Whether only the start of the files was read: then the report is of that, and nothing is compared yet. */
  readonly isPartial: boolean;
  /** What has to be said before the import can run. */
  readonly missing: readonly ('symbol' | 'timeframe')[];
  /** What an import would come to. */
  readonly report: ImportReport;
}
