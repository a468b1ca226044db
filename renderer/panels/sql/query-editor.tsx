import { sqlLimits } from '#shared/domain/sql';
import { MIB } from '#shared/units';
import {
  IconDeviceFloppy,
  IconHistory,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlayerTrackNext,
  IconSitemap,
} from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { formatCount } from '../../format/count.ts';
import type { SqlRun, SqlTab } from '../../state/sql/sql-state.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import type { Statement } from './editor-language.ts';
import { QueryHistory } from './query-history.tsx';
import { runAllKeys, runKeys } from './run-keys.ts';
import { SavedQueries } from './saved-queries.tsx';
import { SheetButton } from './sheet-button.tsx';
import type { AskedStatements } from './sql-editor.tsx';
import styles from './sql-panel.module.css';

export interface QueryEditorProps {
  readonly tab: SqlTab;
  readonly run: SqlRun;
}

/** The editor is as large as the rest of the window: it comes when the panel is first looked at. */
const SqlEditor = lazy(async () => ({ default: (await import('./sql-editor.tsx')).SqlEditor }));

const rowChoices = [1_000, 10_000, 100_000, sqlLimits.usualRows];

/** What is asked, and below it how. */
export function QueryEditor({ tab, run }: QueryEditorProps) {
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
        <RunButtons
          isRunning={run.phase === 'running'}
          isReady={isReady}
          onRun={() => startAsked()}
          onRunAll={() => void sql.runAll(tab.id, statements.current?.all() ?? [])}
          onExplain={() => startAsked('EXPLAIN ')}
          onCancel={() => void sql.cancel(tab.id)}
        />
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
        <RowLimit maxRows={sql.maxRows} onChange={sql.setMaxRows} />
      </div>
    </div>
  );
}

interface RunButtonsProps {
  readonly isRunning: boolean;
  /** False until the editor is there. */
  readonly isReady: boolean;
  readonly onRun: () => void;
  readonly onRunAll: () => void;
  readonly onExplain: () => void;
  readonly onCancel: () => void;
}

function RunButtons({ isRunning, isReady, onRun, onRunAll, onExplain, onCancel }: RunButtonsProps) {
  const isOff = !isReady || isRunning;
  return (
    <>
      {isRunning ? (
        <TextButton look="primary" onClick={onCancel}>
          <IconPlayerStop size={14} aria-hidden /> Cancel
        </TextButton>
      ) : (
        <TextButton
          look="primary"
          disabled={!isReady}
          title={`Runs what is selected, or the statement at the cursor (${runKeys})`}
          onClick={onRun}
        >
          <IconPlayerPlay size={14} aria-hidden /> Run
        </TextButton>
      )}
      <IconButton
        label={`Run all statements, one after the other (${runAllKeys})`}
        disabled={isOff}
        onClick={onRunAll}
      >
        <IconPlayerTrackNext size={14} />
      </IconButton>
      <TextButton
        disabled={isOff}
        title="Shows how the statement would be run, without running it"
        onClick={onExplain}
      >
        <IconSitemap size={14} aria-hidden /> Explain
      </TextButton>
    </>
  );
}

interface RowLimitProps {
  readonly maxRows: number;
  readonly onChange: (maxRows: number) => void;
}

function RowLimit({ maxRows, onChange }: RowLimitProps) {
  return (
    <label
      className={styles.limit}
      title={`At most so many rows of a result are kept. A query may take ${sqlLimits.usualTimeMs / 1_000} s and ${sqlLimits.memoryBytes / MIB / 1_024} GiB of memory.`}
    >
      Rows
      <select
        className={styles.select}
        value={maxRows}
        onChange={(event) => onChange(Number(event.target.value))}
      >
        {[...new Set([...rowChoices, maxRows])]
          .sort((a, b) => a - b)
          .map((rows) => (
            <option key={rows} value={rows}>
              {formatCount(rows)}
            </option>
          ))}
      </select>
    </label>
  );
}
