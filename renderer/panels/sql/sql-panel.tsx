import { sqlLimits } from '#shared/domain/sql';
import { MIB } from '#shared/units';
import {
  IconDeviceFloppy,
  IconHistory,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlayerTrackNext,
  IconPlus,
  IconSitemap,
  IconX,
} from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { formatCount } from '../../format/count.ts';
import { idleRun, mostTabs, type SqlRun, type SqlTab } from '../../state/sql/sql-state.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { classNames } from '../../ui/class-names.ts';
import { Empty } from '../../ui/empty.tsx';
import { errorWording } from '../../ui/error-wording.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { isMac } from '../../ui/is-mac.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { definePanel } from '../define-panel.ts';
import type { Statement } from './editor-language.ts';
import { QueryHistory } from './query-history.tsx';
import { SavedQueries } from './saved-queries.tsx';
import { SheetButton } from './sheet-button.tsx';
import type { AskedStatements } from './sql-editor.tsx';
import { SqlResult } from './sql-result.tsx';
import styles from './sql-panel.module.css';
import { Split } from './split.tsx';

export const sqlPanel = definePanel({
  id: 'sql',
  title: 'SQL',
  home: 'bottom',
  goesOnHidden: true,
  Component: SqlPanel,
});

/** The editor is as large as the rest of the window: it comes when the panel is first looked at. */
const SqlEditor = lazy(async () => ({ default: (await import('./sql-editor.tsx')).SqlEditor }));

const rowChoices = [1_000, 10_000, 100_000, sqlLimits.usualRows];
const runKeys = isMac ? '⌘↩' : 'Ctrl+Enter';
const runAllKeys = isMac ? '⇧⌘↩' : 'Ctrl+Shift+Enter';

function SqlPanel() {
  const tabs = useWorkbench((state) => state.sql.tabs);
  const active = useWorkbench((state) => state.sql.active);
  const load = useWorkbench((state) => state.sql.load);
  const share = useWorkbench((state) => state.sql.editorShare);
  const setShare = useWorkbench((state) => state.sql.setEditorShare);
  const runs = useWorkbench((state) => state.sql.runs);
  useEffect(() => void load(), [load]);
  const tab = tabs.find(({ id }) => id === active) ?? tabs[0];
  if (tab === undefined) return null;
  const run = runs[tab.id] ?? idleRun;
  return (
    <div className={styles.panel}>
      <Tabs tabs={tabs} active={tab.id} runs={runs} />
      <Split
        label="Edge between the statement and its rows"
        share={share}
        onShare={setShare}
        first={<Query tab={tab} run={run} />}
        second={<Outcome tab={tab} run={run} />}
      />
    </div>
  );
}

interface TabsProps {
  readonly tabs: readonly SqlTab[];
  readonly active: string;
  readonly runs: Readonly<Record<string, SqlRun>>;
}

function Tabs({ tabs, active, runs }: TabsProps) {
  const { activate, addTab, closeTab } = useWorkbench((state) => state.sql);
  const step = (event: KeyboardEvent, index: number) => {
    const here = tabs[index];
    if (event.key === 'Delete' && here !== undefined) {
      event.preventDefault();
      closeTab(here.id);
      return;
    }
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = by === undefined ? undefined : tabs[index + by];
    if (next === undefined) return;
    event.preventDefault();
    activate(next.id);
    document.getElementById(`sql-tab-${next.id}`)?.focus();
  };
  return (
    <div className={styles.tabs}>
      <div role="tablist" aria-label="Queries" className={styles.tabList}>
        {tabs.map(({ id, name }, index) => (
          <span
            key={id}
            role="presentation"
            className={classNames(styles.tab, id === active && styles.activeTab)}
          >
            <button
              type="button"
              role="tab"
              id={`sql-tab-${id}`}
              aria-selected={id === active}
              tabIndex={id === active ? 0 : -1}
              className={styles.tabName}
              title={`${name} (Delete closes it)`}
              onClick={() => activate(id)}
              onKeyDown={(event) => step(event, index)}
            >
              {name}
              {runs[id]?.phase === 'running' && ' …'}
            </button>
            {/* A list of tabs may hold nothing but tabs: whoever uses keys or hears the page closes one by Delete. */}
            <IconButton label={`Close ${name}`} aria-hidden tabIndex={-1} onClick={() => closeTab(id)}>
              <IconX size={12} />
            </IconButton>
          </span>
        ))}
      </div>
      <IconButton
        label={tabs.length < mostTabs ? 'New query' : `No more than ${mostTabs} queries at once`}
        disabled={tabs.length >= mostTabs}
        onClick={() => addTab()}
      >
        <IconPlus size={14} />
      </IconButton>
    </div>
  );
}

