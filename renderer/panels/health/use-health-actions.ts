import type { HealthAction } from '#shared/domain/health';
import { useJobActions } from '../../state/use-job-actions.ts';
import { useWorkbenchStore } from '../../state/use-workbench.ts';
import { problemOf } from '../../data/problem.ts';

const labels: Readonly<Record<HealthAction, string | null>> = {
  'free-space': 'Show the folder',
  'write-checkpoint': 'Shorten the log',
  verify: 'Check every file',
  compact: 'Compact…',
  'show-jobs': 'Show jobs',
  'show-schedules': null,
  // The finding names the series; they are in the list of symbols already.
  'show-series': null,
};

/** The one thing that fits each finding. What fails is said in the window. */
export function useHealthActions() {
  const store = useWorkbenchStore();
  const { begin } = useJobActions();

  async function act(action: HealthAction): Promise<void> {
    const { window, upkeep, workspace } = store.getState();
    try {
      if (action === 'free-space') await window.main.showStoreFolder({});
      if (action === 'write-checkpoint') {
        await upkeep.writeCheckpoint();
        window.say({ tone: 'good', text: 'The log holds no more than it needs' });
      }
      if (action === 'verify') await begin(upkeep.verify({ deep: false }));
      if (action === 'compact') workspace.ask({ kind: 'show', panel: 'compaction' });
      if (action === 'show-schedules') workspace.ask({ kind: 'show', panel: 'schedules' });
      if (action === 'verify' || action === 'show-jobs') workspace.ask({ kind: 'show', panel: 'jobs' });
    } catch (error) {
      window.say({ tone: 'bad', text: problemOf(error).message });
    }
  }

  return { labelOf: (action: HealthAction) => labels[action], act };
}
