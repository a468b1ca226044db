import { counted } from '#shared/counted';
import type { ImportInspection, ImportReport } from '#shared/domain/import';
import { useMemo, useState } from 'react';
import type { Loadable } from '../../data/problem.ts';
import { formatCount } from '../../format/count.ts';
import { formatInstant } from '../../format/time.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { classNames } from '../../ui/class-names.ts';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { ImportGrid } from './import-grid.tsx';
import styles from './import.module.css';
import { describeSource, describeTimes, formatWords } from './import-words.ts';

interface ImportLookProps {
  /** Null before there is any. */
  readonly inspection: Loadable<ImportInspection> | null;
  /** Whether what is asked for is another by now. */
  readonly isStale: boolean;
  readonly onLook: () => void;
}

/** What an import would come to: how the files were understood, the first bars, and what is wrong. */
export function ImportLook({ inspection, isStale, onLook }: ImportLookProps) {
  if (inspection?.phase === 'ready') {
    return (
      <div className={classNames(styles.look, isStale && styles.stale)} aria-busy={isStale}>
        <Summary inspection={inspection.value} />
        <Tables inspection={inspection.value} />
      </div>
    );
  }
  return (
    <div className={styles.look}>
      {inspection?.phase === 'failed' ? (
        <Failure {...inspection.problem} onRetry={onLook} />
      ) : (
        <Skeleton rows={8} label="Looking through the files" />
      )}
    </div>
  );
}

function Summary({
  inspection: { sources, sourceCount, report, isPartial },
}: {
  readonly inspection: ImportInspection;
}) {
  const [source] = sources;
  const { rows, symbols, timeframe, from, until, notes } = report;
  const zone = useWorkbench((state) => state.settings.zone);
  const whose = [symbols.slice(0, 3).join(', ') + (symbols.length > 3 ? '…' : ''), timeframe ?? '']
    .join(' ')
    .trim();
  return (
    <div className={styles.summary}>
      <p className={styles.total}>
        <strong>{formatCount(rows)}</strong>
        {isPartial
          ? ` bars at the start${whose === '' ? '' : `, of ${whose}`}`
          : ` bars${whose === '' ? '' : ` of ${whose}`} would be stored`}
        {from !== null && until !== null && (
          <span className={styles.muted}>
            {' '}
            from {formatInstant(from, zone)} to {formatInstant(until, zone)}
          </span>
        )}
      </p>
      <p className={styles.counts}>
        {isPartial ? `${formatCount(report.rejectedRows)} rejected so far` : countsOf(report).join(' · ')}
      </p>
      {source !== undefined && (
        <p className={styles.muted}>
          {describeSource(source)}
          {sourceCount > 1 && ` (the first of ${formatCount(sourceCount)})`}. {describeTimes(source)}.
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className={styles.muted}>
          {note}.
        </p>
      ))}
    </div>
  );
}

function countsOf(report: ImportReport): string[] {
  const { duplicates, conflicts, rejectedRows, outside, replacedDays } = report;
  return [
    `${formatCount(duplicates)} there already`,
    `${formatCount(conflicts)} stored with other values`,
    ...(replacedDays > 0 ? [`${counted(replacedDays, 'day')} would be replaced`] : []),
    ...(outside > 0 ? [`${formatCount(outside)} outside of the range`] : []),
    `${formatCount(rejectedRows)} rejected`,
  ];
}

const tabs = ['bars', 'problems', 'conflicts', 'files'] as const;
type Tab = (typeof tabs)[number];

function Tables({ inspection }: { readonly inspection: ImportInspection }) {
  const { report } = inspection;
  const [chosen, setChosen] = useState<Tab | null>(null);
  // What is wrong is shown by itself where nothing is right.
  const tab = chosen ?? (inspection.bars.length === 0 && report.rejectedRows > 0 ? 'problems' : 'bars');
  const words: Readonly<Record<Tab, string>> = {
    bars: 'First bars',
    problems: `Problems ${formatCount(report.rejectedRows)}`,
    conflicts: `Conflicts ${formatCount(report.conflictDays.length)}`,
    files: `Files ${formatCount(report.files.length)}`,
  };
  return (
    <>
      <div className={styles.tabs} role="group" aria-label="What is shown">
        {tabs.map((each) => (
          <TextButton key={each} isOn={each === tab} onClick={() => setChosen(each)}>
            {words[each]}
          </TextButton>
        ))}
      </div>
      <div className={styles.table}>
        <Table tab={tab} inspection={inspection} />
      </div>
    </>
  );
}

