import { counted } from '#shared/counted';
import type { BackupReport } from '#shared/domain/backup';
import type { CompactionReport, ReplaceDayReport } from '#shared/domain/compaction';
import { compressionProfile, type CompressionTrial } from '#shared/domain/compression';
import type { ExportReport } from '#shared/domain/export-report';
import type { ImportReport } from '#shared/domain/import';
import type { Job } from '#shared/domain/job';
import type { HealthReport } from '#shared/domain/health';
import type { RetentionForecast, RetentionReport } from '#shared/domain/retention';
import type { RollupReport } from '#shared/domain/rollup';
import type { TierReport } from '#shared/domain/tier';
import type { VerifyReport } from '#shared/domain/verify-report';
import type { AdoptReport } from '#shared/domain/adoption';
import { grades, type QuarantineReport } from '#shared/domain/quality';
import type { QualityOverview } from '#shared/domain/quality-overview';
import { formatCount } from '../format/count.ts';
import { formatExactSize, formatSize } from '../format/size.ts';
import { formatInstant } from '../format/time.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { CompactionResult } from './compaction-result.tsx';
import { ImportedReport } from './imported-report.tsx';
import styles from './job-report.module.css';

/** What came of a job, in the words of its kind; the whole of it as JSON for kinds that have none. */
export function JobReport({ job: { kind, report } }: { readonly job: Pick<Job, 'kind' | 'report'> }) {
  if (report === null || report === undefined) return null;
  switch (kind) {
    case 'compact':
      return <CompactionResult reports={report as readonly CompactionReport[]} />;
    case 'replace-day':
      return <ReplacedDay {...(report as ReplaceDayReport)} />;
    case 'rollup':
      return <Rollups reports={report as readonly RollupReport[]} />;
    case 'verify':
      return <Checked {...(report as VerifyReport)} />;
    case 'adopt':
      return <Adopted {...(report as AdoptReport)} />;
    case 'export':
      return <Exported {...(report as ExportReport)} />;
    case 'import':
      return <ImportedReport {...(report as ImportReport)} />;
    case 'retain':
      return <Retired {...(report as RetentionReport)} />;
    case 'tier':
      return <Moved {...(report as TierReport)} />;
    case 'backup':
      return <BackedUp {...(report as BackupReport)} />;
    case 'try-compression':
      return <Tried {...(report as CompressionTrial)} />;
    case 'retain-dry-run':
      return <Forecast {...(report as RetentionForecast)} />;
    case 'health':
      return <Looked {...(report as HealthReport)} />;
    case 'quality':
      return <Judged {...(report as QualityOverview)} />;
    case 'quarantine':
      return <Quarantined {...(report as QuarantineReport)} />;
    case 'restore':
      return <Paths intro="Files that belong to the store again" paths={report as readonly string[]} />;
    case 'purge':
      return <Paths intro="Files that were removed for good" paths={report as readonly string[]} />;
    default:
      return <pre className={styles.json}>{JSON.stringify(report, null, 1)}</pre>;
  }
}

function BackedUp({ to, copiedFiles, copiedBytes, keptFiles, removedFiles, ...held }: BackupReport) {
  return (
    <div className={styles.report}>
      <p>
        {counted(copiedFiles, 'file')} ({formatSize(copiedBytes)}) copied, {formatCount(keptFiles)} were there
        {removedFiles > 0 && `, ${formatCount(removedFiles)} removed that the store no longer has`}.
      </p>
      <p title={formatExactSize(held.sizeBytes)}>
        {to} holds {counted(held.files, 'file')}, {counted(held.rows, 'row')}, {formatSize(held.sizeBytes)},
        and {formatCount(held.documents)} documents.
      </p>
    </div>
  );
}

function ReplacedDay({ replaced, rejected }: ReplaceDayReport) {
  if (replaced !== null) return <CompactionResult reports={[replaced]} />;
  return (
    <div className={styles.report}>
      <p>Nothing was replaced: {counted(rejected.length, 'row is', 'rows are')} wrong.</p>
    </div>
  );
}

