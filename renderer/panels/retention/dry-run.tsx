import { counted } from '#shared/counted';
import type { JobSummary } from '#shared/domain/job';
import type { KeptKind, RetainedFile, RetentionPlan } from '#shared/domain/retention';
import type { RetentionRequest } from '#shared/ipc';
import { useEffect, useMemo, useState } from 'react';
import { problemOf, settle, type Loadable } from '../../data/problem.ts';
import { formatCount } from '../../format/count.ts';
import { formatExactSize, formatSize } from '../../format/size.ts';
import { useJobActions } from '../../state/use-job-actions.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { SortableGrid, type SortableColumn } from '../../ui/data-grid/sortable-grid.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { amountColumns, pathColumn, spanColumns, symbolsColumn } from '../file-columns.ts';
import table from '../table.module.css';
import { ConfirmTyped } from './confirm-typed.tsx';
import { groupKey, planAsCsv, planAsJson, planGroups } from './plan-groups.ts';
import styles from './retention.module.css';

export interface DryRunProps {
  readonly request: RetentionRequest;
  readonly isReader: boolean;
  readonly onBegun: (job: JobSummary) => void;
  readonly onBack: () => void;
}

/** The exact list of what would go and what stays and why, and the way to have it done. */
export function DryRun({ request, isReader, onBegun, onBack }: DryRunProps) {
  const calls = useWorkbench((state) => state.jobs.calls);
  const [plan, setPlan] = useState<Loadable<RetentionPlan>>({ phase: 'loading' });
  const [notice, setNotice] = useState<string | null>(null);
  useEffect(() => {
    let isWanted = true;
    void settle(calls.retention.plan(request)).then((found) => {
      if (isWanted) setPlan(found);
    });
    return () => {
      isWanted = false;
    };
  }, [calls, request]);

  const { begin } = useJobActions();
  const start = async ({ atMs, digest }: RetentionPlan) => {
    try {
      const job = await calls.retention.start({ ...request, atMs, digest });
      await begin(Promise.resolve(job));
      onBegun(job);
    } catch (error) {
      setNotice(problemOf(error).message);
      setPlan(await settle(calls.retention.plan(request)));
    }
  };
  if (plan.phase === 'failed') return <Failure {...plan.problem} onRetry={onBack} />;
  if (plan.phase !== 'ready') return <Skeleton rows={5} label="Planning" />;
  return <Planned {...{ plan: plan.value, notice, isReader, onBack }} onStart={() => start(plan.value)} />;
}

/** Which files of the plan are listed. */
type List = 'going' | 'staying';

type Shown = RetainedFile & { readonly why: string; readonly kind: KeptKind | null };

function columnsIn(zone: string): readonly SortableColumn<Shown>[] {
  return [
    pathColumn,
    { id: 'why', title: 'Why', width: 330, valueOf: ({ why }) => why },
    ...amountColumns,
    symbolsColumn,
    ...spanColumns(zone),
  ];
}

interface PlannedProps {
  readonly plan: RetentionPlan;
  readonly notice: string | null;
  readonly isReader: boolean;
  readonly onStart: () => Promise<void>;
  readonly onBack: () => void;
}

function Planned({ plan, notice, isReader, onStart, onBack }: PlannedProps) {
  const zone = useWorkbench((state) => state.settings.zone);
  const [list, setList] = useState<List>(plan.files.length > 0 ? 'going' : 'staying');
  const [group, setGroup] = useState<string | null>(null);
  const [isConfirming, setConfirming] = useState(false);
  const [isStarting, setStarting] = useState(false);
  const files = useMemo<readonly Shown[]>(
    () =>
      list === 'going'
        ? plan.files.map((file) => ({ ...file, why: file.reason, kind: null }))
        : plan.kept.map((file) => ({ ...file, why: file.because })),
    [plan, list],
  );
  const rows = useMemo(
    () => files.filter((file) => group === null || groupKey(file) === group),
    [files, group],
  );
  const columns = useMemo(() => columnsIn(zone), [zone]);
  const count = countOf(plan);

  const choose = (next: List) => {
    setList(next);
    setGroup(null);
  };

  return (
    <>
      <PlanTools
        {...{ plan, list, isReader, onBack }}
        isStarting={isStarting}
        onList={choose}
        onRemove={() => setConfirming(true)}
      />
      {notice !== null && (
        <p className={`${table.tools ?? ''} ${styles.warn ?? ''}`} role="alert">
          {notice}
        </p>
      )}
      {files.length === 0 ? (
        <Empty
          headline={list === 'going' ? 'Nothing is past its limits' : 'Everything that was looked at goes'}
        >
          {list === 'going'
            ? 'The other list says why each file stays.'
            : 'The policies that are on look at no other file.'}
        </Empty>
      ) : (
        <div className={styles.plan}>
          <Groups files={files} chosen={group} onChoose={setGroup} />
          <SortableGrid
            label={list === 'going' ? 'Files that would go' : 'Files that stay'}
            columns={columns}
            rows={rows}
            keyOf={({ path }) => path}
            chosen={null}
            onChoose={nothing}
          />
        </div>
      )}
      {isConfirming && (
        <ConfirmTyped
          title={`Remove ${count}`}
          words={`remove ${count}`}
          verb="Remove"
          onClose={() => setConfirming(false)}
          onConfirm={() => {
            setConfirming(false);
            setStarting(true);
            void onStart().finally(() => setStarting(false));
          }}
        >
          Exactly the {count} of this list, {counted(plan.rows, 'row')} and {formatSize(plan.sizeBytes)},
          leave the store. They lie in the trash until their deadline and can be restored from there.
        </ConfirmTyped>
      )}
    </>
  );
}

