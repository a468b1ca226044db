import { counted } from '#shared/counted';
import type { KeptKind, RetentionForecast, RetentionPlan } from '#shared/domain/retention';
import { z } from 'zod';
import type { JobKind } from '../queue/job-kind.ts';
import type { RetainKind } from './retain-job.ts';

/** Nothing is asked: the policies of the store decide. */
const forecastRequest = z.object({}).strict();

export type ForecastKind = JobKind<z.infer<typeof forecastRequest>, RetentionPlan, RetentionForecast>;

/** The dry run of retention as a job, so that its list is kept in the history. Removes nothing. */
export function createForecastKind(retain: RetainKind): ForecastKind {
  return {
    kind: 'retain-dry-run',
    plan: async (request) => (await retain.plan(request)).plan,
    title: ({ files }) => `Retention dry run: ${counted(files.length, 'file')}`,
    partitionsOf: () => [],
    run: (plan, { progress, log }) => {
      const { files, rows, sizeBytes } = plan;
      progress({ files: files.length, rows, sizeBytes });
      for (const { path, reason } of files) log(`${path} would go: ${reason}.`);
      log('Nothing was removed.');
      return Promise.resolve(forecastOf(plan));
    },
    resume: forecastRequest,
    readsOnly: () => true,
  };
}

function forecastOf({
  kept,
  atMs,
  files,
  rows,
  sizeBytes,
  storeSizeBytes,
}: RetentionPlan): RetentionForecast {
  const keptCounts: Partial<Record<KeptKind, number>> = {};
  for (const { kind } of kept) keptCounts[kind] = (keptCounts[kind] ?? 0) + 1;
  return { atMs, files, rows, sizeBytes, storeSizeBytes, keptCounts };
}
