import { hasEnded, jobShare, type JobSummary } from '#shared/domain/job';
import type { SeriesVerdict } from '#shared/domain/quality-overview';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { SeriesKey } from '../../data/bar-window.ts';
import { formatCount } from '../../format/count.ts';
import { formatInstant } from '../../format/time.ts';
import { useJobActions } from '../../state/use-job-actions.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import type { GridSort } from '../../ui/data-grid/grid-column.ts';
import { SortableGrid, type SortableColumn } from '../../ui/data-grid/sortable-grid.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import table from '../table.module.css';
import styles from './quality-panel.module.css';
import { verdictColumns } from './verdict-columns.ts';

export interface SeriesOverviewProps {
  /** Leads back to one series. */
  readonly views: ReactNode;
  /** Looks at one of the series. */
  readonly onOpen: (series: SeriesKey) => void;
}

const none: readonly JobSummary[] = [];

/** How good each series of the store is, the worst first: found out by a job, and kept with it. */
export function SeriesOverview({ views, onOpen }: SeriesOverviewProps) {
  const jobs = useWorkbench((state) =>
    state.jobs.list.phase === 'ready' ? state.jobs.list.value.jobs : none,
  );
  const { overview, overviewJob, loadOverview } = useWorkbench((state) => state.quality);
  const checks = jobs.filter(({ kind }) => kind === 'quality');
  const running = checks.find((job) => !hasEnded(job));
  const lastDone = checks.find(({ state }) => state === 'done')?.id;
  useEffect(() => {
    if (lastDone !== undefined && lastDone !== overviewJob) void loadOverview(lastDone);
  }, [lastDone, overviewJob, loadOverview]);
  return (
    <>
      <div className={table.tools}>
        {views}
        <CheckTools running={running} last={checks[0]} />
      </div>
      {overview.phase === 'failed' && lastDone !== undefined ? (
        <Failure {...overview.problem} onRetry={() => void loadOverview(lastDone)} />
      ) : overview.phase === 'ready' ? (
        <Verdicts onOpen={onOpen} />
      ) : running !== undefined || lastDone !== undefined ? (
        <Skeleton rows={6} label="Looking at all series" />
      ) : (
        <Empty headline="Not checked yet">
          A check looks at every series of the store and lists each with its score and what to do first.
        </Empty>
      )}
    </>
  );
}

interface CheckToolsProps {
  readonly running: JobSummary | undefined;
  /** The newest, however it ended. */
  readonly last: JobSummary | undefined;
}

/** Begins a check, or says how far it is; and how old what is shown is. */
function CheckTools({ running, last }: CheckToolsProps) {
  const { overview, calls } = useWorkbench((state) => state.quality);
  const changedAt = useWorkbench((state) => state.catalog.changedAt);
  const zone = useWorkbench((state) => state.settings.zone);
  const { begin, cancel } = useJobActions();
  const found = overview.phase === 'ready' ? overview.value : null;
  const total = found !== null && (
    <span className={table.total}>
      {formatCount(found.series.length)} series, {formatInstant(found.atMs, zone)}
    </span>
  );
  if (running !== undefined) {
    return (
      <>
        <ProgressBar label={running.title} share={jobShare(running)} />
        <TextButton look="outlined" disabled={running.isCancelling} onClick={() => void cancel(running.id)}>
          Cancel
        </TextButton>
        <span role="status">
          {running.isCancelling ? 'Stopping' : (running.progress.doing ?? running.title)}
        </span>
        {total}
      </>
    );
  }
  return (
    <>
      <TextButton look="outlined" onClick={() => void begin(calls.startCheck({}))}>
        {found === null ? 'Check all series' : 'Check again'}
      </TextButton>
      {last?.state === 'failed' && (
        <span role="alert" className={styles.problem}>
          {last.error?.message ?? 'The check failed; its log says why.'}
        </span>
      )}
      {found !== null && changedAt !== null && changedAt > found.atMs && (
        <span className={styles.stale}>The store has changed since.</span>
      )}
      {total}
    </>
  );
}

function Verdicts({ onOpen }: Pick<SeriesOverviewProps, 'onOpen'>) {
  const overview = useWorkbench((state) => state.quality.overview);
  const zone = useWorkbench((state) => state.settings.zone);
  const [chosen, setChosen] = useState<string | null>(null);
  const columns = useMemo(() => linked(verdictColumns(zone), onOpen), [zone, onOpen]);
  return (
    <SortableGrid
      label="All series"
      columns={columns}
      rows={overview.phase === 'ready' ? overview.value.series : nothing}
      keyOf={({ symbol, timeframe }) => `${symbol} ${timeframe}`}
      chosen={chosen}
      onChoose={setChosen}
      onOpen={onOpen}
      firstSort={worstFirst}
      isFirstFrozen
    />
  );
}

const nothing: readonly SeriesVerdict[] = [];
const worstFirst: GridSort = { column: 'score', direction: 'ascending' };

/** The symbol leads to its series. */
function linked(
  [symbol, ...others]: readonly SortableColumn<SeriesVerdict>[],
  onOpen: SeriesOverviewProps['onOpen'],
): readonly SortableColumn<SeriesVerdict>[] {
  if (symbol === undefined) return others;
  const cellOf = (verdict: SeriesVerdict) => (
    <button
      type="button"
      tabIndex={-1}
      className={styles.link}
      title="Looks at this series"
      onClick={() => onOpen(verdict)}
    >
      {verdict.symbol}
    </button>
  );
  return [{ ...symbol, cellOf }, ...others];
}
