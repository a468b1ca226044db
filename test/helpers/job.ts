import { noProgress, type Job } from '#shared/domain/job';

/** A compaction of one day that is done, but for what is said. */
export function job(change: Partial<Job> = {}): Job {
  return {
    id: '20260102T220000-compact-0001',
    kind: 'compact',
    title: 'Compact candles 5m 2026-01-02',
    state: 'done',
    requestedBy: 'window',
    createdMs: Date.UTC(2026, 0, 2, 22),
    startedMs: Date.UTC(2026, 0, 2, 22),
    endedMs: Date.UTC(2026, 0, 2, 22, 0, 5),
    partitions: ['candles/5m/2026-01-02'],
    waitsFor: null,
    progress: noProgress,
    attempt: 1,
    isCancelling: false,
    error: null,
    canResume: false,
    resumedBy: null,
    report: null,
    ...change,
  };
}