function Query({ tab, run }: { readonly tab: SqlTab; readonly run: SqlRun }) {
  const schema = useWorkbench((state) =>
    state.sql.schema.phase === 'ready' ? state.sql.schema.value : null,
  );
  const sql = useWorkbench((state) => state.sql);
  const [isSaving, setSaving] = useState(false);
  const statements = useRef<AskedStatements | null>(null);
  const [isReady, setReady] = useState(false);
  const onReady = useMemo(
    () => (asked: AskedStatements | null) => {
      statements.current = asked;
      setReady(asked !== null);
    },
    [],
  );
  const fault = useMemo(
    () =>
      run.faultAt === null || run.problem === null ? null : { at: run.faultAt, message: run.problem.message },
    [run.faultAt, run.problem],
  );
  const start = ({ text, from }: Statement, prefix = '') => void sql.run(tab.id, text, from, prefix);
  const startAsked = (prefix = '') => {
    const statement = statements.current?.chosen();
    if (statement === undefined) return;
    start(statement, /^\s*explain\b/i.test(statement.text) ? '' : prefix);
  };
  return (
    <div className={styles.query}>
      <div className={styles.editor}>
        <Suspense fallback={<Skeleton rows={3} label="Opening the editor" />}>
          <SqlEditor
            id={tab.id}
            text={tab.text}
            schema={schema}
            fault={fault}
            onChange={(text) => sql.setText(tab.id, text)}
            onRun={start}
            onRunAll={(all) => void sql.runAll(tab.id, all)}
            onSave={() => setSaving(true)}
            onReady={onReady}
          />
        </Suspense>
      </div>
      <div className={styles.foot}>
        {run.phase === 'running' ? (
          <TextButton look="primary" onClick={() => void sql.cancel(tab.id)}>
            <IconPlayerStop size={14} aria-hidden /> Cancel
          </TextButton>
        ) : (
          <TextButton
            look="primary"
            disabled={!isReady}
            title={`Runs what is selected, or the statement at the cursor (${runKeys})`}
            onClick={() => startAsked()}
          >
            <IconPlayerPlay size={14} aria-hidden /> Run
          </TextButton>
        )}
        <IconButton
          label={`Run all statements, one after the other (${runAllKeys})`}
          disabled={!isReady || run.phase === 'running'}
          onClick={() => void sql.runAll(tab.id, statements.current?.all() ?? [])}
        >
          <IconPlayerTrackNext size={14} />
        </IconButton>
        <TextButton
          disabled={!isReady || run.phase === 'running'}
          title="Shows how the statement would be run, without running it"
          onClick={() => startAsked('EXPLAIN ')}
        >
          <IconSitemap size={14} aria-hidden /> Explain
        </TextButton>
        <SheetButton
          isOpen={isSaving}
          onOpen={setSaving}
          title="Saved queries of this store"
          label={
            <>
              <IconDeviceFloppy size={14} aria-hidden /> Saved
            </>
          }
        >
          {(close) => <SavedQueries tab={tab} onDone={close} />}
        </SheetButton>
        <SheetButton
          title="Queries that were run"
          label={
            <>
              <IconHistory size={14} aria-hidden /> History
            </>
          }
        >
          {(close) => <QueryHistory onDone={close} />}
        </SheetButton>
        <span className={styles.space} />
        <label
          className={styles.limit}
          title={`At most so many rows of a result are kept. A query may take ${sqlLimits.usualTimeMs / 1_000} s and ${sqlLimits.memoryBytes / MIB / 1_024} GiB of memory.`}
        >
          Rows
          <select
            className={styles.select}
            value={sql.maxRows}
            onChange={(event) => sql.setMaxRows(Number(event.target.value))}
          >
            {[...new Set([...rowChoices, sql.maxRows])]
              .sort((a, b) => a - b)
              .map((rows) => (
                <option key={rows} value={rows}>
                  {formatCount(rows)}
                </option>
              ))}
          </select>
        </label>
      </div>
    </div>
  );
}

function Outcome({ tab, run }: { readonly tab: SqlTab; readonly run: SqlRun }) {
  const { phase, problem, result } = run;
  return (
    <>
      {phase === 'running' && <Running key={run.startedMs} startedMs={run.startedMs} />}
      {problem !== null && phase !== 'running' && (
        <p className={styles.problem} role="alert">
          <strong>{errorWording[problem.code]}</strong>{' '}
          {problem.place !== undefined && `Line ${problem.place.line}, column ${problem.place.column}: `}
          {problem.message}
        </p>
      )}
      {result !== null && <SqlResult key={result.answer.result} tab={tab} shown={result} />}
      {result === null && phase !== 'running' && problem === null && (
        <Empty headline="Ask the store">
          Tables: <code>candles</code>, <code>objects</code> as they stand, <code>object_events</code> and{' '}
          <code>rollups</code>. Nothing in the store can be changed from here. {runKeys} runs the statement.
        </Empty>
      )}
    </>
  );
}

/** Says how long it has been at it, so that waiting can be told from hanging. */
function Running({ startedMs }: { readonly startedMs: number }) {
  const [elapsedMs, setElapsed] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setElapsed(Date.now() - startedMs), 500);
    return () => clearInterval(timer);
  }, [startedMs]);
  return (
    <p className={styles.running} role="status">
      Running{elapsedMs >= 1_000 ? `, ${Math.floor(elapsedMs / 1_000)} s` : '…'}
    </p>
  );
}