function Table({ tab, inspection }: { readonly tab: Tab; readonly inspection: ImportInspection }) {
  switch (tab) {
    case 'bars':
      return <FirstBars inspection={inspection} />;
    case 'problems':
      return <Problems report={inspection.report} />;
    case 'conflicts':
      return <Conflicts report={inspection.report} />;
    case 'files':
      return <Files report={inspection.report} />;
  }
}

function FirstBars({ inspection: { bars, sources } }: { readonly inspection: ImportInspection }) {
  const shownZone = useWorkbench((state) => state.settings.zone);
  const [source] = sources;
  const own = source === undefined || source.hasOffset ? shownZone : source.zone;
  const zone = own === 'UTC' ? shownZone : own;
  const zones = useMemo(() => [...new Set([zone, 'UTC'])], [zone]);
  const columns = useMemo(
    () => [
      { id: 'symbol', title: 'Symbol', width: 76 },
      ...zones.map((each) => ({ id: each, title: `Open, ${each}`, width: 190 })),
      ...['Open', 'High', 'Low', 'Close', 'Volume'].map((title) => ({
        id: title.toLowerCase(),
        title,
        width: title === 'Volume' ? 92 : 70,
        align: 'right' as const,
      })),
    ],
    [zones],
  );
  const rows = useMemo(
    () =>
      bars.map(({ symbol, ts, open, high, low, close, volume }) => [
        symbol,
        ...zones.map((each) => formatInstant(ts, each)),
        ...[open, high, low, close, volume].map(String),
      ]),
    [bars, zones],
  );
  if (bars.length === 0) return <Empty headline="No bar could be read" />;
  return <ImportGrid label="First bars as they would be stored" columns={columns} rows={rows} />;
}

const problemColumns = [
  { id: 'file', title: 'File', width: 240 },
  { id: 'line', title: 'Line', width: 70, align: 'right' as const },
  { id: 'field', title: 'Field', width: 80 },
  { id: 'reason', title: 'What is wrong', width: 420 },
];

function Problems({ report: { rejected, rejectedRows } }: { readonly report: ImportReport }) {
  const rows = useMemo(
    () =>
      rejected.map(({ file, line, field, reason }) => [file, line === 0 ? '' : String(line), field, reason]),
    [rejected],
  );
  if (rows.length === 0) return <Empty headline="Every row can be taken in" />;
  return (
    <>
      {rejectedRows > rows.length && (
        <p className={styles.partial}>
          Showing the first {formatCount(rows.length)} of {formatCount(rejectedRows)}
        </p>
      )}
      <ImportGrid label="Problems" columns={problemColumns} rows={rows} />
    </>
  );
}

const conflictColumns = [
  { id: 'symbol', title: 'Symbol', width: 100 },
  { id: 'day', title: 'UTC day', width: 110 },
  { id: 'stored', title: 'Stored', width: 90, align: 'right' as const },
  { id: 'incoming', title: 'In the files', width: 90, align: 'right' as const },
  { id: 'different', title: 'Other values', width: 100, align: 'right' as const },
];

function Conflicts({ report: { conflictDays } }: { readonly report: ImportReport }) {
  const rows = useMemo(
    () =>
      conflictDays.map(({ symbol, day, stored, incoming, different }) => [
        ...[symbol, day],
        ...[stored, incoming, different].map(formatCount),
      ]),
    [conflictDays],
  );
  if (rows.length === 0) return <Empty headline="Nothing is stored with other values" />;
  return <ImportGrid label="Days that are stored otherwise" columns={conflictColumns} rows={rows} />;
}

const fileColumns = [
  { id: 'name', title: 'File', width: 380 },
  { id: 'format', title: 'Format', width: 120 },
  { id: 'rows', title: 'Good bars', width: 100, align: 'right' as const },
  { id: 'rejected', title: 'Rejected', width: 90, align: 'right' as const },
];

function Files({ report: { files } }: { readonly report: ImportReport }) {
  const rows = useMemo(
    () =>
      files.map(({ name, format, rows: good, rejected }) => [
        ...[name, format === null ? 'cannot be read' : formatWords[format]],
        ...[good, rejected].map(formatCount),
      ]),
    [files],
  );
  if (rows.length === 0) return <Empty headline="There is no file of bars in it" />;
  return <ImportGrid label="Files" columns={fileColumns} rows={rows} />;
}
