import type { CompressionId } from './compression.ts';

/** Where files lie by age: fast disks first, cheap ones last. */
export const tierIds = ['hot', 'warm', 'cold'] as const;

export type TierId = (typeof tierIds)[number];

/** Those that files move to as they age. */
export const colderTiers = ['warm', 'cold'] as const satisfies readonly TierId[];

export type ColderTierId = (typeof colderTiers)[number];

/** What is chosen for one tier. */
export interface TierSettings {
  /** Off: nothing moves there. What is there already stays, and is read. */
  readonly isOn: boolean;
  /** Absolute path of the folder, perhaps on another disk; null: in the store's own folder. */
  readonly path: string | null;
  /** Files whose newest row is older than this move there. */
  readonly afterDays: number;
  readonly profile: CompressionId;
}

export type TiersSettings = Readonly<Record<ColderTierId, TierSettings>>;

/** One tier as it is: where it lies, what is in it, and whether its disk is there. */
export interface TierState {
  readonly tier: TierId;
  /** Absolute path. */
  readonly folder: string;
  /** Null for the hot tier, which is the store itself. */
  readonly settings: TierSettings | null;
  /** Why it cannot be read or written to now, in one sentence; null when it can. */
  readonly problem: string | null;
  readonly files: number;
  readonly rows: number;
  readonly sizeBytes: number;
  readonly freeBytes: number | null;
}

export interface TierMove {
  readonly path: string;
  readonly dataset: string;
  readonly timeframe: string;
  readonly partition: string;
  readonly rows: number;
  readonly sizeBytes: number;
  readonly from: TierId;
  readonly to: TierId;
}

/** What a migration moves: nothing else, and all of it. */
export interface TierPlan {
  /** The moment that ages are counted from. */
  readonly atMs: number;
  readonly moves: readonly TierMove[];
  /** Files that are old enough and stay all the same. */
  readonly kept: readonly { readonly path: string; readonly because: string }[];
  readonly rows: number;
  readonly sizeBytes: number;
  /** Names the list: a run that is given it refuses when it would come to another. */
  readonly digest: string;
}

export interface MovedFile extends TierMove {
  /** Its path from now on. */
  readonly output: string;
  readonly sizeBytesAfter: number;
}

export interface TierReport {
  readonly moved: readonly MovedFile[];
  readonly rows: number;
  readonly sizeBytesBefore: number;
  readonly sizeBytesAfter: number;
}
