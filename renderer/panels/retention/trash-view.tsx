import { counted } from '#shared/counted';
import type { TrashEntry } from '#shared/domain/trash';
import { useCallback, useMemo, useState } from 'react';
import { formatCount } from '../../format/count.ts';
import { formatSize } from '../../format/size.ts';
import { formatSecond } from '../../format/time.ts';
import { useIsReader } from '../../state/use-is-reader.ts';
import { useJobActions } from '../../state/use-job-actions.ts';
import { useNow } from '../../state/use-now.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { SortableGrid, type SortableColumn } from '../../ui/data-grid/sortable-grid.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { amountColumns } from '../file-columns.ts';
import { FollowedJob } from '../followed-job.tsx';
import table from '../table.module.css';
import { ConfirmTyped } from './confirm-typed.tsx';
import styles from './retention.module.css';
import { trashGroups, type TrashGroup } from './trash-groups.ts';
import { useFresh } from '../../state/use-fresh.ts';

/** What lies in the trash and until when; the way back, and the way out for good. */
export function TrashView() {
  const calls = useWorkbench((state) => state.jobs.calls);
  const ask = useCallback(() => calls.trash.list({}), [calls]);
  const { found, load } = useFresh(ask);
  switch (found.phase) {
    case 'idle':
    case 'loading':
      return <Skeleton rows={5} label="Looking into the trash" />;
    case 'failed':
      return <Failure {...found.problem} onRetry={() => void load()} />;
    case 'ready':
      return <Shown files={found.value} />;
  }
}

function columnsIn(zone: string): readonly SortableColumn<TrashGroup>[] {
  return [
    { id: 'job', title: 'Put there by', width: 290, valueOf: ({ job }) => job },
    {
      ...{ id: 'files', title: 'Files', width: 60, align: 'right' },
      valueOf: ({ files }) => files.length,
      textOf: ({ files }) => formatCount(files.length),
    },
    ...amountColumns,
    {
      ...{ id: 'at', title: 'When', width: 190 },
      valueOf: ({ atMs }) => atMs,
      textOf: ({ atMs }) => formatSecond(atMs, zone),
    },
    {
      ...{ id: 'until', title: 'Kept until', width: 190 },
      valueOf: ({ deadlineMs }) => deadlineMs ?? Infinity,
      textOf: ({ deadlineMs }) => (deadlineMs === null ? 'for ever' : formatSecond(deadlineMs, zone)),
    },
    { id: 'note', title: 'Note', width: 200, valueOf: noteOn },
  ];
}

function noteOn({ heldBy, missing, unmoved }: TrashGroup): string {
  return [
    ...(heldBy === null ? [] : [`held: ${heldBy}`]),
    ...(unmoved === 0 ? [] : [`${formatCount(unmoved)} still to be moved`]),
    ...(missing === 0 ? [] : [`${formatCount(missing)} missing`]),
  ].join('; ');
}

