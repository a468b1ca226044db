import { counted } from '#shared/counted';
import type { ReactNode } from 'react';
import type { ExportCheck, ExportPlan, ExportPreview } from '#shared/domain/export-plan';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import type { Loadable } from '../../data/problem.ts';
import { formatCount } from '../../format/count.ts';
import { formatExactSize, formatSize } from '../../format/size.ts';
import { Empty } from '../../ui/empty.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { classNames } from '../../ui/class-names.ts';
import styles from './exports.module.css';

interface ExportLookProps {
  /** Null while the form is not filled. */
  readonly plan: Loadable<ExportPlan> | null;
  readonly isLooking: boolean;
  /** What the form lacks; null when it is filled. */
  readonly missing: string | null;
  /** How the last export is getting on. */
  readonly children: ReactNode;
}

/** What would be written: checks by name, files and the first rows. */
export function ExportLook({ plan, isLooking, missing, children }: ExportLookProps) {
  if (plan?.phase === 'ready') {
    return (
      <div className={classNames(styles.look, isLooking && styles.stale)} aria-busy={isLooking}>
        <div className={styles.checks}>
          {children}
          <Checks plan={plan.value} />
        </div>
        {plan.value.previews.map((preview) => (
          <Preview key={preview.dataset} preview={preview} />
        ))}
      </div>
    );
  }
  if (plan?.phase === 'failed') {
    return (
      <div className={styles.checks}>
        {children}
        <p role="alert" className={classNames(styles.verdict, styles.fail)}>
          <IconX size={14} aria-hidden /> {plan.problem.message}
        </p>
      </div>
    );
  }
  return isLooking ? (
    <Skeleton rows={5} label="Looking at what would be written" />
  ) : (
    <Empty headline={missing ?? 'What would be written shows here'}>
      Rows, bytes, room on the disk and the first twenty rows show here before anything is written.
    </Empty>
  );
}

const verdicts: Readonly<
  Record<ExportCheck['status'], { readonly word: string; readonly Icon: typeof IconCheck }>
> = {
  pass: { word: 'Passed', Icon: IconCheck },
  warn: { word: 'Warning', Icon: IconAlertTriangle },
  fail: { word: 'In the way', Icon: IconX },
};

function Checks({ plan }: { readonly plan: ExportPlan }) {
  const { rows, sizeBytes, fileCount, files, checks, folder } = plan;
  const [first] = files;
  return (
    <>
      <p className={styles.total}>
        <strong>{formatCount(rows)}</strong> rows, about{' '}
        <strong title={formatExactSize(sizeBytes)}>{formatSize(sizeBytes)}</strong> in{' '}
        {fileCount === 1 && first !== undefined ? first.path : counted(fileCount, 'file')}
      </p>
      <p className={styles.place} title={folder}>
        {folder}
      </p>
      <ul aria-label="Checks" className={styles.list}>
        {checks.map(({ name, status, detail }) => {
          const { word, Icon } = verdicts[status];
          return (
            <li key={name} className={classNames(styles.verdict, styles[status])}>
              <Icon size={14} aria-label={word} />
              <span>
                <strong>{name}</strong> {detail}
              </span>
            </li>
          );
        })}
      </ul>
      {fileCount > 1 && (
        <details className={styles.files}>
          <summary>Files</summary>
          <ul className={styles.list}>
            {files.map((file) => (
              <li key={file.path}>
                {file.path} <span className={styles.count}>{formatCount(file.rows)}</span>
              </li>
            ))}
          </ul>
          {fileCount > files.length && (
            <p>
              Showing {formatCount(files.length)} of {formatCount(fileCount)}
            </p>
          )}
        </details>
      )}
    </>
  );
}

function Preview({ preview: { dataset, columns, rows } }: { readonly preview: ExportPreview }) {
  return (
    // A region that scrolls is reached by the keyboard.
    <div className={styles.preview} role="region" aria-label={`First rows of ${dataset}`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((value, column) => (
                <td
                  key={columns[column]}
                  className={isNumber(value) ? styles.number : undefined}
                  title={value ?? ''}
                >
                  {value ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function isNumber(value: string | null): boolean {
  return value !== null && value !== '' && Number.isFinite(Number(value));
}
