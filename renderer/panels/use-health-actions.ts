import type { HealthAction, HealthCheckId } from '#shared/domain/health';
import { problemOf } from '../data/problem.ts';
import { useJobActions } from '../state/use-job-actions.ts';
import { showPanelView } from '../state/use-panel-view.ts';
import { useWorkbenchStore } from '../state/use-workbench.ts';

export const checkNames: Readonly<Record<HealthCheckId, string>> = {
  disk: 'Disk',
  log: 'Log',
  writing: 'Opening and writing',
  files: 'Files',
  tiers: 'Tiers',
  loose: 'Loose parts',
  stale: 'New bars',
  growth: 'Growth',
  jobs: 'Jobs',
  backup: 'Backup',
  watcher: 'Other programs',
  schedules: 'Schedules',
};

const labels: Readonly<Record<HealthAction, string | null>> = {
  'free-space': 'Free space…',
  'write-checkpoint': 'Shorten the log',
  verify: 'Check every file',
  compact: 'Compact…',
  'show-tiers': 'Show tiers',
  'show-jobs': 'Open the log',
  'show-backups': 'Back up…',
  'show-schedules': 'Show schedules',
  // The finding names the series; they are in the list of symbols already.
  'show-series': null,
};

/** Where the rest is done or seen. */
const panelOf: Readonly<Partial<Record<HealthAction, string>>> = {
  'free-space': 'retention',
  verify: 'jobs',
  compact: 'compaction',
  'show-jobs': 'jobs',
  'show-schedules': 'schedules',
};

/** The one thing that fits each finding. What fails is said in the window. */
export function useHealthActions() {
  const store = useWorkbenchStore();
  const { begin } = useJobActions();

  async function act(action: HealthAction): Promise<void> {
    const { window, upkeep, workspace, jobs } = store.getState();
    try {
      if (action === 'write-checkpoint') {
        await upkeep.writeCheckpoint();
        window.say({ tone: 'good', text: 'The log holds no more than it needs' });
      }
      if (action === 'verify') await begin(upkeep.verify({ deep: false }));
      if (action === 'show-jobs' && jobs.list.phase === 'ready') {
        const failed = jobs.list.value.jobs.find(
          ({ state, resumedBy, finding }) =>
            finding !== undefined || ((state === 'failed' || state === 'interrupted') && resumedBy === null),
        );
        if (failed !== undefined) jobs.select(failed.id);
      }
      if (action === 'show-tiers') showPanelView(store.getState(), 'storage', 'tiers');
      if (action === 'show-backups') showPanelView(store.getState(), 'storage', 'backup');
      const panel = panelOf[action];
      if (panel !== undefined) workspace.ask({ kind: 'show', panel });
    } catch (error) {
      window.say({ tone: 'bad', text: problemOf(error).message });
    }
  }

  return { labelOf: (action: HealthAction) => labels[action], act };
}
