import type { TierId } from './tier.ts';

/** A living file of the store, as users see it. */
export interface StoredFile {
  /** Relative to the store's folder, written with `/`. */
  readonly path: string;
  readonly dataset: string;
  readonly timeframe: string;
  readonly level: 'part' | 'day' | 'month' | 'year';
  /** `2025-09-02`, `2025-09` or `2025`. */
  readonly partition: string;
  readonly tier: TierId;
  /** False while the disk of its tier is not there. */
  readonly isAvailable: boolean;
  readonly rows: number;
  readonly sizeBytes: number;
  /** Of two files with the same key the one with the higher sequence counts. */
  readonly sequence: number;
  readonly symbols: readonly string[];
  /** Smallest and largest instant, ms UTC. */
  readonly firstMs: number;
  readonly lastMs: number;
}
