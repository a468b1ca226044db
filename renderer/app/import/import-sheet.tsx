import type { ImportInspection } from '#shared/domain/import';
import { IconFile, IconFolder } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import {
  blankImportForm,
  importDraft,
  importRequestOf,
  readImportForm,
  writeImportForm,
  type ImportForm,
} from '../../data/import-form.ts';
import { formatInstant } from '../../format/time.ts';
import { FollowedJob } from '../../panels/followed-job.tsx';
import { chooseImports } from '../../state/begin-import.ts';
import { useDraft } from '../../state/use-draft.ts';
import { useJobActions } from '../../state/use-job-actions.ts';
import { useNow } from '../../state/use-now.ts';
import { useWorkbench, useWorkbenchStore } from '../../state/use-workbench.ts';
import { DialogHead } from '../../ui/dialog-head.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Empty } from '../../ui/empty.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { guessesFor } from './guesses-for.ts';
import { ImportColumns } from './import-columns.tsx';
import { ImportFields } from './import-fields.tsx';
import styles from './import.module.css';
import { ImportLook } from './import-look.tsx';
import { useInspection } from './use-inspection.ts';

/** Brings bars in from files of other programs: what they hold, what would be stored, and then the import itself. */
export function ImportSheet() {
  const isOpen = useWorkbench((state) => state.overlay.open === 'import');
  const hide = useWorkbench((state) => state.overlay.hide);
  if (!isOpen) return null;
  const close = () => hide('import');
  return (
    <Dialog label="Import" onClose={close} className={styles.sheet}>
      <DialogHead title="Import bars" onClose={close} />
      <Import />
    </Dialog>
  );
}

function Import() {
  const store = useWorkbenchStore();
  const calls = useWorkbench((state) => state.imports.calls);
  const zone = useWorkbench((state) => state.settings.zone);
  const readOnly = useWorkbench(({ catalog: { summary } }) =>
    summary.phase === 'ready' ? summary.value.readOnlyReason : null,
  );
  const [draft, setDraft] = useDraft(importDraft);
  const { begin } = useJobActions();
  const [jobId, setJobId] = useState<string | null>(null);
  const form = useMemo(() => readImportForm(draft), [draft]);
  const request = useMemo(() => importRequestOf(form), [form]);
  const { inspection, isAnswered, isLooking, look } = useInspection(jobId === null ? request : null);
  const change = (part: Partial<ImportForm>) => {
    const latest = readImportForm(store.getState().workspace.drafts[importDraft] ?? '');
    setDraft(writeImportForm({ ...latest, ...part }));
  };
  const found = inspection?.phase === 'ready' ? inspection.value : null;
  const guesses = useMemo(() => (found === null ? null : guessesFor(found, form)), [found, form]);
  useEffect(() => {
    if (guesses === null || !isAnswered) return;
    const latest = readImportForm(store.getState().workspace.drafts[importDraft] ?? '');
    setDraft(writeImportForm({ ...latest, ...guesses }));
  }, [guesses, isAnswered, setDraft, store]);

  const start = async () => {
    if (request === null) return;
    const job = await begin(calls.start(request));
    if (job !== null) setJobId(job.id);
  };
  if (jobId !== null) {
    return (
      <RunningImport
        id={jobId}
        onBack={() => setJobId(null)}
        onDone={() => setDraft(writeImportForm(blankImportForm))}
      />
    );
  }
  const choosing = (
    <>
      <TextButton look="outlined" data-autofocus onClick={() => void chooseImports(store, 'files')}>
        <IconFile size={14} aria-hidden /> Choose files…
      </TextButton>
      <TextButton look="outlined" onClick={() => void chooseImports(store, 'folder')}>
        <IconFolder size={14} aria-hidden /> Choose a folder…
      </TextButton>
    </>
  );
  if (request === null) {
    return (
      <div className={styles.nothing}>
        <Empty headline="Drop files or a folder here">
          {wantedText(form, zone)}
          CSV, JSON, Parquet, Arrow, Lean archives and Binance klines, packed or not. They are looked through
          first; nothing is stored until you say so.
        </Empty>
        <div className={styles.choosing}>{choosing}</div>
      </div>
    );
  }
  const lacks = readOnly ?? lackOf(found, form);
  const rows = found?.report.rows ?? 0;
  return (
    <>
      <div className={styles.bar}>
        {choosing}
        <span className={styles.files} title={form.files.join('\n')}>
          {filesText(form.files)}
        </span>
      </div>
      <div className={styles.sides}>
        <div className={styles.form}>
          <ImportFields form={form} inspection={found} onChange={change} />
          <ImportColumns form={form} sources={found?.sources ?? []} onChange={change} />
        </div>
        <ImportLook inspection={inspection} isStale={isLooking && !isAnswered} onLook={look} />
      </div>
      <div className={styles.foot}>
        <span className={styles.lacks} role="status">
          {isLooking ? lookingText(found, isAnswered) : lacks}
        </span>
        <TextButton
          look="primary"
          disabled={isLooking || found === null || lacks !== null || rows === 0}
          onClick={() => void start()}
        >
          Import
        </TextButton>
      </div>
    </>
  );
}

