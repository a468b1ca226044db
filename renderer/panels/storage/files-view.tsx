import type { StorageFileList } from '#shared/domain/storage';
import type { StoredFile } from '#shared/domain/stored-file';
import type { StorageFilter } from '#shared/ipc';
import { useCallback, useMemo, useState } from 'react';
import { formatCount } from '../../format/count.ts';
import { formatSize } from '../../format/size.ts';
import { formatInstant } from '../../format/time.ts';
import { useFresh } from '../../state/use-fresh.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { DataGrid } from '../../ui/data-grid/data-grid.tsx';
import type { GridColumn, GridSort } from '../../ui/data-grid/grid-column.ts';
import { sortedRows } from '../../ui/data-grid/sorted-rows.ts';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
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

const columns: readonly GridColumn[] = [
  { id: 'path', title: 'File', width: 250 },
  { id: 'tier', title: 'Tier', width: 54 },
  { id: 'level', title: 'Level', width: 60 },
  { id: 'symbols', title: 'Symbols', width: 150 },
  { id: 'rows', title: 'Rows', width: 84, align: 'right' },
  { id: 'size', title: 'Size', width: 84, align: 'right' },
  { id: 'first', title: 'From', width: 192 },
  { id: 'last', title: 'To', width: 192 },
];

interface ShownProps {
  readonly list: StorageFileList;
  readonly filter: StorageFilter;
  readonly chosen: string | null;
  readonly onFilter: (filter: StorageFilter) => void;
  readonly onChoose: (path: string) => void;
}

function Shown({ list, filter, chosen, onFilter, onChoose }: ShownProps) {
  const zone = useWorkbench((state) => state.settings.zone);
  const [sort, setSort] = useState<GridSort | null>(null);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const files = useMemo(() => sortedRows(list.files, sort, valueOf), [list, sort]);
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  const { total } = list;
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
            ? `The largest ${formatCount(files.length)} of ${formatCount(total.files)} files`
            : `${formatCount(total.files)} files`}{' '}
          · {formatCount(total.rows)} rows · {formatSize(total.sizeBytes)}
        </span>
      </div>
      {files.length === 0 ? (
        <Empty headline="No file">Nothing of the store is in such a file.</Empty>
      ) : (
        <DataGrid
          label="Files of the store"
          columns={columns}
          rowCount={files.length}
          keyOf={(row) => files[row]?.path ?? ''}
          textOf={(row, { id }) => textOf(files[row], id, zone)}
          sort={sort}
          onSort={setSort}
          widths={widths}
          onWidths={setWidths}
          activeRow={files.findIndex(({ path }) => path === chosen)}
          onActivate={(row) => {
            const path = files[row]?.path;
            if (path !== undefined) onChoose(path);
          }}
          isFirstFrozen
        />
      )}
    </>
  );
}

function valueOf(file: StoredFile, column: string): string | number {
  switch (column) {
    case 'rows':
      return file.rows;
    case 'size':
      return file.sizeBytes;
    case 'first':
      return file.firstMs;
    case 'last':
      return file.lastMs;
    case 'tier':
      return file.tier;
    case 'level':
      return file.level;
    case 'symbols':
      return file.symbols.join(' ');
    default:
      return file.path;
  }
}

function textOf(file: StoredFile | undefined, column: string, zone: string): string {
  if (file === undefined) return '';
  switch (column) {
    case 'rows':
      return formatCount(file.rows);
    case 'size':
      return formatSize(file.sizeBytes);
    case 'first':
      return formatInstant(file.firstMs, zone);
    case 'last':
      return formatInstant(file.lastMs, zone);
    default:
      return String(valueOf(file, column));
  }
}
