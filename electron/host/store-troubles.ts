import type { JobSummary } from '#shared/domain/job';
import type { Store } from '../storage/store.ts';

/** Without those about tiers, which have a check of their own. */
export function openingWarnings({ warnings, absentTiers }: Store): readonly string[] {
  const absences = new Set(absentTiers.values());
  return warnings.filter((warning) => !absences.has(warning));
}

/** What failed or was cut short and not run again, and what the last check of the files found. */
export function troubleSince(jobs: readonly JobSummary[], sinceMs: number): readonly string[] {
  const lastCheck = jobs.find(({ kind, state }) => kind === 'verify' && state === 'done');
  return jobs.flatMap((job) => {
    const { state, title, finding, resumedBy, endedMs, createdMs } = job;
    if ((endedMs ?? createdMs) < sinceMs) return [];
    if (job === lastCheck && finding !== undefined) return [`${title} found ${finding}`];
    const isCutShort = state === 'failed' || state === 'interrupted';
    return isCutShort && resumedBy === null
      ? [`${title} ${state === 'failed' ? 'failed' : 'was cut short'}`]
      : [];
  });
}
