import { counted } from '#shared/counted';
import type { FileColumn, StorageFile } from '#shared/domain/storage';
import { useEffect, useState } from 'react';
import { problemOf, settle, type Loadable } from '../../data/problem.ts';
import { formatCount } from '../../format/count.ts';
import { formatSize } from '../../format/size.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './storage.module.css';
import { Size } from './summary-side.tsx';

/** Rows that are shown of a file when they are asked for. */
const headRows = 20;

/** What one file says of itself: columns with their statistics, row groups, footer, and its first rows on demand. */
export function FileDetails({ path }: { readonly path: string }) {
  const calls = useWorkbench((state) => state.jobs.calls);
  const [found, setFound] = useState<Loadable<StorageFile>>({ phase: 'loading' });
  const [rows, setRows] = useState(0);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isLate = false;
    void settle(calls.storage.file({ path, headRows: rows })).then((answer) => {
      if (!isLate) setFound(answer);
    });
    return () => {
      isLate = true;
    };
  }, [calls, path, rows, round]);
  switch (found.phase) {
    case 'idle':
    case 'loading':
      return <Skeleton rows={6} label="Reading the file" />;
    case 'failed':
      return <Failure {...found.problem} onRetry={() => setRound(round + 1)} />;
    case 'ready':
      return <Shown details={found.value} onRows={() => setRows(headRows)} />;
  }
}

function Shown({ details, onRows }: { readonly details: StorageFile; readonly onRows: () => void }) {
  const main = useWorkbench((state) => state.window.main);
  const say = useWorkbench((state) => state.window.say);
  const { file, place, rowGroups, columns, metadata, head } = details;
  const show = () =>
    void main.showFile({ path: file.path }).catch((error: unknown) => {
      say({ tone: 'bad', text: `The file was not shown: ${problemOf(error).message}` });
    });
  return (
    <section className={styles.file} aria-label={file.path}>
      <header className={styles.fileHead}>
        <h2 title={place}>{file.path}</h2>
        <TextButton look="outlined" onClick={show}>
          Show in folder
        </TextButton>
      </header>
      <dl className={styles.figures}>
        <dt>Tier</dt>
        <dd>{file.tier}</dd>
        <dt>Rows</dt>
        <dd>{formatCount(details.rows)}</dd>
        <dt>Size</dt>
        <dd>
          <Size bytes={details.sizeBytes} /> · {(details.sizeBytes / Math.max(1, details.rows)).toFixed(1)}{' '}
          bytes a row
        </dd>
        <dt>Codec</dt>
        <dd>
          {details.codecs.join(', ')} ·{' '}
          {(details.encodedBytes / Math.max(1, details.compressedBytes)).toFixed(2)} : 1
        </dd>
        <dt>Row groups</dt>
        <dd title={rowGroups.map(({ rows }) => formatCount(rows)).join(', ')}>
          {formatCount(rowGroups.length)}
          {rowGroups.length > 1 &&
            ` of up to ${counted(Math.max(...rowGroups.map(({ rows }) => rows)), 'row')}`}
        </dd>
        <dt>Written by</dt>
        <dd>{details.writtenBy}</dd>
      </dl>
      <div className={styles.scroll}>
        <Columns columns={columns} />
      </div>
      {head.length > 0 ? (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <caption>The first {counted(head.length, 'row')}</caption>
            <thead>
              <tr>
                {columns.map(({ name }) => (
                  <th key={name}>{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {head.map((cells, row) => (
                // Rows of a file have no name but their place.
                <tr key={row}>
                  {cells.map((cell, place) => (
                    <td key={columns[place]?.name ?? place}>{cell ?? <i>null</i>}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <TextButton look="outlined" onClick={onRows}>
          Show {headRows} rows
        </TextButton>
      )}
      {metadata.length > 0 && (
        <dl className={styles.footer}>
          {metadata.map(([key, value]) => (
            <div key={key}>
              <dt>{key}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function Columns({ columns }: { readonly columns: readonly FileColumn[] }) {
  return (
    <table className={styles.table}>
      <caption>Columns, by the statistics of the file</caption>
      <thead>
        <tr>
          <th>Column</th>
          <th>Type</th>
          <th className={styles.number}>Size</th>
          <th className={styles.number}>Nulls</th>
          <th>Smallest</th>
          <th>Largest</th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ name, type, encodings, compressedBytes, nulls, min, max }) => (
          <tr key={name}>
            <td>{name}</td>
            <td title={encodings.join(', ')}>{type}</td>
            <td className={styles.number}>{formatSize(compressedBytes)}</td>
            <td className={styles.number}>{nulls === null ? '–' : formatCount(nulls)}</td>
            <td className={styles.value} title={min ?? undefined}>
              {min ?? '–'}
            </td>
            <td className={styles.value} title={max ?? undefined}>
              {max ?? '–'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
