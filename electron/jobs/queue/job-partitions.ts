/** Stands for everything in a store: such a job runs alone. */
export const wholeStore = '*';

/** `candles/5m/2025-09-02`. */
export function partitionName(dataset: string, timeframe: string, period: string): string {
  return `${dataset}/${timeframe}/${period}`;
}

/** Whether two jobs may not run at once. A year holds its months and days, so that anything of one year meets. */
export function doPartitionsMeet(left: readonly string[], right: readonly string[]): boolean {
  if (left.length === 0 || right.length === 0) return false;
  if (left.includes(wholeStore) || right.includes(wholeStore)) return true;
  const keys = new Set(left.map(yearOf));
  return right.some((partition) => keys.has(yearOf(partition)));
}

function yearOf(partition: string): string {
  const slash = partition.lastIndexOf('/');
  return `${partition.slice(0, slash)}/${partition.slice(slash + 1, slash + 5)}`;
}
