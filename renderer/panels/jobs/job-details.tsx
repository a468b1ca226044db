import { hasEnded, type JobDetails } from '#shared/domain/job';
import { formatCount } from '../../format/count.ts';
import { formatSize } from '../../format/size.ts';
import { formatClock, formatInstant, formatSecond } from '../../format/time.ts';
import { useJobActions } from '../../state/use-job-actions.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { JobReport } from '../job-report.tsx';
import run from '../job-run.module.css';
import styles from './job-details.module.css';
import { callerWords, stateWords } from './job-wording.ts';

/** The selected job: what can be done about it, how far it is, what came of it, and its log. */
export function JobDetailsView({ zone }: { readonly zone: string }) {
  const details = useWorkbench((state) => state.jobs.details);
  switch (details.phase) {
    case 'idle':
    case 'loading':
      return <Skeleton rows={5} label="Reading the job" />;
    case 'failed':
      return <Failure {...details.problem} />;
    case 'ready':
      return <Shown {...details.value} zone={zone} />;
  }
}

function Shown({ job, log, zone }: JobDetails & { readonly zone: string }) {
  const { cancel, resume } = useJobActions();
  const select = useWorkbench((state) => state.jobs.select);
  const { progress, waitsFor, resumedBy, error } = job;
  const units = [
    unit(progress.files, progress.filesTotal, 'files', formatCount),
    unit(progress.rows, progress.rowsTotal, 'rows', formatCount),
    unit(progress.sizeBytes, progress.sizeBytesTotal, '', formatSize),
  ].filter((text) => text !== null);
  return (
    <section className={styles.details} aria-label={job.title}>
      <header className={run.head}>
        <h2 className={run.title} title={job.id}>
          {job.title}
        </h2>
        {!hasEnded(job) && (
          <TextButton look="outlined" disabled={job.isCancelling} onClick={() => void cancel(job.id)}>
            {job.isCancelling ? 'Stopping…' : 'Cancel'}
          </TextButton>
        )}
        {job.canResume && (
          <TextButton look="outlined" onClick={() => void resume(job.id)}>
            {job.state === 'interrupted' ? 'Resume' : 'Run again'}
          </TextButton>
        )}
        <CopyButton label="Copy log" text={() => logText(job.id, log)} />
      </header>
      {/* It scrolls, so that it must be reached by keys. */}
      <div className={run.body} role="group" aria-label="What came of it" tabIndex={0}>
        <p className={run.facts}>
          {stateWords[job.state]}
          {job.attempt > 1 && `, attempt ${job.attempt}`} · asked by {callerWords[job.requestedBy]}{' '}
          {formatSecond(job.createdMs, zone)}
          {units.length > 0 && ` · ${units.join(' · ')}`}
        </p>
        {progress.doing !== null && <p className={run.facts}>{progress.doing}</p>}
        {waitsFor !== null && (
          <p className={run.facts}>
            Waits for <Link id={waitsFor} onSelect={select} />, which is at work on the same files.
          </p>
        )}
        {resumedBy !== null && (
          <p className={run.facts}>
            Its request was run again as <Link id={resumedBy} onSelect={select} />.
          </p>
        )}
        {error !== null && <p className={run.error}>{error.message}</p>}
        <JobReport job={job} />
        <ol className={styles.log} aria-label="Log">
          {log.map(({ atMs, text }, index) => (
            <li key={index}>
              <time className={styles.clock} title={formatInstant(atMs, zone)}>
                {formatClock(atMs, zone)}
              </time>{' '}
              {text}
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

function Link({ id, onSelect }: { readonly id: string; readonly onSelect: (id: string) => void }) {
  return (
    <button type="button" className={styles.link} onClick={() => onSelect(id)}>
      {id}
    </button>
  );
}

function unit(
  done: number,
  total: number | null,
  name: string,
  format: (value: number) => string,
): string | null {
  if (total === null) return done === 0 ? null : `${format(done)} ${name}`.trim();
  return `${format(done)} of ${format(total)} ${name}`.trim();
}

function logText(id: string, log: JobDetails['log']): string {
  return [id, ...log.map(({ atMs, text }) => `${new Date(atMs).toISOString()} ${text}`)].join('\n');
}
