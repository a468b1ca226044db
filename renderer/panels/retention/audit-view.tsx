import type { AuditEntry, Fate } from '#shared/domain/trash';
import { useCallback, useMemo, useState } from 'react';
import { formatCount } from '../../format/count.ts';
import { formatSize } from '../../format/size.ts';
import { formatInstant } from '../../format/time.ts';
import { useDraft } from '../../state/use-draft.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { DataGrid } from '../../ui/data-grid/data-grid.tsx';
import type { GridColumn, GridSort } from '../../ui/data-grid/grid-column.ts';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import table from '../table.module.css';
import styles from './retention.module.css';
import { sortedRows } from '../../ui/data-grid/sorted-rows.ts';
import { useFresh } from '../../state/use-fresh.ts';

const columns: readonly GridColumn[] = [
  { id: 'at', title: 'When', width: 190 },
  { id: 'path', title: 'File', width: 250 },
  { id: 'fate', title: 'What became of it', width: 170 },
  { id: 'reason', title: 'Why', width: 280 },
  { id: 'replacedBy', title: 'Replaced by', width: 200 },
  { id: 'rows', title: 'Rows', width: 80, align: 'right' },
  { id: 'size', title: 'Size', width: 80, align: 'right' },
  { id: 'job', title: 'Job', width: 290 },
];

/** Every file that ever left the store. */
export function AuditView() {
  const calls = useWorkbench((state) => state.jobs.calls);
  const zone = useWorkbench((state) => state.settings.zone);
  const ask = useCallback(() => calls.audit.list({}), [calls]);
  const { found, load } = useFresh(ask);
  const [typed, setTyped] = useDraft('audit');
  const [sort, setSort] = useState<GridSort | null>(null);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const [active, setActive] = useState<string | null>(null);
  const entries = found.phase === 'ready' ? found.value.entries : nobody;
  const rows = useMemo(() => {
    const wanted = typed.trim().toLowerCase();
    const matching = entries.filter(({ path, job, reason, fate }) =>
      [path, job, reason, fateWords[fate]].some((text) => text.toLowerCase().includes(wanted)),
    );
    return sortedRows(matching, sort, valueOf);
  }, [entries, typed, sort]);

  if (found.phase === 'failed') return <Failure {...found.problem} onRetry={() => void load()} />;
  if (found.phase !== 'ready') return <Skeleton rows={5} label="Reading the tombstones" />;
  const { more, unreadable } = found.value;
  if (entries.length === 0 && unreadable.length === 0)
    return (
      <Empty headline="No file has left the store yet">
        What a compaction replaces or retention removes is recorded here, and stays.
      </Empty>
    );
  const keyOf = (row: number) => `${rows[row]?.job ?? ''} ${rows[row]?.path ?? ''}`;
  return (
    <>
      <div className={table.tools}>
        <SearchField label="Find file, job or reason" value={typed} onChange={setTyped} />
        {unreadable.length > 0 && (
          <span className={styles.warn} title={unreadable.join('\n')}>
            {formatCount(unreadable.length)} {unreadable.length === 1 ? 'tombstone' : 'tombstones'} cannot be
            read
          </span>
        )}
        <span className={table.total}>
          {formatCount(rows.length)}
          {more > 0 ? ` of the newest ${formatCount(entries.length)}; ${formatCount(more)} are older` : ''}
        </span>
      </div>
      {rows.length === 0 ? (
        <Empty headline="None of the files matches" />
      ) : (
        <DataGrid
          label="Files that left the store"
          columns={columns}
          rowCount={rows.length}
          keyOf={keyOf}
          textOf={(row, { id }) => textOf(rows[row], id, zone)}
          isFaint={(row) => rows[row]?.fate === 'purged'}
          sort={sort}
          onSort={setSort}
          widths={widths}
          onWidths={setWidths}
          activeRow={rows.findIndex((_, row) => keyOf(row) === active)}
          onActivate={(row) => setActive(keyOf(row))}
        />
      )}
    </>
  );
}

const nobody: readonly AuditEntry[] = [];

const fateWords: Readonly<Record<Fate, string>> = {
  'in-place': 'in its place, dead',
  'in-trash': 'in the trash',
  restored: 'restored',
  purged: 'removed for good',
};

function textOf(entry: AuditEntry | undefined, column: string, zone: string): string {
  if (entry === undefined) return '';
  switch (column) {
    case 'at':
      return formatInstant(entry.atMs, zone).replace(/\.\d{3}/, '');
    case 'rows':
      return formatCount(entry.rows);
    case 'size':
      return formatSize(entry.sizeBytes);
    case 'fate':
      return fateWords[entry.fate];
    case 'reason':
      return entry.reason;
    case 'replacedBy':
      return entry.replacedBy ?? '–';
    case 'job':
      return entry.job;
    default:
      return entry.path;
  }
}

function valueOf(entry: AuditEntry, column: string): string | number {
  switch (column) {
    case 'at':
      return entry.atMs;
    case 'rows':
      return entry.rows;
    case 'size':
      return entry.sizeBytes;
    default:
      return textOf(entry, column, 'UTC');
  }
}
