import { counted } from '#shared/counted';
import type { StorageFileList } from '#shared/domain/storage';
import type { StoredFile } from '#shared/domain/stored-file';
import type { StorageFilter } from '#shared/ipc';
import { useCallback, useMemo, useState } from 'react';
import { formatCount } from '../../format/count.ts';
import { formatSize } from '../../format/size.ts';
import { useFresh } from '../../state/use-fresh.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { SortableGrid, type SortableColumn } from '../../ui/data-grid/sortable-grid.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { amountColumns, pathColumn, spanColumns, symbolsColumn } from '../file-columns.ts';
import table from '../table.module.css';
import { FileDetails } from './file-details.tsx';
import styles from './storage.module.css';
import { storageInterval } from './summary-side.tsx';

export interface FilesViewProps {
  readonly filter: StorageFilter;
  readonly onFilter: (filter: StorageFilter) => void;
}

/** The files of the store, or of a piece of it, and what is in the one that is chosen. */
export function FilesView({ filter, onFilter }: FilesViewProps) {
  const calls = useWorkbench((state) => state.jobs.calls);
  const ask = useCallback(() => calls.storage.files(filter), [calls, filter]);
  const { found, load } = useFresh(ask, storageInterval);
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <div className={styles.sides}>
      <div className={table.panel}>
        {found.phase === 'failed' ? (
          <Failure {...found.problem} onRetry={() => void load()} />
        ) : found.phase !== 'ready' ? (
          <Skeleton rows={6} label="Listing files" />
        ) : (
          <Shown
            list={found.value}
            filter={filter}
            chosen={chosen}
            onFilter={onFilter}
            onChoose={setChosen}
          />
        )}
      </div>
      <aside className={styles.side} aria-label="The chosen file" tabIndex={0}>
        {chosen === null ? (
          <Empty headline="No file is chosen">Choose one to see its columns, statistics and rows.</Empty>
        ) : (
          <FileDetails key={chosen} path={chosen} />
        )}
      </aside>
    </div>
  );
}

function columnsIn(zone: string): readonly SortableColumn<StoredFile>[] {
  return [
    pathColumn,
    { id: 'tier', title: 'Tier', width: 54, valueOf: ({ tier }) => tier },
    { id: 'level', title: 'Level', width: 60, valueOf: ({ level }) => level },
    symbolsColumn,
    ...amountColumns,
    ...spanColumns(zone),
  ];
}

interface ShownProps {
  readonly list: StorageFileList;
  readonly filter: StorageFilter;
  readonly chosen: string | null;
  readonly onFilter: (filter: StorageFilter) => void;
  readonly onChoose: (path: string) => void;
}

function Shown({ list, filter, chosen, onFilter, onChoose }: ShownProps) {
  const zone = useWorkbench((state) => state.settings.zone);
  const columns = useMemo(() => columnsIn(zone), [zone]);
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  const { files, total } = list;
  return (
    <>
      <div className={table.tools}>
        {given.map(([name, value]) => (
          <TextButton
            key={name}
            look="outlined"
            title={`Show files of every ${name}`}
            aria-label={`${name} ${String(value)}: show files of every ${name}`}
            onClick={() => onFilter({ ...filter, [name]: undefined })}
          >
            {value === '' ? '(no symbol)' : String(value)} ×
          </TextButton>
        ))}
        <span className={styles.readout}>
          {files.length < total.files
            ? `The largest ${formatCount(files.length)} of ${counted(total.files, 'file')}`
            : counted(total.files, 'file')}{' '}
          · {counted(total.rows, 'row')} · {formatSize(total.sizeBytes)}
        </span>
      </div>
      {files.length === 0 ? (
        <Empty headline="No file">Nothing of the store is in such a file.</Empty>
      ) : (
        <SortableGrid
          label="Files of the store"
          columns={columns}
          rows={files}
          keyOf={({ path }) => path}
          chosen={chosen}
          onChoose={onChoose}
          isFirstFrozen
        />
      )}
    </>
  );
}