interface PlanToolsProps {
  readonly plan: RetentionPlan;
  readonly list: List;
  readonly isReader: boolean;
  readonly isStarting: boolean;
  readonly onList: (list: List) => void;
  readonly onRemove: () => void;
  readonly onBack: () => void;
}

function PlanTools({ plan, list, isReader, isStarting, onList, onRemove, onBack }: PlanToolsProps) {
  const save = useSaveText();
  const share = plan.storeSizeBytes === 0 ? 0 : (plan.sizeBytes / plan.storeSizeBytes) * 100;
  const stamp = new Date(plan.atMs).toISOString().slice(0, 10);
  const isEmpty = plan.files.length === 0;
  return (
    <div className={table.tools}>
      <h2 className={styles.title}>{isEmpty ? 'Nothing would go' : `${countOf(plan)} would go`}</h2>
      {!isEmpty && (
        <span className={styles.figures} title={formatExactSize(plan.sizeBytes)}>
          {counted(plan.rows, 'row')}, {formatSize(plan.sizeBytes)}, {share.toFixed(share < 10 ? 1 : 0)} % of
          the store
        </span>
      )}
      <div role="group" aria-label="Files that" className={table.group}>
        <TextButton isOn={list === 'going'} onClick={() => onList('going')}>
          Go {formatCount(plan.files.length)}
        </TextButton>
        <TextButton isOn={list === 'staying'} onClick={() => onList('staying')}>
          Stay {formatCount(plan.kept.length)}
        </TextButton>
      </div>
      <span className={styles.space} />
      <TextButton onClick={() => void save(`retention-${stamp}.csv`, planAsCsv(plan))}>Save CSV…</TextButton>
      <TextButton onClick={() => void save(`retention-${stamp}.json`, planAsJson(plan))}>
        Save JSON…
      </TextButton>
      <TextButton onClick={onBack}>Back</TextButton>
      <TextButton
        look="primary"
        disabled={isEmpty || isReader || isStarting}
        title={isReader ? 'The store is open for reading only' : undefined}
        onClick={onRemove}
      >
        Remove…
      </TextButton>
    </div>
  );
}

function countOf({ files }: RetentionPlan): string {
  return counted(files.length, 'file');
}

/** Saves a text where the user says, and tells where that was. */
function useSaveText(): (name: string, text: string) => Promise<void> {
  const main = useWorkbench((state) => state.window.main);
  const say = useWorkbench((state) => state.window.say);
  return async (name, text) => {
    try {
      const saved = await main.saveText({ name, text });
      if (saved !== null) say({ tone: 'good', text: `Saved ${saved.file}` });
    } catch (error) {
      say({ tone: 'bad', text: problemOf(error).message });
    }
  };
}

interface GroupsProps {
  readonly files: readonly RetainedFile[];
  /** The key of the group whose files alone are listed; null for all. */
  readonly chosen: string | null;
  readonly onChoose: (key: string | null) => void;
}

function Groups({ files, chosen, onChoose }: GroupsProps) {
  const groups = useMemo(() => planGroups(files), [files]);
  return (
    <div className={styles.groups} role="group" aria-label="Groups of files">
      {groups.map((each) => (
        <button
          key={each.key}
          type="button"
          className={styles.group}
          aria-pressed={chosen === each.key}
          onClick={() => onChoose(chosen === each.key ? null : each.key)}
        >
          <span>
            {each.dataset} {each.timeframe}
          </span>
          <span className={styles.figures}>{formatSize(each.sizeBytes)}</span>
          <span className={styles.figures}>{each.symbols || 'no symbol'}</span>
          <span className={styles.figures}>
            {counted(each.files, 'file')}, {counted(each.rows, 'row')}
          </span>
        </button>
      ))}
    </div>
  );
}

function nothing(): void {
  // A file has no view of its own here.
}
