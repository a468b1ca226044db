import { hasEnded, type JobSummary } from '#shared/domain/job';
import type { Client } from '#shared/ipc';
import type { WorkbenchStore } from './store.ts';

/** Panels in which the end of a job can be seen. */
const panelsWithJobs = ['jobs', 'compaction', 'retention', 'schedules', 'exports', 'storage', 'quality'];

/** Keeps the list of jobs up to date, and says when one ended that was begun in this window and is out of sight. */
export function followJobs(store: WorkbenchStore, client: Client): void {
  const state = store.getState;
  client.jobs.changed((jobs) => {
    const { own } = state().jobs;
    const ended = jobs.filter((job) => own.has(job.id) && hasEnded(job) && !wasEnded(store, job.id));
    state().jobs.noteChanged(jobs);
    const isInSight = panelsWithJobs.some((panel) => state().workspace.visiblePanels.includes(panel));
    const [last] = ended.slice(-1);
    if (last !== undefined && !isInSight) say(store, last);
  });
  void state().jobs.load();
}

function wasEnded(store: WorkbenchStore, id: string): boolean {
  const { list } = store.getState().jobs;
  const known = list.phase === 'ready' ? list.value.jobs.find((job) => job.id === id) : undefined;
  return known !== undefined && hasEnded(known);
}

function say(store: WorkbenchStore, { id, title, state, error }: JobSummary): void {
  const { window, jobs, workspace } = store.getState();
  const words = { done: 'is done', cancelled: 'was cancelled', interrupted: 'was interrupted' } as const;
  const text =
    state === 'failed' || state === 'queued' || state === 'running'
      ? `${title} failed: ${error?.message ?? 'the log says why'}`
      : `${title} ${words[state]}`;
  window.say({
    tone: state === 'done' || state === 'cancelled' ? 'good' : 'bad',
    text,
    more: {
      label: 'Show job',
      run: () => {
        jobs.select(id);
        workspace.ask({ kind: 'show', panel: 'jobs' });
      },
    },
  });
}
