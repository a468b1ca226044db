import type { JobState } from '#shared/domain/job';
import { taskNames, type ListedSchedule } from '#shared/domain/schedule';
import { IconPlayerPlay, IconX } from '@tabler/icons-react';
import { formatDuration, formatInstant } from '../../format/time.ts';
import { useNow } from '../../state/use-now.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import plain from '../../ui/plain-table.module.css';
import styles from './schedules-panel.module.css';

export interface ScheduleTableProps {
  readonly schedules: readonly ListedSchedule[];
  /** The one that the form shows. */
  readonly edited: string | null;
  readonly isReader: boolean;
  readonly onEdit: (schedule: ListedSchedule) => void;
  readonly onSwitch: (schedule: ListedSchedule, isOn: boolean) => void;
  readonly onRun: (schedule: ListedSchedule) => void;
  readonly onRemove: (schedule: ListedSchedule) => void;
}

/** Every schedule with its next run and what came of the last one. */
export function ScheduleTable({ schedules, edited, isReader, ...actions }: ScheduleTableProps) {
  const now = useNow();
  const zone = useWorkbench((state) => state.settings.zone);
  return (
    <div className={styles.list}>
      <table className={styles.table} aria-label="Schedules">
        <thead>
          <tr>
            <th scope="col">On</th>
            <th scope="col">Schedule</th>
            <th scope="col" className={styles.rest}>
              Does
            </th>
            <th scope="col" className={styles.rest}>
              When
            </th>
            <th scope="col">Next</th>
            <th scope="col">Last</th>
            <th aria-label="Actions" />
          </tr>
        </thead>
        <tbody>
          {schedules.map((schedule) => {
            const { id, name, task, cron, isOn } = schedule;
            return (
              <tr key={id} className={rowClass(isOn, id === edited)}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={`${name} on`}
                    checked={isOn}
                    disabled={isReader}
                    onChange={(event) => actions.onSwitch(schedule, event.target.checked)}
                  />
                </td>
                <td className={styles.wide}>
                  <button
                    type="button"
                    className={styles.link}
                    title={`Change ${name}`}
                    onClick={() => actions.onEdit(schedule)}
                  >
                    {name}
                  </button>
                </td>
                <td className={`${styles.wide ?? ''} ${styles.rest ?? ''}`} title={taskNames[task]}>
                  {taskNames[task]}
                </td>
                <td className={styles.rest} title={schedule.zone}>
                  <code>{cron}</code> <span className={styles.quiet}>{schedule.zone}</span>
                </td>
                <td>
                  <Next schedule={schedule} now={now} zone={zone} />
                </td>
                <td>
                  <Last schedule={schedule} zone={zone} />
                </td>
                <td className={styles.buttons}>
                  <IconButton
                    label={`Run ${name} now`}
                    disabled={isReader}
                    onClick={() => actions.onRun(schedule)}
                  >
                    <IconPlayerPlay size={14} />
                  </IconButton>
                  <IconButton
                    label={`Remove ${name}`}
                    disabled={isReader}
                    onClick={() => actions.onRemove(schedule)}
                  >
                    <IconX size={14} />
                  </IconButton>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function rowClass(isOn: boolean, isEdited: boolean): string {
  return `${isOn ? '' : (plain.off ?? '')} ${isEdited ? (styles.edited ?? '') : ''}`.trim();
}

interface CellProps {
  readonly schedule: ListedSchedule;
  readonly zone: string;
}

function Next({ schedule: { nextMs, fault }, now, zone }: CellProps & { readonly now: number }) {
  if (fault !== null) return <span className={styles.fault}>{fault}</span>;
  const [next] = nextMs;
  if (next === undefined) return <span className={styles.quiet}>–</span>;
  const times = nextMs.map((ms) => `${formatInstant(ms, zone)}  ${new Date(ms).toISOString()}`);
  return (
    <span title={times.join('\n')}>
      {formatInstant(next, zone).replace(/:00 /, ' ')}{' '}
      <span className={styles.quiet}>in {formatDuration(Math.max(0, next - now))}</span>
    </span>
  );
}

const stateWords: Readonly<Record<JobState, string>> = {
  queued: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
};

/** What came of the last run, as a way to its job; a run that was missed since is told instead. */
function Last({ schedule: { lastRun, lastMissed, lastState }, zone }: CellProps) {
  const list = useWorkbench((state) => state.jobs.list);
  const select = useWorkbench((state) => state.jobs.select);
  const ask = useWorkbench((state) => state.workspace.ask);
  if (lastMissed !== null && lastMissed.atMs > (lastRun?.atMs ?? 0)) {
    return (
      <span className={styles.warn} title={lastMissed.because}>
        missed {formatInstant(lastMissed.dueMs, zone).replace(/:00 /, ' ')}
      </span>
    );
  }
  if (lastRun === null) return <span className={styles.quiet}>not yet</span>;
  if (lastRun.fault !== null)
    return (
      <span className={styles.fault} title={lastRun.fault}>
        could not begin: {lastRun.fault}
      </span>
    );
  const { jobId } = lastRun;
  const job = list.phase === 'ready' ? list.value.jobs.find(({ id }) => id === jobId) : undefined;
  const state = job?.state ?? lastState;
  const outcome = state === null ? 'begun' : stateWords[state];
  const words = job?.finding === undefined ? outcome : `${outcome}, ${job.finding}`;
  if (jobId === null) return <span className={styles.warn}>{words}, without a job in the history</span>;
  return (
    <button
      type="button"
      className={`${styles.link ?? ''} ${job?.finding === undefined ? toneOf(state) : (styles.warn ?? '')}`}
      title={`Job ${jobId}, ${formatInstant(lastRun.atMs, zone)}`}
      onClick={() => {
        select(jobId);
        ask({ kind: 'show', panel: 'jobs' });
      }}
    >
      {words} {formatInstant(lastRun.atMs, zone).replace(/:\d\d(\.\d{3})? /, ' ')}
    </button>
  );
}

function toneOf(state: JobState | null): string {
  if (state === 'done') return styles.good ?? '';
  return state === 'failed' || state === 'interrupted' ? (styles.fault ?? '') : '';
}
