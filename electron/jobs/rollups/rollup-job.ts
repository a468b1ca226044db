import { counted } from '#shared/counted';
import type { PlannedRollup, RollupReport } from '#shared/domain/rollup';
import { rollups as dataset } from '#schemas/datasets/rollups';
import { contract } from '#shared/ipc';
import type { JobKind } from '../queue/job-kind.ts';
import { partitionName } from '../queue/job-partitions.ts';
import type { RollupRequest, Rollups } from './rollups.ts';

export interface RollupPlan {
  readonly request: RollupRequest;
  readonly files: readonly PlannedRollup[];
}

export type RollupKind = JobKind<RollupRequest, RollupPlan, readonly RollupReport[]>;

/** Making rollups that are missing or no longer exact, or all of them anew. */
export function createRollupKind(rollups: Rollups): RollupKind {
  return {
    kind: 'rollup',
    plan: (request) => Promise.resolve({ request, files: rollups.plan(request) }),
    title: ({ request, files }) => {
      if (files.length === 0) return 'Rollups: nothing to make';
      const verb = request.rebuild === true ? 'Rebuild' : 'Make';
      return `${verb} ${counted(files.length, 'rollup')}`;
    },
    partitionsOf: ({ files }) =>
      files.map(({ timeframe, partition }) => partitionName(dataset.name, timeframe, partition)),
    async run({ request, files }, { signal, progress, log, reportSoFar }) {
      const made: RollupReport[] = [];
      progress({ filesTotal: files.length });
      const reports = await rollups.refresh(request, signal, (ofPeriod) => {
        made.push(...ofPeriod);
        reportSoFar(made);
        for (const { timeframe, partition, bars, failure } of ofPeriod) {
          log(`${timeframe} ${partition}: ${failure ?? counted(bars, 'bar')}`);
        }
        progress({
          files: made.length,
          rows: made.reduce((sum, { bars }) => sum + bars, 0),
          sizeBytes: made.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
          doing: ofPeriod.map(({ timeframe, partition }) => `${timeframe} ${partition}`).at(-1) ?? null,
        });
      });
      return reports;
    },
    resume: contract.rollups.start.args,
  };
}
