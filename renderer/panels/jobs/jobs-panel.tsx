import { counted } from '#shared/counted';
import { jobShare, jobTimeLeftMs, type JobSummary } from '#shared/domain/job';
import { useMemo, useState } from 'react';
import { formatCount } from '../../format/count.ts';
import { formatDuration, formatSecond } from '../../format/time.ts';
import { useDraft } from '../../state/use-draft.ts';
import { useNow } from '../../state/use-now.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { classNames } from '../../ui/class-names.ts';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { VirtualRows } from '../../ui/virtual-rows.tsx';
import { definePanel } from '../define-panel.ts';
import table from '../table.module.css';
import { JobDetailsView } from './job-details.tsx';
import {
  callerWords,
  groupOf,
  groupWords,
  jobGroups,
  matchingJobs,
  stateWords,
  type JobGroup,
} from './job-wording.ts';
import styles from './jobs-panel.module.css';

export const jobsPanel = definePanel({ id: 'jobs', title: 'Jobs', home: 'bottom', Component: JobsPanel });

function JobsPanel() {
  const list = useWorkbench((state) => state.jobs.list);
  const load = useWorkbench((state) => state.jobs.load);
  switch (list.phase) {
    case 'idle':
    case 'loading':
      return <Skeleton rows={5} label="Reading the history of jobs" />;
    case 'failed':
      return <Failure {...list.problem} onRetry={() => void load()} />;
    case 'ready':
      return <JobTable {...list.value} />;
  }
}

interface JobTableProps {
  readonly jobs: readonly JobSummary[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

function JobTable({ jobs, unreadable }: JobTableProps) {
  const selected = useWorkbench((state) => state.jobs.selected);
  const select = useWorkbench((state) => state.jobs.select);
  const zone = useWorkbench((state) => state.settings.zone);
  const [typed, setTyped] = useDraft('jobs');
  const [group, setGroup] = useState<JobGroup>('all');
  const now = useNow();
  const found = useMemo(() => matchingJobs(jobs, group, typed), [jobs, group, typed]);
  const countOf = (each: JobGroup) =>
    each === 'all' ? jobs.length : jobs.filter((job) => groupOf(job) === each).length;

  if (jobs.length === 0 && unreadable.length === 0) {
    return (
      <Empty headline="No jobs yet">
        Compactions, checks and other long work appear here while they run, and afterwards with their log.
      </Empty>
    );
  }
  return (
    <div className={styles.sides}>
      <div className={classNames(table.panel, styles.list)}>
        <div className={table.tools}>
          <SearchField label="Find job" value={typed} onChange={setTyped} />
          <div role="group" aria-label="State of job" className={table.group}>
            {jobGroups.map((each) => (
              <TextButton key={each} isOn={each === group} onClick={() => setGroup(each)}>
                {groupWords[each]} <span className={styles.count}>{formatCount(countOf(each))}</span>
              </TextButton>
            ))}
          </div>
          {unreadable.length > 0 && (
            <span
              className={styles.unreadable}
              title={unreadable.map(({ path, reason }) => `${path} ${reason}`).join('\n')}
            >
              {counted(unreadable.length, 'file')} of the history cannot be read
            </span>
          )}
        </div>
        <div className={table.head} aria-hidden>
          <span className={styles.state}>State</span>
          <span className={styles.title}>Job</span>
          <span className={styles.progress}>Progress</span>
          <span className={styles.took}>Took</span>
          <span className={table.time}>Begun</span>
          <span className={styles.caller}>By</span>
        </div>
        {found.length === 0 ? (
          <Empty headline="None of the jobs matches" />
        ) : (
          <VirtualRows
            label="Jobs"
            count={found.length}
            rowHeight={24}
            active={found.findIndex(({ id }) => id === selected)}
            keyOf={(index) => found[index]?.id ?? ''}
            onActivate={(index) => select(found[index]?.id ?? null)}
            row={(index) => {
              const job = found[index];
              return job === undefined ? null : <Row job={job} now={now} zone={zone} />;
            }}
          />
        )}
      </div>
      {selected !== null && <JobDetailsView zone={zone} />}
    </div>
  );
}

function Row({ job, now, zone }: { readonly job: JobSummary; readonly now: number; readonly zone: string }) {
  const { state, title, startedMs, endedMs, createdMs, requestedBy } = job;
  const tookMs =
    startedMs === null
      ? null
      : state === 'running'
        ? now - startedMs
        : endedMs === null
          ? null
          : endedMs - startedMs;
  return (
    <>
      <span className={`${styles.state ?? ''} ${styles[state] ?? ''}`}>
        {job.isCancelling ? 'Stopping' : stateWords[state]}
      </span>
      <span className={styles.title} title={`${title}\n${job.id}`}>
        {title}
      </span>
      <span className={styles.progress}>
        <Progress job={job} now={now} />
      </span>
      <span className={styles.took}>{tookMs === null ? '–' : tookText(tookMs)}</span>
      <span className={table.time}>{formatSecond(startedMs ?? createdMs, zone)}</span>
      <span className={styles.caller}>{callerWords[requestedBy]}</span>
    </>
  );
}

function Progress({ job, now }: { readonly job: JobSummary; readonly now: number }) {
  if (job.state === 'queued')
    return <>{job.waitsFor === null ? 'waits for its turn' : 'waits for another'}</>;
  if (job.state !== 'running') {
    const told = job.error?.message ?? job.finding;
    return <span title={told}>{told}</span>;
  }
  const share = jobShare(job);
  const leftMs = jobTimeLeftMs(job, now);
  return (
    <>
      <ProgressBar label={job.title} share={share} />
      <span className={styles.percent}>{share === null ? '' : `${Math.floor(share * 100)} %`}</span>
      <span>{leftMs === null ? '' : `${formatDuration(Math.max(1_000, leftMs))} left`}</span>
    </>
  );
}

function tookText(tookMs: number): string {
  return tookMs < 10_000 ? `${(Math.max(0, tookMs) / 1_000).toFixed(1)} s` : formatDuration(tookMs);
}
