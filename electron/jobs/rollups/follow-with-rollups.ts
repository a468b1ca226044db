import type { Stretch } from '#shared/domain/stretches';
import type { JobContext } from '../queue/job-kind.ts';
import type { RefreshAround } from './rollups.ts';

/**
 * Brings the rollups of what a job has moved or taken away up to date. A failure is written to the job's log and is not its
 * own: readers make such bars as they are asked for, so that nothing is wrong without them.
 */
export async function followWithRollups(
  refreshAround: RefreshAround,
  touched: readonly Stretch[],
  { signal, log, progress }: Pick<JobContext, 'signal' | 'log' | 'progress'>,
): Promise<void> {
  if (touched.length === 0) return;
  progress({ doing: 'Bringing rollups up to date' });
  try {
    await refreshAround(touched, signal);
  } catch (error) {
    log(
      `The rollups follow with the next compaction: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
