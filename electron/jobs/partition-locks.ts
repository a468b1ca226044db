import { WorkbenchError } from '#shared/errors';

interface LockedPartition {
  readonly dataset: { readonly name: string };
  readonly timeframe: string;
  readonly period: string;
}

/** Keeps two jobs from merging the same files at once: a year holds its months, which hold their days. */
export interface PartitionLocks {
  /** Answers how to give the lock back; throws `busy` while another job has it. */
  readonly take: (partition: LockedPartition) => () => void;
}

export function createPartitionLocks(): PartitionLocks {
  const taken = new Set<string>();
  return {
    take({ dataset, timeframe, period }) {
      const key = `${dataset.name}/${timeframe}/${period.slice(0, 4)}`;
      if (taken.has(key)) {
        throw new WorkbenchError(
          'busy',
          `${dataset.name} ${timeframe} ${period} is being merged by another job`,
        );
      }
      taken.add(key);
      return () => void taken.delete(key);
    },
  };
}