/** What the sheet was opened for, before there are files. */
function wantedText({ symbol, timeframe, from, until }: ImportForm, zone: string): string {
  const whose = [symbol, timeframe].filter((each) => each !== null && each !== '').join(' ');
  if (whose === '') return '';
  const range =
    from === null || until === null
      ? ''
      : ` from ${formatInstant(from, zone)} until ${formatInstant(until, zone)}`;
  return `Bars of ${whose}${range} are taken from them. `;
}

function lookingText(found: ImportInspection | null, isAnswered: boolean): string {
  return found?.isPartial === true && isAnswered
    ? 'This is the start of the files; looking through the rest…'
    : 'Looking through the files…';
}

/** What keeps an import from beginning; null when nothing does. */
function lackOf(
  found: ImportInspection | null,
  { symbol, timeframe, onConflict }: ImportForm,
): string | null {
  if (found === null) return null;
  const { missing, report } = found;
  if (missing.includes('symbol') && (symbol ?? '').trim() === '') return 'Say whose bars they are.';
  if (missing.includes('timeframe') && (timeframe ?? '').trim() === '') return 'Say how long the bars are.';
  if (onConflict === 'stop' && report.conflicts > 0) return 'Other values are stored for some of these bars.';
  return report.rows === 0 ? 'There is nothing new to store.' : null;
}

function filesText(files: readonly string[]): string {
  const names = files.map((file) => file.split(/[/\\]/).at(-1) ?? file);
  return names.length <= 3
    ? names.join(', ')
    : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}

interface RunningImportProps {
  readonly id: string;
  readonly onBack: () => void;
  /** All of it is stored: what was said of its files is not needed again. */
  readonly onDone: () => void;
}

function RunningImport({ id, onBack, onDone }: RunningImportProps) {
  const job = useWorkbench(({ jobs: { list } }) =>
    list.phase === 'ready' ? list.value.jobs.find((each) => each.id === id) : undefined,
  );
  const now = useNow();
  const request = useWorkbench((state) => state.workspace.request);
  const hide = useWorkbench((state) => state.overlay.hide);
  // What is asked for lies behind the sheet.
  useEffect(() => {
    if (request?.kind === 'show') hide('import');
  }, [request, hide]);
  const isDone = job?.state === 'done';
  useEffect(() => {
    if (isDone) onDone();
    // Once, whatever is drawn anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isDone]);
  if (job === undefined) return <Empty headline="The job is not in the list any more" />;
  return (
    <div className={styles.running}>
      <FollowedJob
        job={job}
        now={now}
        stopped="Nothing of it was stored, unless the log says that days were replaced. Importing again goes on from there."
        onBack={onBack}
      />
    </div>
  );
}
