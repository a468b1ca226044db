import type { ObjectEvent } from '#shared/domain/chart-object';
import { IconHistory } from '@tabler/icons-react';
import { useMemo } from 'react';
import { formatCount } from '../../format/count.ts';
import { formatInstant } from '../../format/time.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { classNames } from '../../ui/class-names.ts';
import { Failure } from '../../ui/failure.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { eventDifference } from './event-difference.ts';
import { fieldText } from './field-text.ts';
import { eventsBy } from '../../data/known-objects.ts';
import styles from './inspector.module.css';

/** Every event of the selected object, newest first, each with what it changed. */
export function ObjectHistory() {
  const history = useWorkbench((state) => state.selection.history);
  const reload = useWorkbench((state) => state.selection.reloadHistory);
  const asOf = useWorkbench((state) => state.chart.window?.asOf ?? null);
  switch (history.phase) {
    case 'idle':
      return null;
    case 'loading':
      return <Skeleton rows={4} label="Reading the history" />;
    case 'failed':
      return <Failure {...history.problem} onRetry={() => void reload()} />;
    case 'ready':
      return (
        <>
          <Events events={eventsBy(history.value.events, asOf)} all={history.value.events.length} />
          {history.value.unreadable.map(({ path, reason }) => (
            <p key={path} className={styles.later}>
              {path} could not be read, events may be missing: {reason}
            </p>
          ))}
        </>
      );
  }
}

interface EventsProps {
  readonly events: readonly ObjectEvent[];
  /** How many there are, those included that were not yet known. */
  readonly all: number;
}

function Events({ events, all }: EventsProps) {
  const zone = useWorkbench((state) => state.settings.zone);
  const moveTo = useWorkbench((state) => state.replay.moveTo);
  const told = useMemo(
    () =>
      events
        .map((event, index) => ({ event, changes: eventDifference(events[index - 1] ?? null, event) }))
        .reverse(),
    [events],
  );
  return (
    <>
      <h3 className={styles.section}>
        History <span className={styles.count}>{events.length}</span>
      </h3>
      {all > events.length && (
        <p className={styles.later}>
          {all - events.length === 1
            ? '1 later event is hidden'
            : `${formatCount(all - events.length)} later events are hidden`}
          : it was not known yet
        </p>
      )}
      <ol className={styles.history} aria-label="History, newest first">
        {told.map(({ event, changes }) => (
          <li key={`${event.event_ts}-${event.sequence}`} className={styles.event}>
            <div className={styles.when}>
              <span className={classNames(styles.action, styles[`event-${event.action}`])}>
                {event.action}
              </span>
              <time title={String(event.event_ts)}>{formatInstant(event.event_ts, zone)}</time>
              <IconButton
                label="Show the chart as it was known then"
                onClick={() => void moveTo(event.event_ts)}
              >
                <IconHistory size={14} />
              </IconButton>
            </div>
            {event.reason !== null && event.reason !== '' && <p className={styles.reason}>{event.reason}</p>}
            {changes.map(({ field, before, after }) => (
              <p key={field} className={styles.change}>
                <span className={styles.changedField}>{field}</span>
                <del>{fieldText(field, before, zone)}</del>
                <span aria-hidden>→</span>
                <ins>{fieldText(field, after, zone)}</ins>
              </p>
            ))}
          </li>
        ))}
      </ol>
    </>
  );
}
