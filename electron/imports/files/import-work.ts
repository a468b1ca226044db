import type {
  ConflictDay,
  ImportedBar,
  ImportedFile,
  ImportSource,
  RejectedImport,
} from '#shared/domain/import';
import type { BarTime, ColumnMap } from '#shared/domain/import';
import type { Compression } from '#shared/domain/compression';
import type { FileShape } from '#shared/domain/file-shape';
import type { ErrorCode } from '#shared/errors';
import type { GlobalXSlots } from '../../engine/merge-files.ts';
import type { SymbolSpan } from '../../storage/file-entry.ts';
import type { Timeframe } from '#shared/domain/timeframe';

/** Reads files into memory: which bars are good, and what is wrong with the others. */
export interface ReadTask {
  readonly kind: 'read';
  readonly files: readonly string[];
  readonly symbol: string | null;
  readonly timeframe: Timeframe | null;
  readonly zone: string | null;
  readonly storeZone: string;
  readonly map: ColumnMap;
  readonly barTime: BarTime | null;
  /** Bars that open in [from, until) alone; null for no bound. */
  readonly from: number | null;
  readonly until: number | null;
  /** Rows after which nothing more is read, whatever is left; null to read to the end. */
  readonly mostRows: number | null;
}

export interface ReadResult {
  readonly sources: readonly ImportSource[];
  readonly sourceCount: number;
  readonly files: readonly ImportedFile[];
  /** As the files or the request say; null when neither does. */
  readonly timeframe: Timeframe | null;
  /** The commonest distance between two bars, where it is a timeframe. */
  readonly likelyTimeframe: Timeframe | null;
  readonly symbols: readonly string[];
  readonly firstBars: readonly ImportedBar[];
  /** Good bars, each once. */
  readonly rows: number;
  /** Those that stood in the files once more. */
  readonly repeats: number;
  readonly rejected: readonly RejectedImport[];
  readonly rejectedRows: number;
  /** Those that open before or after the range of the task. */
  readonly outside: number;
  /** First and last open, ms UTC; null when there is no bar. */
  readonly first: number | null;
  readonly last: number | null;
  readonly notes: readonly string[];
  /** Whether `mostRows` left something unread. */
  readonly isPartial: boolean;
}

/** Compares what was read with what the store has. */
export interface CompareTask {
  readonly kind: 'compare';
  /** Absolute paths of files of candles, in the order in which later rows win. */
  readonly stored: readonly string[];
  readonly shapes: Readonly<Record<string, FileShape>>;
  /** Whether days of which the store has other bars are left out of what is new, to be replaced whole. */
  readonly replacesDays: boolean;
}

export interface CompareResult {
  /** Bars that the store has with the same values. */
  readonly duplicates: number;
  /** Bars that it has with others. */
  readonly conflicts: number;
  /** Days with other values; with `replacesDays` all that the files would change, whose stored bars are to give way. */
  readonly days: readonly ConflictDay[];
  /** Bars that are new, by UTC day, in order. */
  readonly fresh: readonly { readonly day: string; readonly rows: number }[];
}

/** Writes bars that were read to files, which are not flushed. */
export interface WriteTask {
  readonly kind: 'write';
  readonly bars: 'fresh' | 'all';
  /** Only these; all when left out. */
  readonly symbols?: readonly string[];
  readonly timeframe: Timeframe;
  readonly files: readonly FileToWrite[];
}

/** One file, and the range of opens, ms UTC, whose bars go into it. */
export interface FileToWrite {
  readonly from: number;
  readonly until: number;
  readonly output: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly compression?: Compression;
  readonly globalX: readonly GlobalXSlots[];
}

export interface WriteResult {
  readonly rows: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly spans: readonly SymbolSpan[];
  readonly rowDigest: string;
}

export type ImportTask = ReadTask | CompareTask | WriteTask;

export interface ImporterRequest {
  readonly id: number;
  readonly task: ImportTask;
}

export interface ReadProgress {
  readonly files: number;
  readonly filesTotal: number;
  readonly rows: number;
  readonly sizeBytes: number;
  readonly sizeBytesTotal: number;
  readonly doing: string;
}

export type ImporterReply =
  | { readonly id: number; readonly kind: 'done'; readonly result: unknown }
  | { readonly id: number; readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string }
  | { readonly id: number; readonly kind: 'progress'; readonly progress: Partial<ReadProgress> };
