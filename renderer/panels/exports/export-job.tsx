import { counted } from '#shared/counted';
import { hasEnded, jobShare, type JobSummary } from '#shared/domain/job';
import { useEffect, useRef } from 'react';
import { useJobActions } from '../../state/use-job-actions.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './exports.module.css';

/** How the export that was begun here is getting on. */
export function ExportJob({ id, onEnd }: { readonly id: string; readonly onEnd: () => void }) {
  const list = useWorkbench((state) => state.jobs.list);
  const select = useWorkbench((state) => state.jobs.select);
  const ask = useWorkbench((state) => state.workspace.ask);
  const { cancel } = useJobActions();
  const job = list.phase === 'ready' ? list.value.jobs.find((each) => each.id === id) : undefined;
  const isOver = job !== undefined && hasEnded(job);
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (!isOver || told.current === id) return;
    told.current = id;
    onEnd();
  }, [isOver, id, onEnd]);
  if (job === undefined) return null;
  return (
    <div className={styles.job} role="status">
      <span className={styles.outcome} title={outcomeOf(job)}>
        {outcomeOf(job)}
      </span>
      {!isOver && (
        <>
          <ProgressBar label={job.title} share={jobShare(job)} />
          <TextButton look="outlined" disabled={job.isCancelling} onClick={() => void cancel(id)}>
            Cancel
          </TextButton>
        </>
      )}
      <TextButton
        onClick={() => {
          select(id);
          ask({ kind: 'show', panel: 'jobs' });
        }}
      >
        Show job
      </TextButton>
    </div>
  );
}

function outcomeOf({ state, error, progress, isCancelling }: JobSummary): string {
  switch (state) {
    case 'queued':
      return 'Waits for its turn';
    case 'running':
      return isCancelling ? 'Stopping' : (progress.doing ?? 'Reading');
    case 'done':
      return `Done: ${counted(progress.rows, 'row')}`;
    case 'cancelled':
      return 'Cancelled; nothing was written';
    case 'failed':
      return error?.message ?? 'It failed';
    case 'interrupted':
      return 'Interrupted; nothing was written';
  }
}
