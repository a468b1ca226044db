/** Raised when bars come to be made in another way, or a calendar changes: rollups made before are then made anew. */
export const rollupRules = 1;

/** What a file of rollups was made from: enough to tell which of its bars still say what the sources hold. */
export interface RollupOrigin {
  readonly rules: number;
  readonly sources: readonly RollupSource[];
}

/** Symbols whose bars were made of the same timeframe by the same calendar, and all compacted files that hold any. */
export interface RollupSource {
  readonly calendar: string;
  readonly timeframe: string;
  readonly symbols: readonly string[];
  readonly files: readonly SourceFile[];
}

export interface SourceFile {
  readonly path: string;
  /** Smallest and largest instant of the file. */
  readonly first: number;
  readonly last: number;
}
