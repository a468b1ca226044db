import { hasEnded, type JobDetails, type JobList, type JobSummary } from '#shared/domain/job';
import type { Client } from '#shared/ipc';
import { durationMs, type DurationMs } from '#shared/units';
import { settle, type Loadable } from '../data/problem.ts';

/** Long operations of the store, whoever began them. */
export interface JobsSlice {
  /** Newest first; at most `mostJobs`. */
  readonly list: Loadable<JobList>;
  readonly selected: string | null;
  /** Of the selected job; what is shown of it stays until there is newer. */
  readonly details: Loadable<JobDetails>;
  /** Jobs that were begun in this window. */
  readonly own: ReadonlySet<string>;
  /** What of the store's jobs is asked of main. */
  readonly calls: Pick<
    Client,
    | 'jobs'
    | 'schedules'
    | 'compaction'
    | 'retention'
    | 'holds'
    | 'trash'
    | 'audit'
    | 'storage'
    | 'compression'
    | 'backups'
    | 'tiers'
  >;
  readonly load: () => Promise<void>;
  readonly noteChanged: (jobs: readonly JobSummary[]) => void;
  /** A job that this window has begun. */
  readonly noteBegun: (job: JobSummary) => void;
  readonly select: (id: string | null) => void;
}

const mostJobs = 500;
/** A running job is read again at most this often. */
const detailInterval = durationMs(400);

/** Empty until `load`, and from then on kept up by `noteChanged`. `after` waits, and answers how to stop waiting. */
export function jobsSlice(
  client: Client,
  after: (delay: DurationMs, run: () => void) => () => void,
  set: (change: Partial<JobsSlice>) => void,
  get: () => JobsSlice,
): JobsSlice {
  let isWaiting = false;

  async function loadDetails(): Promise<void> {
    const id = get().selected;
    if (id === null) return;
    const details = await settle(client.jobs.show({ id }));
    if (get().selected === id) set({ details });
  }

  function loadDetailsSoon(): void {
    if (isWaiting) return;
    isWaiting = true;
    after(detailInterval, () => {
      isWaiting = false;
      void loadDetails();
    });
  }

  return {
    list: { phase: 'idle' },
    selected: null,
    details: { phase: 'idle' },
    own: new Set(),
    calls: {
      jobs: client.jobs,
      schedules: client.schedules,
      compaction: client.compaction,
      compression: client.compression,
      storage: client.storage,
      tiers: client.tiers,
      retention: client.retention,
      holds: client.holds,
      trash: client.trash,
      audit: client.audit,
      backups: client.backups,
    },

    async load() {
      if (get().list.phase === 'idle') set({ list: { phase: 'loading' } });
      set({ list: await settle(client.jobs.list({ limit: mostJobs })) });
    },

    noteChanged(changed) {
      const { list, selected } = get();
      if (list.phase === 'ready') set({ list: { phase: 'ready', value: merged(list.value, changed) } });
      if (changed.some(({ id }) => id === selected)) loadDetailsSoon();
    },

    noteBegun(job) {
      set({ own: new Set([...get().own, job.id]) });
      get().noteChanged([job]);
    },

    select(selected) {
      if (selected === get().selected) return;
      set({ selected, details: { phase: selected === null ? 'idle' : 'loading' } });
      void loadDetails();
    },
  };
}

/** Those that run or wait, the one that began first in front. */
export function liveJobs({ list }: Pick<JobsSlice, 'list'>): readonly JobSummary[] {
  return list.phase === 'ready' ? list.value.jobs.filter((job) => !hasEnded(job)).reverse() : [];
}

function merged(list: JobList, changed: readonly JobSummary[]): JobList {
  const newer = new Map(changed.map((job) => [job.id, job]));
  const known = list.jobs.map((job) => newer.get(job.id) ?? job);
  const ids = new Set(list.jobs.map(({ id }) => id));
  const added = changed.filter(({ id }) => !ids.has(id)).sort((a, b) => b.createdMs - a.createdMs);
  return { ...list, jobs: [...added, ...known].slice(0, mostJobs) };
}
