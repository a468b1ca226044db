import type { StoredFile } from './stored-file.ts';
import type { TierId } from './tier.ts';

export interface StorageTotals {
  readonly files: number;
  readonly rows: number;
  readonly sizeBytes: number;
}

/** A part of the store, by what it is named within the whole. */
export interface StoragePart extends StorageTotals {
  readonly name: string;
}

/** The levels of the map, from the whole store inwards. */
export const storageLevels = ['dataset', 'symbol', 'timeframe', 'period', 'day'] as const;

/** One piece of the store on the map, with what is in it. */
export interface StorageNode extends StoragePart {
  /** Bytes by tier; those without any are left out. */
  readonly tiers: Readonly<Partial<Record<TierId, number>>>;
  /** The next level, largest first; empty at the innermost. */
  readonly inside: readonly StoragePart[];
  /** False where there is nothing further in. */
  readonly canEnter: boolean;
}

/** What lies inside one piece of the store. */
export interface StorageMap {
  /** Names from the whole inwards: dataset, symbol, timeframe, month or year. */
  readonly path: readonly string[];
  readonly total: StorageTotals;
  /** Largest first. */
  readonly nodes: readonly StorageNode[];
  /** What is too small to be listed, together; null when nothing is left out. */
  readonly rest: (StorageTotals & { readonly count: number }) | null;
}

export interface TierTotals extends StorageTotals {
  readonly tier: TierId;
  /** Absolute path. */
  readonly folder: string;
  /** Null where the disk does not say, or is not there. */
  readonly freeBytes: number | null;
}

export interface SizeSample {
  readonly atMs: number;
  readonly sizeBytes: number;
}

/** How fast the store grows, as far as its own history says. */
export interface StorageGrowth {
  /** Oldest first, thinned out. */
  readonly samples: readonly SizeSample[];
  /** Null when the history is too short to tell. */
  readonly bytesPerDay: number | null;
  /** Null when it cannot be told, or when the store does not grow. */
  readonly daysUntilFull: number | null;
  /** How the figures came about, or why there are none, in one sentence. */
  readonly basis: string;
}

export interface StorageSummary extends StorageTotals {
  readonly atMs: number;
  readonly logBytes: number;
  /** Files that were replaced or retired and are kept until their deadline. */
  readonly trash: StorageTotals;
  readonly tiers: readonly TierTotals[];
  readonly datasets: readonly StoragePart[];
  /** By `candles 5m`. */
  readonly timeframes: readonly StoragePart[];
  /** A file of several symbols counts for each by its rows. */
  readonly symbols: readonly StoragePart[];
  /** Of the disk that the store's folder is on. */
  readonly freeBytes: number | null;
  readonly growth: StorageGrowth;
  /** Encoded bytes to compressed ones, over the newest merged files; null where there are none. */
  readonly compressionRatio: number | null;
}

export interface StorageFileList {
  /** The largest so many. */
  readonly files: readonly StoredFile[];
  /** Of all that were asked for, listed or not. */
  readonly total: StorageTotals;
}

export interface FileColumn {
  readonly name: string;
  /** DuckDB's name of it. */
  readonly type: string;
  readonly codecs: readonly string[];
  readonly encodings: readonly string[];
  readonly encodedBytes: number;
  readonly compressedBytes: number;
  /** As the file's own statistics say; null where it has none. */
  readonly nulls: number | null;
  readonly min: string | null;
  readonly max: string | null;
}

export interface FileRowGroup {
  readonly rows: number;
  readonly encodedBytes: number;
  readonly compressedBytes: number;
}

/** What a Parquet file says of itself. */
export interface ParquetDetails {
  readonly sizeBytes: number;
  readonly rows: number;
  readonly writtenBy: string;
  readonly codecs: readonly string[];
  readonly encodedBytes: number;
  readonly compressedBytes: number;
  readonly rowGroups: readonly FileRowGroup[];
  readonly columns: readonly FileColumn[];
  /** What the writer put into the footer. */
  readonly metadata: readonly (readonly [string, string])[];
  /** Its first rows as text, when they were asked for. */
  readonly head: readonly (readonly (string | null)[])[];
}

export interface StorageFile extends ParquetDetails {
  readonly file: StoredFile;
  /** Absolute path. */
  readonly place: string;
}