function Judged({ series }: QualityOverview) {
  const found = grades
    .map((grade) => ({ grade, count: series.filter(({ score }) => score.grade === grade).length }))
    .filter(({ count }) => count > 0);
  return (
    <div className={styles.report}>
      <p>
        {formatCount(series.length)} series looked at:{' '}
        {found.map(({ grade, count }) => `${formatCount(count)} ${grade}`).join(', ')}. The Quality panel
        lists them.
      </p>
    </div>
  );
}

function Quarantined({ symbol, timeframe, bars, days, file, deadlineMs }: QuarantineReport) {
  const zone = useWorkbench((state) => state.settings.zone);
  return (
    <div className={styles.report}>
      <p>
        {counted(bars, 'bar')} of {symbol} {timeframe} on {counted(days.length, 'day is', 'days are')} now in{' '}
        <code>{file}</code>. The files as they were lie in the trash until {formatInstant(deadlineMs, zone)}.
      </p>
    </div>
  );
}

function Rollups({ reports }: { readonly reports: readonly RollupReport[] }) {
  const failed = reports.filter(({ failure }) => failure !== null);
  const bars = reports.reduce((sum, each) => sum + each.bars, 0);
  return (
    <div className={styles.report}>
      <p>
        {counted(reports.length, 'file')} with {counted(bars, 'bar was', 'bars were')} made.
      </p>
      {failed.map(({ timeframe, partition, failure }) => (
        <p key={`${timeframe} ${partition}`} className={styles.bad}>
          {timeframe} {partition}: {failure}
        </p>
      ))}
    </div>
  );
}

function Checked({ isClean, isDeep, files, rows, sizeBytes, problems }: VerifyReport) {
  return (
    <div className={styles.report}>
      <p className={isClean ? styles.good : styles.bad}>
        {isClean ? 'Clean' : counted(problems.length, 'problem')}: {counted(files, 'file')},{' '}
        {counted(rows, 'row')}, <span title={formatExactSize(sizeBytes)}>{formatSize(sizeBytes)}</span>
        {isDeep ? ', every byte read' : ''}.
      </p>
      {problems.map(({ path, kind, detail, advice, repaired }) => (
        <p key={`${path} ${kind}`}>
          <code>{path}</code>: {detail}. {repaired === null ? advice : `Repaired: ${repaired}`}
        </p>
      ))}
    </div>
  );
}

function Adopted({ files, rows, assumptions }: AdoptReport) {
  return (
    <div className={styles.report}>
      <p>
        {counted(rows, 'row')} of {counted(files.length, 'file')}.
      </p>
      {assumptions.map((text) => (
        <p key={text}>{text}.</p>
      ))}
      {files
        .filter(({ outcome }) => outcome === 'refused' || outcome === 'left')
        .map(({ path, outcome, reason }) => (
          <p key={path}>
            <code>{path}</code> was {outcome === 'left' ? 'left alone' : 'refused'}: {reason}
          </p>
        ))}
    </div>
  );
}

