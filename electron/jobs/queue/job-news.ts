import type { JobSummary } from '#shared/domain/job';

/** Tells listeners which jobs have changed, many changes at once. */
export interface JobNews {
  readonly add: (id: string) => void;
  readonly listen: (listener: (jobs: readonly JobSummary[]) => void) => void;
  /** Tells at once what has not been told yet. */
  readonly tell: () => void;
}

/** Tells at most once in `intervalMs`, of each job that changed how it is by then. */
export function createJobNews(
  intervalMs: number,
  summaryOf: (id: string) => JobSummary | undefined,
): JobNews {
  const listeners = new Set<(jobs: readonly JobSummary[]) => void>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function tell(): void {
    clearTimeout(timer);
    timer = undefined;
    const jobs = [...changed].flatMap((id) => summaryOf(id) ?? []);
    changed.clear();
    if (jobs.length > 0) for (const listener of listeners) listener(jobs);
  }

  return {
    add(id) {
      changed.add(id);
      timer ??= setTimeout(tell, intervalMs);
    },
    listen: (listener) => void listeners.add(listener),
    tell,
  };
}
