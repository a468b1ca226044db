import type { Sampled } from './timing.ts';

/** One line of the table: ours against the plain way of doing the same, measured by turns in one run. */
export interface Measured {
  readonly name: string;
  /** Medians, or what `unit` says. */
  readonly ours: number;
  readonly plain: number;
  /** Of ours; null where only a total was taken. */
  readonly p50: number | null;
  readonly p99: number | null;
  readonly unit: 'ms' | 'MB' | 'rows/s' | 'bytes/row' | '%';
  /** What the plain way is, and what else there is to say. */
  readonly note: string;
}

export interface Bench {
  readonly name: string;
  readonly run: (folders: BenchFolders) => Promise<readonly Measured[]>;
}

export interface BenchFolders {
  /** Data that is made once and kept. */
  readonly cache: string;
  /** Emptied after each bench. */
  readonly scratch: string;
  /** Where the built programs lie. */
  readonly programs: string;
}

/** The line of a bench whose every run was timed, in ms. */
export function medians(
  name: string,
  { ours, plain }: { readonly ours: Sampled; readonly plain: Sampled },
  note: string,
): Measured {
  return { name, ours: ours.p50, plain: plain.p50, p50: ours.p50, p99: ours.p99, unit: 'ms', note };
}