function Shown({ files }: { readonly files: readonly TrashEntry[] }) {
  const calls = useWorkbench((state) => state.jobs.calls);
  const list = useWorkbench((state) => state.jobs.list);
  const zone = useWorkbench((state) => state.settings.zone);
  const isReader = useIsReader();
  const { begin } = useJobActions();
  const now = useNow();
  const [chosen, setChosen] = useState<string | null>(null);
  const [isPurging, setPurging] = useState(false);
  const [following, setFollowing] = useState<string | null>(null);
  const groups = useMemo(() => trashGroups(files), [files]);
  const columns = useMemo(() => columnsIn(zone), [zone]);
  const group = groups.find(({ job }) => job === chosen) ?? null;
  const job = list.phase === 'ready' ? list.value.jobs.find(({ id }) => id === following) : undefined;
  const follow = async (start: ReturnType<typeof calls.trash.startRestore>) => {
    const begun = await begin(start);
    if (begun !== null) setFollowing(begun.id);
  };

  if (job !== undefined)
    return (
      <FollowedJob
        job={job}
        now={now}
        stopped="What is still in the trash can be restored."
        onBack={() => setFollowing(null)}
      />
    );
  if (groups.length === 0)
    return (
      <Empty headline="The trash is empty">
        Files that a compaction replaced or that retention removed lie here until their deadline.
      </Empty>
    );
  const due = groups.filter(({ deadlineMs, heldBy }) => heldBy === null && (deadlineMs ?? Infinity) <= now);
  const dueFiles = due.reduce((sum, each) => sum + each.files.length, 0);
  const why = isReader ? 'The store is open for reading only' : undefined;
  return (
    <>
      <div className={table.tools}>
        <span className={styles.figures}>
          {counted(files.length, 'file')},{' '}
          {formatSize(files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))}
        </span>
        <span className={styles.space} />
        <TextButton
          disabled={dueFiles === 0 || isReader}
          title={why ?? 'Removes for good what is past its deadline; the store does so by itself, too'}
          onClick={() => void follow(calls.trash.startPurge({}))}
        >
          Empty what is due{dueFiles === 0 ? '' : ` (${formatCount(dueFiles)})`}
        </TextButton>
        <TextButton
          disabled={group === null || group.heldBy !== null || isReader}
          title={why ?? (group?.heldBy == null ? undefined : `Held: ${group.heldBy}`)}
          onClick={() => setPurging(true)}
        >
          Purge…
        </TextButton>
        <TextButton
          look="outlined"
          disabled={group === null || isReader}
          title={why ?? (group === null ? 'Choose a job first' : 'Its files belong to the store again')}
          onClick={() => group !== null && void follow(calls.trash.startRestore({ job: group.job }))}
        >
          Restore
        </TextButton>
      </div>
      <div className={styles.plan}>
        <FilesOf group={group} />
        <SortableGrid
          label="Jobs with files in the trash"
          columns={columns}
          rows={groups}
          keyOf={({ job: id }) => id}
          chosen={chosen}
          onChoose={setChosen}
        />
      </div>
      {isPurging && group !== null && (
        <ConfirmTyped
          title="Remove for good"
          words={`purge ${group.files.length} ${group.files.length === 1 ? 'file' : 'files'}`}
          verb="Purge"
          onClose={() => setPurging(false)}
          onConfirm={() => {
            setPurging(false);
            void follow(calls.trash.startPurge({ job: group.job }));
          }}
        >
          The files of {group.job} are removed from the disk, with {counted(group.rows, 'row')}. Nothing
          brings them back.
        </ConfirmTyped>
      )}
    </>
  );
}

function FilesOf({ group }: { readonly group: TrashGroup | null }) {
  return (
    <div className={styles.groups} aria-label="Files of the chosen job">
      {group === null ? (
        <Empty headline="Choose a job to see its files" />
      ) : (
        group.files.slice(0, mostFiles).map((file) => (
          <div key={file.path} className={styles.group} title={file.replacedBy ?? undefined}>
            <span title={file.path}>{file.path}</span>
            <span className={styles.figures}>{formatSize(file.sizeBytes)}</span>
            <span className={file.isMissing ? styles.fault : styles.figures}>{whereabouts(file)}</span>
            <span className={styles.figures}>{counted(file.rows, 'row')}</span>
          </div>
        ))
      )}
      {group !== null && group.files.length > mostFiles && (
        <p className={styles.hint}>And {formatCount(group.files.length - mostFiles)} more.</p>
      )}
    </div>
  );
}

function whereabouts({ isMissing, place, replacedBy }: TrashEntry): string {
  if (isMissing) return 'missing: removed by hand';
  const rows = replacedBy === null ? 'retired' : `now in ${replacedBy}`;
  return place === 'trash' ? rows : `${rows}; still under its own name`;
}

/** More are not worth elements of the page; restoring and purging take all. */
const mostFiles = 500;
