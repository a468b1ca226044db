import type { Contract } from '#shared/ipc';
import type { ExpectedGaps } from '../documents/expected-gaps.ts';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { QualityCheckKind } from '../jobs/quality/check-job.ts';
import type { QuarantineKind } from '../jobs/quality/quarantine.ts';
import type { Quality } from '../queries/quality/quality.ts';
import type { Handlers } from './handlers.ts';
import { createNamedCalls } from './named-calls.ts';

export interface QualityServices {
  readonly quality: Quality;
  readonly expectedGaps: ExpectedGaps;
  readonly quarantine: QuarantineKind;
  readonly check: QualityCheckKind;
}

/** Answers calls on how good bars are. */
export function qualityHandlers(
  { quality, expectedGaps, quarantine, check }: QualityServices,
  jobs: JobQueue,
): Handlers<Contract['quality']> {
  const looks = createNamedCalls();
  return {
    assess: ({ ticket, ...request }, signal) =>
      looks.run(ticket, signal, (stopped) => quality.assess(request, stopped)),
    startCheck: (request, _signal, requestedBy) => jobs.start(check, request, { requestedBy }),
    objects: ({ symbol }, signal) => quality.objects(symbol, signal),
    cancel: ({ ticket }) => {
      looks.end(ticket);
      return Promise.resolve(null);
    },
    expectedGaps: ({ withWithdrawn }) => expectedGaps.list(withWithdrawn),
    markExpected: (request) => expectedGaps.mark(request),
    planQuarantine: (request) => quarantine.plan(request),
    startQuarantine: (request, _signal, requestedBy) => jobs.start(quarantine, request, { requestedBy }),
    withdrawMark: ({ id }) => expectedGaps.withdraw(id),
  };
}
