import type { Caller, JobSummary } from '#shared/domain/job';
import type { ScheduledTask } from '#shared/domain/schedule';
import type { Clock } from '../../platform/clock.ts';
import type { BackupKind } from '../backup/backup-job.ts';
import type { CompactionJob } from '../compaction.ts';
import type { JobKind } from '../queue/job-kind.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import type { ForecastKind } from '../retention/forecast-job.ts';
import type { PurgeKind } from '../trash/trash-jobs.ts';
import type { TierKind } from '../tiers/tier-job.ts';
import type { VerifyKind } from '../verify/verify-job.ts';
import type { HealthKind } from '../health-job.ts';

export interface TaskKinds {
  readonly compaction: CompactionJob;
  readonly verify: VerifyKind;
  readonly forecast: ForecastKind;
  readonly healthKind: HealthKind;
  readonly purge: PurgeKind;
  readonly backup: BackupKind;
  readonly tierMove: TierKind;
}

/** Queues the job that each task of a schedule comes down to. */
export function taskJobs(
  { compaction, verify, forecast, healthKind, purge, backup, tierMove }: TaskKinds,
  jobs: Pick<JobQueue, 'start'>,
  clock: Clock,
): (task: ScheduledTask, requestedBy: Caller) => Promise<JobSummary> {
  return async (task, requestedBy) => {
    const start = <Request, Plan, Report>(kind: JobKind<Request, Plan, Report>, request: Request) =>
      jobs.start(kind, request, { requestedBy });
    switch (task) {
      case 'compact-day':
        return start(compaction.kind, { tradingDay: 'last' });
      case 'compact-months':
        return start(compaction.kind, { only: await monthsThatAreOver(compaction, clock()) });
      case 'verify':
        return start(verify, {});
      case 'verify-deep':
        return start(verify, { deep: true });
      case 'retention-dry-run':
        return start(forecast, {});
      case 'health':
        return start(healthKind, {});
      case 'purge':
        return start(purge, {});
      case 'backup':
        return start(backup, {});
      case 'migrate-tiers':
        return start(tierMove, {});
    }
  };
}

/** Also earlier ones that were never merged. The month of this day is still being written. */
async function monthsThatAreOver({ kind }: CompactionJob, nowMs: number) {
  const month = new Date(nowMs).toISOString().slice(0, 7);
  const { merges } = await kind.plan({ level: 'month' });
  return merges
    .filter(({ period }) => period < month)
    .map(({ dataset, timeframe, period }) => ({ dataset: dataset.name, timeframe, partition: period }));
}
