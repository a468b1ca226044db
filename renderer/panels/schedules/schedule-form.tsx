import {
  scheduledTasks,
  scheduleLimits,
  taskNames,
  type ScheduledTask,
  type ScheduleRequest,
} from '#shared/domain/schedule';
import { useId, useState, type ReactNode, type SyntheticEvent } from 'react';
import { problemOf } from '../../data/problem.ts';
import { allZones } from '../../data/zones.ts';
import { formatTypedTime, zoneNameAt } from '../../format/time.ts';
import { TextButton } from '../../ui/text-button.tsx';
import { faultsOf, type ScheduleDraft } from './schedule-draft.ts';
import styles from './schedules-panel.module.css';
import { useNextRuns, type FoundRuns } from './use-next-runs.ts';

export interface ScheduleFormProps {
  readonly draft: ScheduleDraft;
  readonly isReader: boolean;
  readonly onChange: (draft: ScheduleDraft) => void;
  /** Fails with what is wrong. */
  readonly onSave: (schedule: ScheduleRequest) => Promise<void>;
  readonly onClose: () => void;
}

/** One schedule: what, when, and what becomes of runs that were missed; the next times change as it is typed. */
export function ScheduleForm({ draft, isReader, onChange, onSave, onClose }: ScheduleFormProps) {
  const { id, name, task, cron, zone, isOn, catchUp } = draft;
  const [problem, setProblem] = useState<string | null>(null);
  const runs = useNextRuns(cron, zone);
  const faults = faultsOf(draft);
  const zones = useId();
  const told = useId();
  const isWrong = runs.phase === 'failed';
  const canSave = runs.phase === 'ready' && faults.name === null && faults.catchUp === null && !isReader;
  const change = (changed: Partial<ScheduleDraft>) => {
    setProblem(null);
    onChange({ ...draft, ...changed });
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!canSave) return;
    onSave({ name: name.trim(), task, cron: cron.trim(), zone, isOn, catchUpHours: Number(catchUp) }).catch(
      (error: unknown) => setProblem(problemOf(error).message),
    );
  };
  const field = (label: string, control: ReactNode) => (
    <label className={styles.pair}>
      <span className={styles.label}>{label}</span>
      {control}
    </label>
  );
  return (
    <form
      className={styles.form}
      aria-label={id === null ? 'New schedule' : `Schedule ${name}`}
      onSubmit={submit}
    >
      <div className={styles.fields}>
        {field(
          'Name',
          <input
            className={styles.field}
            maxLength={scheduleLimits.name}
            spellCheck={false}
            placeholder="Nightly check"
            value={name}
            onChange={(event) => change({ name: event.target.value })}
          />,
        )}
        {field(
          'Does',
          <select
            className={styles.field}
            value={task}
            onChange={(event) => change({ task: event.target.value as ScheduledTask })}
          >
            {scheduledTasks.map((each) => (
              <option key={each} value={each}>
                {taskNames[each]}
              </option>
            ))}
          </select>,
        )}
        {field(
          'When',
          <input
            className={`${styles.field ?? ''} ${styles.cron ?? ''}`}
            maxLength={scheduleLimits.cron}
            spellCheck={false}
            autoComplete="off"
            aria-label="When: minute, hour, day, month, weekday"
            title="Minute, hour, day of the month, month, weekday: 30 3 * * MON-FRI"
            aria-invalid={isWrong}
            aria-describedby={told}
            value={cron}
            onChange={(event) => change({ cron: event.target.value })}
          />,
        )}
        {field(
          'Zone',
          <>
            <input
              className={styles.field}
              spellCheck={false}
              autoComplete="off"
              list={zones}
              value={zone}
              onChange={(event) => change({ zone: event.target.value })}
            />
            <datalist id={zones}>
              {allZones().map((each) => (
                <option key={each} value={each} />
              ))}
            </datalist>
          </>,
        )}
        {field(
          'If missed',
          <span className={styles.words} title={missedRule}>
            up to{' '}
            <input
              className={`${styles.field ?? ''} ${styles.short ?? ''}`}
              inputMode="numeric"
              aria-label="Hours within which a missed run is made up for; 0: never"
              aria-invalid={faults.catchUp !== null}
              value={catchUp}
              onChange={(event) => change({ catchUp: event.target.value })}
            />{' '}
            h late
          </span>,
        )}
        <div className={styles.actions}>
          <TextButton onClick={onClose}>Cancel</TextButton>
          <TextButton
            type="submit"
            look="primary"
            disabled={!canSave}
            title={isReader ? 'The store is open for reading only' : (faults.name ?? undefined)}
          >
            {id === null ? 'Add' : 'Save'}
          </TextButton>
        </div>
      </div>
      <div className={styles.told}>
        <p className={styles.fault} role="alert">
          {problem ?? faults.catchUp ?? ''}
        </p>
        <div id={told} role="status">
          {runs.phase === 'failed' && <p className={styles.fault}>{runs.problem.message}</p>}
          {runs.phase === 'ready' && <NextRuns {...runs.value} />}
        </div>
        <p className={styles.rule}>{missedRule}</p>
      </div>
    </form>
  );
}

const missedRule =
  'Of runs that were missed the last is made up for, if it is not later than that; 0: never.';

function NextRuns({ runs, zone }: FoundRuns) {
  return (
    <table className={styles.runs} aria-label="Next runs">
      <thead>
        <tr>
          <th scope="col">Next, {zone}</th>
          {zone !== 'UTC' && <th scope="col">UTC</th>}
        </tr>
      </thead>
      <tbody>
        {runs.map((ms) => (
          <tr key={ms}>
            <td>
              {formatTypedTime(ms, zone)} {zoneNameAt(zone, ms)}
            </td>
            {zone !== 'UTC' && <td>{formatTypedTime(ms, 'UTC')}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
