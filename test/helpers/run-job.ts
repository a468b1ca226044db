import type { JobKind } from '../../electron/jobs/queue/job-kind.ts';

export type RunJob<Request, Report> = (request: Request, signal?: AbortSignal) => Promise<Report>;

/** Plans and does jobs of a kind with nothing around: no queue, no further attempts, no history. */
export function runnerOf<Request, Plan, Report>(
  kind: JobKind<Request, Plan, Report>,
): RunJob<Request, Report> {
  return async (request, signal = new AbortController().signal) =>
    kind.run(await kind.plan(request), {
      jobId: 'alone',
      signal,
      progress: () => undefined,
      log: () => undefined,
      reportSoFar: () => undefined,
    });
}
