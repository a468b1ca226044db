import { counted } from '#shared/counted';
import { freshness } from '../data/freshness.ts';
import { newestBarIn } from '../data/timeframes.ts';
import { symbolIn } from '../state/catalog-slice.ts';
import { formatExactSize, formatSize } from '../format/size.ts';
import { formatClock, formatDuration, formatInstant, zoneNameAt } from '../format/time.ts';
import { useNow } from '../state/use-now.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { errorWording } from '../ui/error-wording.ts';
import { HealthChip } from './health-chip.tsx';
import { RunningJob } from './running-job.tsx';
import styles from './status-bar.module.css';

/** Which store is open, how large it is, whether it is alive, and in which zone times are read. */
export function StatusBar() {
  const summary = useWorkbench((state) => state.catalog.summary);
  const zone = useWorkbench((state) => state.settings.zone);
  const saveProblem = useWorkbench((state) => state.workspace.saveProblem);
  const now = useNow();
  return (
    <footer className={styles.bar}>
      {summary.phase === 'failed' && (
        <span className={styles.bad} title={summary.problem.message}>
          {errorWording[summary.problem.code]}
        </span>
      )}
      {summary.phase === 'ready' && (
        <>
          <span className={styles.store} title={summary.value.folder}>
            {summary.value.name}
          </span>
          {summary.value.isDemo && <span className={styles.demo}>demo data</span>}
          <span className="figure" title={formatExactSize(summary.value.sizeBytes)}>
            {formatSize(summary.value.sizeBytes)}
          </span>
          <span className="figure">{counted(summary.value.fileCount, 'file')}</span>
          {summary.value.access === 'reader' && (
            <span className={styles.warn} title={summary.value.readOnlyReason ?? ''}>
              read only
            </span>
          )}
          {summary.value.warnings.length > 0 && (
            <span className={styles.warn} title={summary.value.warnings.join('\n')}>
              {summary.value.warnings.length === 1
                ? '1 warning'
                : `${summary.value.warnings.length} warnings`}
            </span>
          )}
        </>
      )}
      <HealthChip />
      {saveProblem !== null && (
        <span className={styles.bad} title={saveProblem}>
          The layout could not be saved
        </span>
      )}
      <span className={styles.space} />
      <RunningJob now={now} />
      <Freshness now={now} />
      <Liveness now={now} />
      <span className="figure" title={zone}>
        {formatClock(now, zone)} {zoneNameAt(zone, now)}
      </span>
      {summary.phase === 'ready' && <span>v{summary.value.appVersion}</span>}
    </footer>
  );
}

/** How old the newest bar of the shown series is. A chart of the past does not tell what came later. */
function Freshness({ now }: { readonly now: number }) {
  const key = useWorkbench((state) => state.chart.key);
  const isPast = useWorkbench((state) => state.chart.asOf !== null);
  const catalog = useWorkbench((state) => state.catalog);
  const zone = useWorkbench((state) => state.settings.zone);
  const summary = symbolIn(catalog, key?.symbol ?? null);
  const newest = key === null ? null : newestBarIn(summary, key.timeframe);
  if (key === null || summary === null || newest === null || isPast) return null;
  const isDemo = catalog.summary.phase === 'ready' && catalog.summary.value.isDemo;
  return (
    <span
      title={`${key.timeframe} bars of ${key.symbol} reach until ${formatInstant(newest.closedAt, zone)}`}
    >
      {key.symbol}: {freshness({ ...newest, now, isDemo, calendar: summary.calendar, zone })}
    </span>
  );
}

function Liveness({ now }: { readonly now: number }) {
  const rowsAt = useWorkbench((state) => state.catalog.rowsAt);
  const zone = useWorkbench((state) => state.settings.zone);
  if (rowsAt === null) {
    return <span title="No rows came into the store since this window was opened.">no new rows</span>;
  }
  return (
    <span className={styles.live} title={`Rows last came in at ${formatInstant(rowsAt, zone)}`}>
      live · {formatDuration(Math.max(0, now - rowsAt))} ago
    </span>
  );
}