function Exported({ folder, files, companions, rows, sizeBytes, zone, notes }: ExportReport) {
  return (
    <div className={styles.report}>
      <p>
        {counted(rows, 'row')} in {counted(files.length, 'file')},{' '}
        <span title={formatExactSize(sizeBytes)}>{formatSize(sizeBytes)}</span>, in <code>{folder}</code>;
        times in {zone}.
      </p>
      {notes.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {files.map(({ path, rows: own, sizeBytes: size }) => (
        <p key={path}>
          <code>{path}</code>: {counted(own, 'row')}, {formatSize(size)}
        </p>
      ))}
      {companions.map((path) => (
        <p key={path}>
          <code>{path}</code>
        </p>
      ))}
    </div>
  );
}

function Moved({ moved, rows, sizeBytesBefore, sizeBytesAfter }: TierReport) {
  return (
    <div className={styles.report}>
      <p>
        Verified: {counted(moved.length, 'file')}, {counted(rows, 'row')} moved;{' '}
        <span title={formatExactSize(sizeBytesBefore)}>{formatSize(sizeBytesBefore)}</span> before,{' '}
        <span title={formatExactSize(sizeBytesAfter)}>{formatSize(sizeBytesAfter)}</span> after.
      </p>
      {moved.slice(0, mostPaths).map(({ path, output }) => (
        <p key={path}>
          <code>{path}</code> is <code>{output}</code> now
        </p>
      ))}
    </div>
  );
}

function Tried({ dataset, timeframe, symbol, rows, plainBytes, results }: CompressionTrial) {
  const what = [symbol, dataset, timeframe].filter((word) => word !== null).join(' ');
  return (
    <div className={styles.report}>
      <p>
        {counted(rows, 'row')} of {what}, {formatSize(plainBytes)} as plain values.
      </p>
      {results.map(({ profile, sizeBytes }) => (
        <p key={profile}>
          {compressionProfile(profile).title}:{' '}
          <span title={formatExactSize(sizeBytes)}>{formatSize(sizeBytes)}</span>,{' '}
          {(plainBytes / sizeBytes).toFixed(2)} : 1
        </p>
      ))}
    </div>
  );
}

function Paths({ intro, paths }: { readonly intro: string; readonly paths: readonly string[] }) {
  return (
    <div className={styles.report}>
      <p>
        {intro}: {formatCount(paths.length)}.
      </p>
      {paths.map((path) => (
        <p key={path}>
          <code>{path}</code>
        </p>
      ))}
    </div>
  );
}

function Retired({ files, rows, sizeBytes, deadlineMs }: RetentionReport) {
  if (files.length === 0) return <p>Nothing was past its limits.</p>;
  return (
    <div className={styles.report}>
      <p>
        {counted(files.length, 'file')}, {counted(rows, 'row')},{' '}
        <span title={formatExactSize(sizeBytes)}>{formatSize(sizeBytes)}</span> went to the trash; they can be
        restored until {new Date(deadlineMs).toISOString().slice(0, 10)}.
      </p>
      {files.slice(0, mostPaths).map(({ path, reason }) => (
        <p key={path}>
          <code>{path}</code> {reason}
        </p>
      ))}
      {files.length > mostPaths && (
        <p>And {formatCount(files.length - mostPaths)} more; the log names all.</p>
      )}
    </div>
  );
}

function Forecast({ files, rows, sizeBytes, keptCounts }: RetentionForecast) {
  const kept = Object.entries(keptCounts);
  return (
    <div className={styles.report}>
      <p>
        {files.length === 0 ? 'Nothing' : `${counted(files.length, 'file')}, ${counted(rows, 'row')}`},{' '}
        <span title={formatExactSize(sizeBytes)}>{formatSize(sizeBytes)}</span> would go to the trash; nothing
        was removed.
      </p>
      {kept.length > 0 && (
        <p>
          {kept.map(([kind, count]) => `${formatCount(count)} ${kind.replaceAll('-', ' ')}`).join(', ')} stay.
        </p>
      )}
      {files.slice(0, mostPaths).map(({ path, reason }) => (
        <p key={path}>
          <code>{path}</code> {reason}
        </p>
      ))}
      {files.length > mostPaths && <p>And {formatCount(files.length - mostPaths)} more.</p>}
    </div>
  );
}

function Looked({ level, checks }: HealthReport) {
  return (
    <div className={styles.report}>
      <p className={level === 'ok' ? styles.good : styles.bad}>
        {level === 'ok' ? 'All is well.' : 'Something needed a look.'}
      </p>
      {checks.map(({ id, level: own, detail }) => (
        <p key={id} className={own === 'ok' ? undefined : styles.bad}>
          {id}: {detail}
        </p>
      ))}
    </div>
  );
}

const mostPaths = 500;
