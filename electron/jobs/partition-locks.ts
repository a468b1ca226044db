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
  /** The same, or null while another job has it. */
  readonly tryTake: (partition: LockedPartition) => (() => void) | null;
}

/** In memory, so of one process: a lock is of a whole year of a dataset and timeframe. */
export function createPartitionLocks(): PartitionLocks {
  const taken = new Set<string>();

  function tryTake({ dataset, timeframe, period }: LockedPartition): (() => void) | null {
    const key = `${dataset.name}/${timeframe}/${period.slice(0, 4)}`;
    if (taken.has(key)) return null;
    taken.add(key);
    return () => void taken.delete(key);
  }

  return {
    tryTake,
    take(partition) {
      const unlock = tryTake(partition);
      if (unlock !== null) return unlock;
      const { dataset, timeframe, period } = partition;
      throw new WorkbenchError(
        'busy',
        `${dataset.name} ${timeframe} ${period} is being merged by another job`,
      );
    },
  };
}
