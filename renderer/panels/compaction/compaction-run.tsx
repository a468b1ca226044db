import type { PlannedMerge } from '#shared/domain/compaction';
import { hasEnded, jobShare, jobTimeLeftMs, type JobSummary } from '#shared/domain/job';
import type { CompactionRequest } from '#shared/ipc';
import { useEffect, useState } from 'react';
import { settle, type Loadable } from '../../data/problem.ts';
import { formatCount } from '../../format/count.ts';
import { formatSize } from '../../format/size.ts';
import { formatDuration } from '../../format/time.ts';
import { useJobActions } from '../../state/use-job-actions.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Failure } from '../../ui/failure.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { JobReport } from '../job-report.tsx';
import styles from './compaction-run.module.css';
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
      <div className={styles.body}>
        <p className={styles.facts}>
          {request.keepParts === true
            ? 'The merged files stay where they are and no longer belong to the store.'
            : 'The merged files go to the trash, from where the job can be undone until their deadline.'}
        </p>
        {merges.map((merge) => (
          <details key={partitionKey(merge)} className={styles.merge}>
            <summary>
              {merge.dataset} {merge.timeframe} {merge.partition}: {formatCount(merge.inputs.length)} files,{' '}
              {formatCount(merge.rows)} rows, {formatSize(merge.sizeBytes)}
            </summary>
            <ul>
              {merge.inputs.map(({ path, rows, sizeBytes }) => (
                <li key={path}>
                  {path}{' '}
                  <span className={styles.facts}>
                    {formatCount(rows)} rows, {formatSize(sizeBytes)}
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
  const into = merges.length === 1 ? '1 file' : `${formatCount(merges.length)} files`;
  return `${formatCount(files)} files become ${into}: ${formatCount(rows)} rows, ${formatSize(sizeBytes)}`;
}

export interface FollowedJobProps {
  readonly job: JobSummary;
  readonly now: number;
  readonly onBack: () => void;
}

/** The job while it runs, and what came of it. */
export function FollowedJob({ job, now, onBack }: FollowedJobProps) {
  const { cancel } = useJobActions();
  const details = useWorkbench((state) => state.jobs.details);
  const select = useWorkbench((state) => state.jobs.select);
  const ask = useWorkbench((state) => state.workspace.ask);
  const isOver = hasEnded(job);
  // Its report is read with the rest of it.
  useEffect(() => select(job.id), [job.id, select]);
  const share = jobShare(job);
  const leftMs = jobTimeLeftMs(job, now);
  const known = details.phase === 'ready' && details.value.job.id === job.id ? details.value.job : null;
  return (
    <section className={styles.run} aria-label={job.title}>
      <header className={styles.head}>
        <h2 className={styles.title} title={job.id}>
          {job.title}
        </h2>
        {isOver ? (
          <TextButton look="outlined" onClick={onBack}>
            Done
          </TextButton>
        ) : (
          <TextButton look="outlined" disabled={job.isCancelling} onClick={() => void cancel(job.id)}>
            {job.isCancelling ? 'Stopping…' : 'Cancel'}
          </TextButton>
        )}
        <TextButton
          onClick={() => {
            select(job.id);
            ask({ kind: 'show', panel: 'jobs' });
          }}
        >
          Log
        </TextButton>
      </header>
      <div className={styles.body} role="status">
        {!isOver && (
          <p className={styles.progress}>
            <ProgressBar label={job.title} share={share} />
            {share !== null && <span>{Math.floor(share * 100)} %</span>}
            <span>
              {formatCount(job.progress.files)} of {formatCount(job.progress.filesTotal ?? 0)} files,{' '}
              {formatCount(job.progress.rows)} of {formatCount(job.progress.rowsTotal ?? 0)} rows
            </span>
            {leftMs !== null && <span>{formatDuration(Math.max(1_000, leftMs))} left</span>}
          </p>
        )}
        {!isOver && (
          <p className={styles.facts}>{job.state === 'queued' ? waiting(job) : job.progress.doing}</p>
        )}
        {isOver && job.state !== 'done' && (
          <p className={job.state === 'cancelled' ? styles.facts : styles.error}>
            {job.error?.message ?? 'Cancelled.'} What was merged by then stays merged; the rest is as it was.
          </p>
        )}
        {isOver && known !== null && hasEnded(known) && <JobReport job={known} />}
      </div>
    </section>
  );
}

function waiting({ waitsFor }: JobSummary): string {
  return waitsFor === null
    ? 'Waits for its turn.'
    : `Waits for ${waitsFor}, which is at work on the same files.`;
}
