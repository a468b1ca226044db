export const compressionIds = ['real-time', 'standard', 'warm', 'cold', 'high-volume', 'portable'] as const;

export type CompressionId = (typeof compressionIds)[number];

/** How the pages of a Parquet file are compressed. */
export interface Compression {
  readonly codec: 'lz4' | 'gzip' | 'zstd';
  /** 1 is fastest. Of lz4 and gzip there is one level only, which is the one given here. */
  readonly level: number;
}

/** A way to compress files, by the name that users choose it under. */
export interface CompressionProfile extends Compression {
  readonly id: CompressionId;
  readonly title: string;
  /** When to choose it, in a few words. */
  readonly use: string;
}

export const compressionProfiles: readonly CompressionProfile[] = [
  { id: 'real-time', title: 'Real-time', codec: 'lz4', level: 1, use: 'written and read all the time' },
  { id: 'standard', title: 'Standard', codec: 'gzip', level: 6, use: 'general purpose' },
  { id: 'warm', title: 'Warm archive', codec: 'zstd', level: 6, use: 'read now and then' },
  { id: 'cold', title: 'Cold archive', codec: 'zstd', level: 19, use: 'kept for long, read rarely' },
  { id: 'high-volume', title: 'High volume', codec: 'zstd', level: 3, use: 'many rows, merged often' },
  { id: 'portable', title: 'Portable', codec: 'gzip', level: 6, use: 'for programs that know no zstd' },
];

/** Profiles of datasets and of their timeframes by `candles` and `candles:1m`; the closer one counts. */
export type CompressionRules = Readonly<Record<string, CompressionId>>;

/** Every id has its profile: any other is a fault of the program, and throws a plain error. */
export function compressionProfile(id: CompressionId): CompressionProfile {
  const found = compressionProfiles.find((profile) => profile.id === id);
  if (found === undefined) throw new Error(`There is no compression profile ${id}`);
  return found;
}

/** The profile that merged files of a series are written with. */
export function chosenCompression(
  usual: CompressionId,
  rules: CompressionRules,
  dataset: string,
  timeframe: string,
): CompressionProfile {
  const own = [`${dataset}:${timeframe}`, dataset].find((key) => Object.hasOwn(rules, key));
  return compressionProfile((own === undefined ? undefined : rules[own]) ?? usual);
}

/** `zstd 19`; without the level where there is but one. */
export function codecText({ codec, level }: Compression): string {
  return codec === 'lz4' ? codec : `${codec} ${level}`;
}

/** What the profiles make of some rows of the store. Times are of this machine, at the moment of the trial. */
export interface CompressionTrial {
  readonly dataset: string;
  readonly timeframe: string;
  /** Null: all symbols of the files. */
  readonly symbol: string | null;
  readonly files: number;
  readonly rows: number;
  /** The same rows as plain values, not compressed. */
  readonly plainBytes: number;
  readonly results: readonly TriedProfile[];
}

export interface TriedProfile {
  readonly profile: CompressionId;
  readonly sizeBytes: number;
  /** To sort, encode, compress and write all rows, in the middle of several runs; not flushed to the disk. */
  readonly writeMs: number;
  /** To read every value back, likewise. */
  readonly readMs: number;
}
