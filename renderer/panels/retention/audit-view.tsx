import { counted } from '#shared/counted';
import type { AuditEntry, Fate } from '#shared/domain/trash';
import { useCallback, useMemo, useState } from 'react';
import { formatCount } from '../../format/count.ts';
import { formatSecond } from '../../format/time.ts';
import { useDraft } from '../../state/use-draft.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { SortableGrid, type SortableColumn } from '../../ui/data-grid/sortable-grid.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { amountColumns, pathColumn } from '../file-columns.ts';
import table from '../table.module.css';
import styles from './retention.module.css';
import { useFresh } from '../../state/use-fresh.ts';

function columnsIn(zone: string): readonly SortableColumn<AuditEntry>[] {
  return [
    {
      ...{ id: 'at', title: 'When', width: 190 },
      valueOf: ({ atMs }) => atMs,
      textOf: ({ atMs }) => formatSecond(atMs, zone),
    },
    pathColumn,
    { id: 'fate', title: 'What became of it', width: 170, valueOf: ({ fate }) => fateWords[fate] },
    { id: 'reason', title: 'Why', width: 280, valueOf: ({ reason }) => reason },
    { id: 'replacedBy', title: 'Replaced by', width: 200, valueOf: ({ replacedBy }) => replacedBy ?? '–' },
    ...amountColumns,
    { id: 'job', title: 'Job', width: 290, valueOf: ({ job }) => job },
  ];
}

/** Every file that ever left the store. */
export function AuditView() {
  const calls = useWorkbench((state) => state.jobs.calls);
  const zone = useWorkbench((state) => state.settings.zone);
  const ask = useCallback(() => calls.audit.list({}), [calls]);
  const { found, load } = useFresh(ask);
  const [typed, setTyped] = useDraft('audit');
  const [active, setActive] = useState<string | null>(null);
  const entries = found.phase === 'ready' ? found.value.entries : nobody;
  const rows = useMemo(() => {
    const wanted = typed.trim().toLowerCase();
    return entries.filter(({ path, job, reason, fate }) =>
      [path, job, reason, fateWords[fate]].some((text) => text.toLowerCase().includes(wanted)),
    );
  }, [entries, typed]);
  const columns = useMemo(() => columnsIn(zone), [zone]);

  if (found.phase === 'failed') return <Failure {...found.problem} onRetry={() => void load()} />;
  if (found.phase !== 'ready') return <Skeleton rows={5} label="Reading the tombstones" />;
  const { more, unreadable } = found.value;
  if (entries.length === 0 && unreadable.length === 0)
    return (
      <Empty headline="No file has left the store yet">
        What a compaction replaces or retention removes is recorded here, and stays.
      </Empty>
    );
  return (
    <>
      <div className={table.tools}>
        <SearchField label="Find file, job or reason" value={typed} onChange={setTyped} />
        {unreadable.length > 0 && (
          <span className={styles.warn} title={unreadable.join('\n')}>
            {counted(unreadable.length, 'tombstone')} cannot be read
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
        <SortableGrid
          label="Files that left the store"
          columns={columns}
          rows={rows}
          keyOf={({ job, path }) => `${job} ${path}`}
          isFaint={({ fate }) => fate === 'purged'}
          chosen={active}
          onChoose={setActive}
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
