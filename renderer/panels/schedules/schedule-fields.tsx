import { scheduledTasks, scheduleLimits, taskNames, type ScheduledTask } from '#shared/domain/schedule';
import { useId, type ReactNode } from 'react';
import { allZones } from '../../data/zones.ts';
import type { DraftFaults, ScheduleDraft } from './schedule-draft.ts';
import styles from './schedules-panel.module.css';

export const missedRule =
  'Of runs that were missed the last is made up for, if it is not later than that; 0: never.';

export interface ScheduleFieldsProps {
  readonly draft: ScheduleDraft;
  readonly faults: DraftFaults;
  /** The expression, or its zone, is none. */
  readonly isWrong: boolean;
  /** Id of what is told of the expression. */
  readonly told: string;
  readonly onChange: (changed: Partial<ScheduleDraft>) => void;
}

/** What is typed of a schedule. */
export function ScheduleFields({ draft, faults, isWrong, told, onChange: change }: ScheduleFieldsProps) {
  const { name, task, cron, zone, catchUp } = draft;
  return (
    <>
      {labelled(
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
      {labelled(
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
      {labelled(
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
      <ZoneField zone={zone} onChange={change} />
      {labelled(
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
    </>
  );
}

function labelled(label: string, control: ReactNode) {
  return (
    <label className={styles.pair}>
      <span className={styles.label}>{label}</span>
      {control}
    </label>
  );
}

function ZoneField({ zone, onChange }: Pick<ScheduleDraft, 'zone'> & Pick<ScheduleFieldsProps, 'onChange'>) {
  const zones = useId();
  return labelled(
    'Zone',
    <>
      <input
        className={styles.field}
        spellCheck={false}
        autoComplete="off"
        list={zones}
        value={zone}
        onChange={(event) => onChange({ zone: event.target.value })}
      />
      <datalist id={zones}>
        {allZones().map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </>,
  );
}
