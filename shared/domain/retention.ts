import { journalDatasets } from './journal.ts';
import type { TierId } from './tier.ts';

/** Which files of a store may go, and which of them stay all the same. */
export interface RetentionSettings {
  readonly policies: readonly RetentionPolicy[];
  readonly guardrails: RetentionGuardrails;
}

/** How much is kept of a dataset. A limit that is null is none. */
export interface RetentionPolicy {
  /** `candles`, `objects`, a part of the journal, or `performance` for the snapshots that bots keep. */
  readonly dataset: string;
  /** Null: all timeframes. */
  readonly timeframe: string | null;
  /** Only files that lie in this tier; all when it is left out. */
  readonly tier?: TierId | undefined;
  readonly isOn: boolean;
  /** A file goes once its newest row is older. */
  readonly maxAgeDays: number | null;
  /** Of all files together; the oldest go first. */
  readonly maxSizeBytes: number | null;
  /** Of each symbol, by its share of the rows of each file. */
  readonly maxSizeBytesPerSymbol: number | null;
  /** Globs over paths; what they match never goes. */
  readonly exclude: readonly string[];
}

/** What no policy goes beyond. */
export interface RetentionGuardrails {
  /** Nothing with a row younger than this goes. */
  readonly minAgeDays: number;
  /** The most that one run takes of all bytes in the store's files. */
  readonly maxSharePercent: number;
  /** Keeps bars that rollups are made from: without them the longer bars of that time would be gone too. */
  readonly keepRollupSources: boolean;
  /** Keeps the last event of every object that is still open: without it the object would be gone, or as it once was. */
  readonly keepOpenObjects: boolean;
}

export interface RetainedFile {
  readonly path: string;
  readonly dataset: string;
  readonly timeframe: string;
  readonly symbols: readonly string[];
  /** Oldest and newest row, ms UTC. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly rows: number;
  readonly sizeBytes: number;
}

export interface PlannedFile extends RetainedFile {
  /** The policy and the limit that it is beyond. */
  readonly reason: string;
}

export const keptKinds = [
  'held',
  'excluded',
  'rollup-source',
  'open-object',
  'too-young',
  'cut-through',
  'share-reached',
  'not-there',
  'within-limits',
] as const;

/** Why a file stays, for grouping. */
export type KeptKind = (typeof keptKinds)[number];

export interface KeptFile extends RetainedFile {
  readonly kind: KeptKind;
  readonly because: string;
}

/** What a run removes: nothing else, and all of it. Every file that a policy looked at is in one of the lists. */
export interface RetentionPlan {
  /** The moment that ages are counted from. */
  readonly atMs: number;
  readonly files: readonly PlannedFile[];
  readonly kept: readonly KeptFile[];
  readonly rows: number;
  readonly sizeBytes: number;
  /** Bytes of all files of the store, of which the plan takes a share. */
  readonly storeSizeBytes: number;
  /** Names the list of files: the run refuses when it would come to another. */
  readonly digest: string;
}

/** A dry run as the history keeps it: what would go, and how much stays for which reason. */
export interface RetentionForecast extends Omit<RetentionPlan, 'kept' | 'digest'> {
  readonly keptCounts: Readonly<Partial<Record<KeptKind, number>>>;
}

export interface RetentionReport {
  /** Under which the trash and the tombstones have the files. */
  readonly job: string;
  readonly files: readonly PlannedFile[];
  readonly rows: number;
  readonly sizeBytes: number;
  /** Until when they can be restored. */
  readonly deadlineMs: number;
}

export const retainedDatasets = ['candles', 'objects', ...journalDatasets, 'performance'] as const;

/** `candles 1m`, `candles 1m in cold`. */
export function nameOfPolicy({
  dataset,
  timeframe,
  tier,
}: Pick<RetentionPolicy, 'dataset' | 'timeframe' | 'tier'>): string {
  const what = timeframe === null ? dataset : `${dataset} ${timeframe}`;
  return tier === undefined ? what : `${what} in ${tier}`;
}
