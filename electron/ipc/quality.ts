import { WorkbenchError } from '#shared/errors';
import type { Contract } from '#shared/ipc';
import type { ExpectedGaps } from '../documents/expected-gaps.ts';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { QualityCheckKind } from '../jobs/quality/check-job.ts';
import type { QuarantineKind } from '../jobs/quality/quarantine.ts';
import type { Quality } from '../queries/quality/quality.ts';
import type { Handlers } from './handlers.ts';

export interface QualityServices {
  readonly quality: Quality;
  readonly expectedGaps: ExpectedGaps;
  readonly quarantine: QuarantineKind;
  readonly check: QualityCheckKind;
}

export function qualityHandlers(
  { quality, expectedGaps, quarantine, check }: QualityServices,
  jobs: JobQueue,
): Handlers<Contract['quality']> {
  const running = new Map<string, AbortController>();
  return {
    async assess({ ticket, ...request }, signal) {
      const stop = new AbortController();
      const passOn = () => stop.abort();
      if (signal.aborted) passOn();
      signal.addEventListener('abort', passOn);
      if (ticket !== undefined) {
        running.get(ticket)?.abort();
        running.set(ticket, stop);
      }
      try {
        const answer = await quality.assess(request, stop.signal);
        stop.signal.throwIfAborted();
        return answer;
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        throw new WorkbenchError('cancelled', 'The check was cancelled', { cause: error });
      } finally {
        signal.removeEventListener('abort', passOn);
        if (ticket !== undefined && running.get(ticket) === stop) running.delete(ticket);
      }
    },
    startCheck: (request, _signal, requestedBy) => jobs.start(check, request, { requestedBy }),
    objects: ({ symbol }, signal) => quality.objects(symbol, signal),
    cancel: ({ ticket }) => {
      running.get(ticket)?.abort();
      return Promise.resolve(null);
    },
    expectedGaps: ({ withWithdrawn }) => expectedGaps.list(withWithdrawn),
    markExpected: (request) => expectedGaps.mark(request),
    planQuarantine: (request) => quarantine.plan(request),
    startQuarantine: (request, _signal, requestedBy) => jobs.start(quarantine, request, { requestedBy }),
    withdrawMark: ({ id }) => expectedGaps.withdraw(id),
  };
}
