import { counted } from '#shared/counted';
import { storageLevels, type StorageMap, type StorageNode } from '#shared/domain/storage';
import type { StorageFilter } from '#shared/ipc';
import { useCallback, useState } from 'react';
import { formatCount } from '../../format/count.ts';
import { formatExactSize, formatSize } from '../../format/size.ts';
import { useFresh } from '../../state/use-fresh.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import table from '../table.module.css';
import styles from './storage.module.css';
import { storageInterval, SummarySide } from './summary-side.tsx';
import { percent, Treemap } from './treemap.tsx';

export interface MapViewProps {
  readonly path: readonly string[];
  readonly onPath: (path: readonly string[]) => void;
  /** Asks for the files of a piece. */
  readonly onFiles: (filter: StorageFilter) => void;
}

/** The store as a map: what takes how much, from datasets down to single days. */
export function MapView({ path, onPath, onFiles }: MapViewProps) {
  const calls = useWorkbench((state) => state.jobs.calls);
  const ask = useCallback(() => calls.storage.map({ path: [...path] }), [calls, path]);
  const { found, load } = useFresh(ask, storageInterval);
  return (
    <div className={styles.sides}>
      <div className={table.panel}>
        {found.phase === 'failed' ? (
          <Failure {...found.problem} onRetry={() => void load()} />
        ) : found.phase !== 'ready' ? (
          <Skeleton rows={5} label="Measuring the store" />
        ) : (
          <Shown map={found.value} onPath={onPath} onFiles={onFiles} />
        )}
      </div>
      <aside className={styles.side} aria-label="Storage in figures" tabIndex={0}>
        <SummarySide />
      </aside>
    </div>
  );
}

interface ShownProps {
  readonly map: StorageMap;
  readonly onPath: (path: readonly string[]) => void;
  readonly onFiles: (filter: StorageFilter) => void;
}

function Shown({ map, onPath, onFiles }: ShownProps) {
  const { path, nodes, total, rest } = map;
  const [pointed, setPointed] = useState<StorageNode | null>(null);
  const enter = (node: StorageNode) => {
    setPointed(null);
    const inner = [...path, node.name];
    if (node.canEnter) onPath(inner);
    else onFiles(filterOf(inner));
  };
  if (nodes.length === 0 && path.length === 0)
    return (
      <Empty headline="Nothing is stored yet">
        As soon as rows are in files, this map shows which symbols and days take how much.
      </Empty>
    );
  return (
    <>
      <div className={table.tools}>
        <nav aria-label="Where on the map" className={styles.crumbs}>
          {['Store', ...path].map((name, depth) => (
            <TextButton
              key={`${depth} ${name}`}
              isOn={depth === path.length}
              onClick={() => onPath(path.slice(0, depth))}
            >
              {nameOf(name)}
            </TextButton>
          ))}
        </nav>
        <span className={styles.readout} aria-live="polite">
          {pointed === null ? (
            <>
              by {storageLevels[path.length]} ·{' '}
              <span title={formatExactSize(total.sizeBytes)}>{formatSize(total.sizeBytes)}</span> ·{' '}
              {counted(total.rows, 'row')} · {counted(total.files, 'file')}
              {rest !== null &&
                ` · ${formatCount(rest.count)} smaller ones (${formatSize(rest.sizeBytes)}) not shown`}
            </>
          ) : (
            <>
              <b>{nameOf(pointed.name)}</b> · {formatExactSize(pointed.sizeBytes)} ·{' '}
              {counted(pointed.rows, 'row')} · {counted(pointed.files, 'file')} ·{' '}
              {percent(pointed.sizeBytes / Math.max(1, total.sizeBytes))}
            </>
          )}
        </span>
        <TextButton onClick={() => onFiles(filterOf(path))}>Files</TextButton>
      </div>
      {nodes.length === 0 ? (
        <Empty headline="Nothing is left here">The files of this piece were merged, moved or removed.</Empty>
      ) : (
        <Treemap
          label={`${path.length === 0 ? 'The store' : path.join(' ')} by ${storageLevels[path.length]}`}
          nodes={nodes}
          totalBytes={total.sizeBytes}
          nameOf={nameOf}
          onEnter={enter}
          onLeave={() => onPath(path.slice(0, -1))}
          onPoint={setPointed}
        />
      )}
    </>
  );
}

function nameOf(name: string): string {
  return name === '' ? '(no symbol)' : name;
}

/** The files that a piece is made of. */
export function filterOf(path: readonly string[]): StorageFilter {
  const [dataset, symbol, timeframe, month, day] = path;
  const period = day ?? month;
  return {
    ...(dataset === undefined ? {} : { dataset }),
    ...(symbol === undefined ? {} : { symbol }),
    ...(timeframe === undefined ? {} : { timeframe }),
    ...(period === undefined ? {} : { period }),
  };
}
