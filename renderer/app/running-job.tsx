import { jobShare, jobTimeLeftMs } from '#shared/domain/job';
import { useMemo } from 'react';
import { formatDuration } from '../format/time.ts';
import { liveJobs } from '../state/jobs-slice.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import styles from './running-job.module.css';

/** The job that runs, and how many more run or wait; leads to the list of them. */
export function RunningJob({ now }: { readonly now: number }) {
  const list = useWorkbench((state) => state.jobs.list);
  const select = useWorkbench((state) => state.jobs.select);
  const ask = useWorkbench((state) => state.workspace.ask);
  const live = useMemo(() => liveJobs({ list }), [list]);
  const job = live.find(({ state }) => state === 'running') ?? live[0];
  if (job === undefined) return null;
  const share = jobShare(job);
  const leftMs = jobTimeLeftMs(job, now);
  return (
    <button
      type="button"
      className={styles.job}
      title={`${job.title}${job.progress.doing === null ? '' : `\n${job.progress.doing}`}\nClick to open Jobs`}
      onClick={() => {
        select(job.id);
        ask({ kind: 'show', panel: 'jobs' });
      }}
    >
      <span className={styles.title}>{job.title}</span>
      <ProgressBar label={job.title} share={share} />
      {share !== null && <span className={styles.figure}>{Math.floor(share * 100)} %</span>}
      {leftMs !== null && <span>{formatDuration(Math.max(1_000, leftMs))} left</span>}
      {live.length > 1 && <span>+{live.length - 1}</span>}
    </button>
  );
}
