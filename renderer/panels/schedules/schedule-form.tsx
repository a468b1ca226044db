import type { ScheduleRequest } from '#shared/domain/schedule';
import { useId, useState, type SyntheticEvent } from 'react';
import { problemOf } from '../../data/problem.ts';
import { formatTypedTime, zoneNameAt } from '../../format/time.ts';
import { TextButton } from '../../ui/text-button.tsx';
import { faultsOf, type ScheduleDraft } from './schedule-draft.ts';
import { missedRule, ScheduleFields } from './schedule-fields.tsx';
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
  return (
    <form
      className={styles.form}
      aria-label={id === null ? 'New schedule' : `Schedule ${name}`}
      onSubmit={submit}
    >
      <div className={styles.fields}>
        <ScheduleFields draft={draft} faults={faults} isWrong={isWrong} told={told} onChange={change} />
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
        <p className={styles.rule}>{missedRule}</p>
      </div>
      <div className={styles.told}>
        <p className={styles.fault} role="alert">
          {problem ?? faults.catchUp ?? ''}
        </p>
        <div id={told} role="status">
          {runs.phase === 'failed' && <p className={styles.fault}>{runs.problem.message}</p>}
          {runs.phase === 'ready' && <NextRuns {...runs.value} />}
        </div>
      </div>
    </form>
  );
}

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
