import { counted } from '#shared/counted';
import type { ImportReport } from '#shared/domain/import';
import { parseTimeframe, timeframeLength } from '#shared/domain/timeframe';
import { epochMs } from '#shared/units';
import { formatCount } from '../format/count.ts';
import { formatInstant } from '../format/time.ts';
import { showPlace } from '../state/follow-link.ts';
import { useWorkbench, useWorkbenchStore } from '../state/use-workbench.ts';
import { TextButton } from '../ui/text-button.tsx';
import styles from './job-report.module.css';

/** What came of an import, and the way to see it. */
export function ImportedReport(report: ImportReport) {
  const store = useWorkbenchStore();
  const zone = useWorkbench((state) => state.settings.zone);
  const { rows, duplicates, conflicts, replacedDays, outside, rejected, rejectedRows, notes } = report;
  const { symbols, from, until } = report;
  const timeframe = parseTimeframe(report.timeframe ?? '');
  const [symbol] = symbols;
  const canShow = symbol !== undefined && timeframe !== null && until !== null && rows + duplicates > 0;
  const show = () => {
    if (!canShow) return;
    store.getState().overlay.hide('import');
    const at = epochMs(until - timeframeLength(timeframe));
    void showPlace(store, { symbol, timeframe, at, objectId: null });
  };
  const kept = replacedDays > 0 ? '' : '; the stored ones stay';
  return (
    <div className={styles.report}>
      <p>
        {counted(rows, 'bar')} of {symbols.slice(0, 5).join(', ')}
        {symbols.length > 5 && ` and ${formatCount(symbols.length - 5)} more`} {report.timeframe} were stored
        {from !== null && until !== null && `, ${formatInstant(from, zone)} to ${formatInstant(until, zone)}`}
        .
      </p>
      {canShow && (
        <p>
          <TextButton look="outlined" onClick={show}>
            Show {symbol} on the chart
          </TextButton>
        </p>
      )}
      {duplicates > 0 && <p>{counted(duplicates, 'bar was', 'bars were')} there already.</p>}
      {conflicts > 0 && (
        <p>
          {counted(conflicts, 'bar was', 'bars were')} stored with other values{kept}.
        </p>
      )}
      {replacedDays > 0 && (
        <p>{counted(replacedDays, 'day')} took the place of what was stored; the trash has that.</p>
      )}
      {outside > 0 && <p>{counted(outside, 'bar was', 'bars were')} outside of the range and left out.</p>}
      {notes.map((note) => (
        <p key={note}>{note}.</p>
      ))}
      {rejectedRows > 0 && (
        <p className={styles.bad}>{counted(rejectedRows, 'row was', 'rows were')} rejected:</p>
      )}
      {rejected.slice(0, mostTold).map(({ file, line, field, reason }, place) => (
        <p key={place}>
          <code>{file}</code>
          {line === 0 ? '' : `, line ${line}`}: {field} {reason}
        </p>
      ))}
      {rejectedRows > mostTold && <p>And {formatCount(rejectedRows - mostTold)} more.</p>}
    </div>
  );
}

const mostTold = 100;
