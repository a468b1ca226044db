import type { CompactionReport } from '#shared/domain/compaction';
import { formatCount } from '../format/count.ts';
import { formatExactSize, formatSize } from '../format/size.ts';
import styles from './compaction-result.module.css';

/** What became of each merge: rows in and out, what was dropped, conflicts, and bytes before and after. */
export function CompactionResult({ reports }: { readonly reports: readonly CompactionReport[] }) {
  if (reports.length === 0) return <p className={styles.none}>There was nothing to merge.</p>;
  const conflicts = reports.flatMap(({ partition, conflictKeys }) =>
    conflictKeys.map((conflict) => ({ partition, ...conflict })),
  );
  const conflictCount = total(reports, 'conflicts');
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Made</th>
            <th scope="col">Files</th>
            <th scope="col">Rows in</th>
            <th scope="col">Rows out</th>
            <th scope="col">Duplicates</th>
            <th scope="col">Conflicts</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {reports.map((report) => (
            <tr key={report.output}>
              <th scope="row" title={`${report.output}\nof\n${report.inputs.join('\n')}`}>
                {report.dataset === 'candles' ? '' : `${report.dataset} `}
                {report.timeframe} {report.partition}
              </th>
              <td>{formatCount(report.inputs.length)}</td>
              <td>{formatCount(report.rowsIn)}</td>
              <td>{formatCount(report.rowsOut)}</td>
              <td>{formatCount(report.duplicates)}</td>
              <td className={report.conflicts > 0 ? styles.warn : undefined}>
                {formatCount(report.conflicts)}
              </td>
              <td title={formatExactSize(report.sizeBytesBefore)}>{formatSize(report.sizeBytesBefore)}</td>
              <td title={formatExactSize(report.sizeBytesAfter)}>{formatSize(report.sizeBytesAfter)}</td>
            </tr>
          ))}
        </tbody>
        {reports.length > 1 && (
          <tfoot>
            <tr>
              <th scope="row">All {formatCount(reports.length)}</th>
              <td>{formatCount(reports.reduce((sum, { inputs }) => sum + inputs.length, 0))}</td>
              <td>{formatCount(total(reports, 'rowsIn'))}</td>
              <td>{formatCount(total(reports, 'rowsOut'))}</td>
              <td>{formatCount(total(reports, 'duplicates'))}</td>
              <td>{formatCount(conflictCount)}</td>
              <td>{formatSize(total(reports, 'sizeBytesBefore'))}</td>
              <td>{formatSize(total(reports, 'sizeBytesAfter'))}</td>
            </tr>
          </tfoot>
        )}
      </table>
      <p className={styles.verified}>
        Verified: rows, keys, bounds and digest of every file were read back before the switch.
        {reports.some(({ keptParts }) => keptParts)
          ? ' The merged files were left where they are.'
          : ' The merged files are in the trash.'}
      </p>
      {conflicts.length > 0 && (
        <div className={styles.conflicts}>
          <p>
            Keys with different values, of which the later write was kept
            {conflicts.length < conflictCount &&
              ` (${formatCount(conflicts.length)} of ${formatCount(conflictCount)})`}
            :
          </p>
          <ul>
            {conflicts.map(({ partition, key, rows }) => (
              <li key={`${partition} ${key}`}>
                {key}, {rows} rows
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

type Figure = 'rowsIn' | 'rowsOut' | 'duplicates' | 'conflicts' | 'sizeBytesBefore' | 'sizeBytesAfter';

function total(reports: readonly CompactionReport[], figure: Figure): number {
  return reports.reduce((sum, report) => sum + report[figure], 0);
}
