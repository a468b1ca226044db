import type { Hours } from './session-calendar.ts';

export const exportFormats = ['csv', 'jsonl', 'parquet', 'arrow', 'xlsx', 'lean', 'postgresql'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportDatasets = ['candles', 'objects'] as const;
export type ExportDataset = (typeof exportDatasets)[number];

/** How an instant is written; `timestamp` is the type that a format has of its own for it. */
export const timeStyles = ['iso', 'epoch-ms', 'epoch-us', 'epoch-ns', 'timestamp'] as const;
export type TimeStyle = (typeof timeStyles)[number];

export const compressions = ['none', 'gzip', 'zstd', 'snappy'] as const;
export type Compression = (typeof compressions)[number];

export const splits = ['symbol', 'day', 'month'] as const;
export type Split = (typeof splits)[number];

export const loaders = ['none', 'pandas', 'r', 'psql'] as const;
export type Loader = (typeof loaders)[number];

/** A column of a dataset, and its name in the exported files. */
export interface ExportColumn {
  readonly from: string;
  readonly as: string;
}

/** Which kind of security Lean is to take the symbols for: it decides folder, prices and the zone of the files. */
export const leanSecurities = ['equity', 'crypto', 'forex'] as const;
export type LeanSecurity = (typeof leanSecurities)[number];

/** How rows become files. Which rows those are is said in the request. */
export interface ExportProfile {
  readonly id: string;
  readonly name: string;
  /** What it is for, in one sentence. */
  readonly doc: string;
  readonly format: ExportFormat;
  /** In the order of the file; a dataset without columns is not exported by this profile. */
  readonly columns: Readonly<Record<ExportDataset, readonly ExportColumn[]>>;
  readonly time: {
    readonly style: TimeStyle;
    /** IANA zone of written times, and of the days and months that files are split by. */
    readonly zone: string;
  };
  /** Bars of which hours of the symbol's session calendar. */
  readonly session: 'all' | Hours;
  /** Bars are made longer to this timeframe; null leaves them as they were asked for. */
  readonly resample: string | null;
  /** A file for each symbol, day or month, or each pair of them; one file when empty. */
  readonly splitBy: readonly Split[];
  /** Name of a file without its ending: `{dataset}`, `{symbol}`, `{timeframe}`, `{day}`, `{month}` are filled in. */
  readonly fileName: string;
  readonly compression: Compression;
  /** Chart objects as they stand, or as the events that they went through. */
  readonly objects: 'states' | 'events';
  /** Program that reads the files, put beside them. */
  readonly loader: Loader;
  /** Whether a table of what every column means is put beside the files. */
  readonly dictionary: boolean;
  readonly lean: { readonly security: LeanSecurity; readonly market: string };
}

/** A profile, and whether it comes with the product: those cannot be changed, only copied. */
export interface ListedProfile {
  readonly profile: ExportProfile;
  readonly isBuiltIn: boolean;
}

/** What a store has to export by. */
export interface ProfileList {
  readonly profiles: readonly ListedProfile[];
  /** Files of the store that are no profiles any more, one sentence each. */
  readonly faults: readonly string[];
}

/** What a format can be asked for. The first compression is what it does by itself. */
interface FormatTraits {
  readonly title: string;
  /** Ending of a file that is not compressed from outside. */
  readonly ending: string;
  readonly compressions: readonly Compression[];
  readonly times: readonly TimeStyle[];
  readonly loaders: readonly Loader[];
  readonly canSplit: boolean;
}

const textTimes = ['iso', 'epoch-ms', 'epoch-us', 'epoch-ns'] as const;

export const formatTraits: Readonly<Record<ExportFormat, FormatTraits>> = {
  csv: {
    title: 'CSV',
    ending: '.csv',
    compressions: ['none', 'gzip', 'zstd'],
    times: textTimes,
    loaders: ['none', 'pandas', 'r'],
    canSplit: true,
  },
  jsonl: {
    title: 'JSON lines',
    ending: '.jsonl',
    compressions: ['none', 'gzip', 'zstd'],
    times: textTimes,
    loaders: ['none', 'pandas'],
    canSplit: true,
  },
  parquet: {
    title: 'Parquet',
    ending: '.parquet',
    compressions: ['zstd', 'snappy', 'gzip', 'none'],
    times: ['timestamp', ...textTimes],
    loaders: ['none', 'pandas', 'r'],
    canSplit: true,
  },
  arrow: {
    title: 'Arrow IPC',
    ending: '.arrow',
    compressions: ['none'],
    times: ['timestamp', ...textTimes],
    loaders: ['none', 'pandas', 'r'],
    canSplit: true,
  },
  xlsx: {
    title: 'Excel',
    ending: '.xlsx',
    compressions: ['none'],
    times: ['timestamp', ...textTimes],
    loaders: ['none'],
    canSplit: true,
  },
  lean: {
    title: 'QuantConnect Lean',
    ending: '.zip',
    compressions: ['none'],
    times: ['iso'],
    loaders: ['none'],
    canSplit: false,
  },
  postgresql: {
    title: 'PostgreSQL',
    ending: '.csv',
    compressions: ['none'],
    times: ['timestamp', ...textTimes],
    loaders: ['psql'],
    canSplit: false,
  },
};

/** The ending of files of a profile: `.csv.gz`, `.parquet`. */
export function endingOf({ format, compression }: Pick<ExportProfile, 'format' | 'compression'>): string {
  const { ending } = formatTraits[format];
  if (format !== 'csv' && format !== 'jsonl') return ending;
  return compression === 'gzip' ? `${ending}.gz` : compression === 'zstd' ? `${ending}.zst` : ending;
}
