import type { ListedSchedule, ScheduleRequest } from '#shared/domain/schedule';
import { schedulePresets, type SchedulePreset } from '#shared/domain/schedule-presets';
import { useEffect } from 'react';
import { problemOf } from '../../data/problem.ts';
import { useIsReader } from '../../state/use-is-reader.ts';
import { useDraft } from '../../state/use-draft.ts';
import { useJobActions } from '../../state/use-job-actions.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { definePanel } from '../define-panel.ts';
import table from '../table.module.css';
import { draftOf, newDraft, readDraft, type ScheduleDraft } from './schedule-draft.ts';
import { ScheduleForm } from './schedule-form.tsx';
import { ScheduleTable } from './schedule-table.tsx';
import styles from './schedules-panel.module.css';
import { useSchedules } from './use-schedules.ts';

export const schedulesPanel = definePanel({
  id: 'schedules',
  title: 'Schedules',
  home: 'bottom',
  Component: SchedulesPanel,
});

/** What the store does by itself: the list, and a form for one of it or a new one. */
function SchedulesPanel() {
  const { found, load } = useSchedules();
  const settings = useWorkbench((state) => state.upkeep.settings);
  const loadSettings = useWorkbench((state) => state.upkeep.loadSettings);
  useEffect(() => void loadSettings(), [loadSettings]);
  if (found.phase === 'failed') return <Failure {...found.problem} onRetry={() => void load()} />;
  if (settings.phase === 'failed')
    return <Failure {...settings.problem} onRetry={() => void loadSettings()} />;
  if (found.phase !== 'ready' || settings.phase !== 'ready')
    return <Skeleton rows={5} label="Reading the schedules" />;
  const { schedules, isKept } = found.value;
  const { defaultCalendar, zone } = settings.value;
  return (
    <Ready
      schedules={schedules}
      isKept={isKept}
      presets={schedulePresets(defaultCalendar, zone)}
      zone={zone}
      onChanged={load}
    />
  );
}

interface ReadyProps {
  readonly schedules: readonly ListedSchedule[];
  readonly isKept: boolean;
  readonly presets: readonly SchedulePreset[];
  /** Of the store. */
  readonly zone: string;
  readonly onChanged: () => Promise<void>;
}

function Ready({ schedules, isKept, presets, zone, onChanged }: ReadyProps) {
  const calls = useWorkbench((state) => state.jobs.calls);
  const say = useWorkbench((state) => state.window.say);
  const { begin } = useJobActions();
  const isReader = useIsReader();
  const [text, setText] = useDraft('schedule');
  const draft = readDraft(text);
  const edit = (next: ScheduleDraft | null) => setText(next === null ? '' : JSON.stringify(next));
  const offered = presets.filter(({ name }) => !schedules.some((each) => each.name === name));

  const attempt = async (act: Promise<unknown>) => {
    try {
      await act;
    } catch (error) {
      say({ tone: 'bad', text: problemOf(error).message });
    }
    await onChanged();
  };
  const save = (schedule: ScheduleRequest, id: string | null) =>
    calls.schedules.save({ ...(id === null ? {} : { id }), schedule });

  return (
    <div className={table.panel}>
      <div className={table.tools}>
        <TextButton look="outlined" disabled={isReader} onClick={() => edit(newDraft(zone))}>
          New schedule…
        </TextButton>
        {offered.map((preset) => (
          <TextButton
            key={preset.id}
            disabled={isReader}
            title={preset.doc}
            onClick={() => edit(draftOf(preset))}
          >
            {preset.name}…
          </TextButton>
        ))}
        <span className={table.total}>
          {isKept
            ? 'Run while a window has the store open, or tapedeck serve keeps it'
            : 'Nothing runs them now: the process that has the store does not keep schedules'}
        </span>
      </div>
      <div className={draft === null ? styles.alone : styles.sides}>
        {schedules.length === 0 ? (
          <Empty headline="Nothing is scheduled">
            Choose one of the presets above, or make a schedule of your own: it compacts, checks or looks at
            the store by itself, and what came of it is in Jobs.
          </Empty>
        ) : (
          <ScheduleTable
            schedules={schedules}
            edited={draft?.id ?? null}
            isReader={isReader}
            onEdit={(schedule) => edit(draftOf(schedule, schedule.id))}
            onSwitch={({ id, ...schedule }, isOn) => void attempt(save({ ...requestOf(schedule), isOn }, id))}
            onRun={({ id }) => void begin(calls.schedules.run({ id })).then(onChanged)}
            onRemove={({ id }) => {
              if (draft?.id === id) edit(null);
              void attempt(calls.schedules.remove({ id }));
            }}
          />
        )}
        {draft !== null && (
          <ScheduleForm
            // Begun anew with what was chosen.
            key={draft.id ?? 'new'}
            draft={draft}
            isReader={isReader}
            onChange={edit}
            onSave={async (schedule) => {
              await save(schedule, draft.id);
              edit(null);
              await onChanged();
            }}
            onClose={() => edit(null)}
          />
        )}
      </div>
    </div>
  );
}

function requestOf({ name, cron, zone, task, isOn, catchUpHours }: ScheduleRequest): ScheduleRequest {
  return { name, cron, zone, task, isOn, catchUpHours };
}
