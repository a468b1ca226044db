import type { LoosePartition } from '#shared/domain/compaction';
import { hasEnded, jobShare, type JobSummary } from '#shared/domain/job';

/** The loose periods of one series of files. */
export interface LooseGroup extends LooseTotals {
  /** `candles 5m`. */
  readonly name: string;
  readonly partitions: readonly LoosePartition[];
}

export interface LooseTotals {
  readonly files: number;
  readonly parts: number;
  readonly rows: number;
  readonly sizeBytes: number;
  readonly firstMs: number;
  /** Null when nothing tells how large merged files become. */
  readonly savedBytes: number | null;
}

/** By dataset and timeframe, in the order of the plan; with a symbol, only periods in which it has rows. */
export function looseGroups(
  partitions: readonly LoosePartition[],
  symbol: string | null,
): readonly LooseGroup[] {
  const groups = new Map<string, LoosePartition[]>();
  for (const partition of partitions) {
    if (symbol !== null && !partition.symbols.some((each) => each.symbol === symbol)) continue;
    const name = `${partition.dataset} ${partition.timeframe}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [partition]);
    else group.push(partition);
  }
  return [...groups].map(([name, own]) => ({ name, partitions: own, ...totalsOf(own) }));
}

/** Sums over periods; `firstMs` is the oldest row of all, in ms UTC, and Infinity when there are no periods. */
export function totalsOf(partitions: readonly LoosePartition[]): LooseTotals {
  const sum = (read: (partition: LoosePartition) => number) =>
    partitions.reduce((total, partition) => total + read(partition), 0);
  const isKnown = partitions.every(({ expectedBytes }) => expectedBytes !== null);
  return {
    files: sum(({ files }) => files),
    parts: sum(({ parts }) => parts),
    rows: sum(({ rows }) => rows),
    sizeBytes: sum(({ sizeBytes }) => sizeBytes),
    firstMs: partitions.reduce((least, { firstMs }) => Math.min(least, firstMs), Infinity),
    savedBytes: isKnown ? sum((each) => Math.max(0, each.sizeBytes - (each.expectedBytes ?? 0))) : null,
  };
}

/** How a period is called in the partitions of a job: `candles/5m/2025-09-02`. */
export function partitionKey({
  dataset,
  timeframe,
  partition,
}: Pick<LoosePartition, 'dataset' | 'timeframe' | 'partition'>): string {
  return `${dataset}/${timeframe}/${partition}`;
}

/** What jobs are doing about each period just now: `waiting`, `42 %`. */
export function liveStates(jobs: readonly JobSummary[]): ReadonlyMap<string, string> {
  const states = new Map<string, string>();
  for (const job of jobs) {
    if (job.kind !== 'compact' || hasEnded(job)) continue;
    const share = jobShare(job);
    const running = share === null ? 'running' : `${Math.floor(share * 100)} %`;
    const state = job.isCancelling ? 'stopping' : job.state === 'queued' ? 'waiting' : running;
    for (const partition of job.partitions) states.set(partition, state);
  }
  return states;
}
