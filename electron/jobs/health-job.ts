import type { HealthReport } from '#shared/domain/health';
import { z } from 'zod';
import type { Health } from '../queries/health/health.ts';
import type { JobKind } from './queue/job-kind.ts';

const healthRequest = z.object({}).strict();

export type HealthKind = JobKind<z.infer<typeof healthRequest>, null, HealthReport>;

/** A look at the health of the store that is kept in the history. */
export function createHealthKind(health: Pick<Health, 'check'>): HealthKind {
  return {
    kind: 'health',
    plan: () => Promise.resolve(null),
    title: () => 'Look at the health of the store',
    partitionsOf: () => [],
    async run(_plan, { log }) {
      const report = await health.check();
      for (const { id, level, detail } of report.checks) if (level !== 'ok') log(`${id}: ${detail}.`);
      log(report.level === 'ok' ? 'All is well.' : `The worst of it is "${report.level}".`);
      return report;
    },
    resume: healthRequest,
    readsOnly: () => true,
  };
}
