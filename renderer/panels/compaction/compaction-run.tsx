import { counted } from '#shared/counted';
import type { PlannedMerge } from '#shared/domain/compaction';
import type { JobSummary } from '#shared/domain/job';
import type { CompactionRequest } from '#shared/ipc';
import { useEffect, useState } from 'react';
import { settle, type Loadable } from '../../data/problem.ts';
import { formatSize } from '../../format/size.ts';
import { useJobActions } from '../../state/use-job-actions.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import styles from '../job-run.module.css';
import { liveStates, partitionKey } from './loose-groups.ts';

export interface DryRunProps {
  readonly request: CompactionRequest;
  readonly jobs: readonly JobSummary[];
  readonly onBegun: (job: JobSummary) => void;
  readonly onBack: () => void;
}

/** The exact list of what would be merged, from the plan that is then run, and the button that runs it. */
export function DryRun({ request, jobs, onBegun, onBack }: DryRunProps) {
  const calls = useWorkbench((state) => state.jobs.calls);
  const { begin } = useJobActions();
  const [plan, setPlan] = useState<Loadable<readonly PlannedMerge[]>>({ phase: 'loading' });
  const [isStarting, setStarting] = useState(false);
  useEffect(() => {
    let isWanted = true;
    void settle(calls.compaction.plan(request)).then((found) => {
      if (isWanted) setPlan(found);
    });
    return () => {
      isWanted = false;
    };
  }, [calls, request]);

  if (plan.phase === 'failed') return <Failure {...plan.problem} onRetry={onBack} />;
  if (plan.phase !== 'ready') return <Skeleton rows={4} label="Planning" />;
  const merges = plan.value;
  const states = liveStates(jobs);
  const isBusy = merges.some((merge) => states.has(partitionKey(merge)));
  const start = async () => {
    setStarting(true);
    const job = await begin(calls.compaction.start(request));
    setStarting(false);
    if (job !== null) onBegun(job);
  };
  return (
    <section className={styles.run} aria-label="Dry run">
      <header className={styles.head}>
        <h2 className={styles.title}>{merges.length === 0 ? 'Nothing to merge' : totalText(merges)}</h2>
        <TextButton
          look="primary"
          disabled={merges.length === 0 || isStarting || isBusy}
          title={isBusy ? 'A job is at work on these files' : undefined}
          onClick={() => void start()}
        >
          {isBusy ? 'Being compacted…' : isStarting ? 'Starting…' : 'Compact'}
        </TextButton>
        <TextButton onClick={onBack}>Back</TextButton>
      </header>
      <div className={styles.body} role="group" aria-label="Files" tabIndex={0}>
        <p className={styles.facts}>
          {request.keepParts === true
            ? 'The merged files stay where they are and no longer belong to the store.'
            : 'The merged files go to the trash, from where the job can be undone until their deadline.'}
        </p>
        {merges.map((merge) => (
          <details key={partitionKey(merge)} className={styles.merge}>
            <summary>
              {merge.dataset} {merge.timeframe} {merge.partition}: {counted(merge.inputs.length, 'file')},{' '}
              {counted(merge.rows, 'row')}, {formatSize(merge.sizeBytes)}
            </summary>
            <ul>
              {merge.inputs.map(({ path, rows, sizeBytes }) => (
                <li key={path}>
                  {path}{' '}
                  <span className={styles.facts}>
                    {counted(rows, 'row')}, {formatSize(sizeBytes)}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        ))}
      </div>
    </section>
  );
}

function totalText(merges: readonly PlannedMerge[]): string {
  const files = merges.reduce((sum, { inputs }) => sum + inputs.length, 0);
  const rows = merges.reduce((sum, merge) => sum + merge.rows, 0);
  const sizeBytes = merges.reduce((sum, merge) => sum + merge.sizeBytes, 0);
  const into = counted(merges.length, 'file');
  return `${counted(files, 'file becomes', 'files become')} ${into}: ${counted(rows, 'row')}, ${formatSize(sizeBytes)}`;
}
