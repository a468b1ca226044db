import { counted } from '#shared/counted';
import { hasEnded, jobShare, jobTimeLeftMs, type JobSummary } from '#shared/domain/job';
import { useEffect } from 'react';
import { formatCount } from '../format/count.ts';
import { formatDuration } from '../format/time.ts';
import { useJobActions } from '../state/use-job-actions.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { TextButton } from '../ui/text-button.tsx';
import { JobReport } from './job-report.tsx';
import styles from './job-run.module.css';

export interface FollowedJobProps {
  readonly job: JobSummary;
  readonly now: number;
  /** Of one that did not come to its end: what became of the store. */
  readonly stopped: string;
  readonly onBack: () => void;
}

/** The job while it runs, and what came of it. */
export function FollowedJob({ job, now, stopped, onBack }: FollowedJobProps) {
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
      <div className={styles.body} role="status" tabIndex={0}>
        {!isOver && (
          <p className={styles.progress}>
            <ProgressBar label={job.title} share={share} />
            {share !== null && <span>{Math.floor(share * 100)} %</span>}
            <span>
              {formatCount(job.progress.files)} of {counted(job.progress.filesTotal ?? 0, 'file')},{' '}
              {formatCount(job.progress.rows)} of {counted(job.progress.rowsTotal ?? 0, 'row')}
            </span>
            {leftMs !== null && <span>{formatDuration(Math.max(1_000, leftMs))} left</span>}
          </p>
        )}
        {!isOver && (
          <p className={styles.facts}>{job.state === 'queued' ? waiting(job) : job.progress.doing}</p>
        )}
        {isOver && job.state !== 'done' && (
          <p className={job.state === 'cancelled' ? styles.facts : styles.error}>
            {job.error?.message ?? 'Cancelled.'} {stopped}
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
