import { hasEnded, type JobSummary } from '#shared/domain/job';
import type { Client } from '#shared/ipc';
import type { WorkbenchState, WorkbenchStore } from './store.ts';
import { chosenView } from './use-panel-view.ts';

/** Where the end of each kind of job can be seen besides in Jobs, and in which views of that panel. */
const placesOf: Readonly<Record<string, { readonly panel: string; readonly views?: readonly string[] }>> = {
  compact: { panel: 'compaction' },
  export: { panel: 'exports' },
  retain: { panel: 'retention', views: ['', 'policies'] },
  restore: { panel: 'retention', views: ['trash'] },
  purge: { panel: 'retention', views: ['trash'] },
  tier: { panel: 'storage', views: ['tiers'] },
  'try-compression': { panel: 'storage', views: ['compression'] },
  backup: { panel: 'storage', views: ['backup'] },
  quality: { panel: 'quality' },
};

/** Keeps the list of jobs up to date, and says when one ended that was begun in this window and is out of sight. */
export function followJobs(store: WorkbenchStore, client: Client): void {
  const state = store.getState;
  client.jobs.changed((jobs) => {
    const { own } = state().jobs;
    const ended = jobs.filter((job) => own.has(job.id) && hasEnded(job) && !wasEnded(store, job.id));
    state().jobs.noteChanged(jobs);
    const [last] = ended.slice(-1);
    if (last !== undefined && !isInSight(state(), last)) say(store, last);
  });
  void state().jobs.load();
}

function isInSight(state: WorkbenchState, { kind }: JobSummary): boolean {
  const { visiblePanels } = state.workspace;
  if (visiblePanels.includes('jobs')) return true;
  const place = placesOf[kind];
  if (place === undefined || !visiblePanels.includes(place.panel)) return false;
  return place.views?.includes(chosenView(state, place.panel)) ?? true;
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
