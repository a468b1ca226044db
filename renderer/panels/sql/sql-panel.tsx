import { useEffect, useState } from 'react';
import { idleRun, type SqlRun, type SqlTab } from '../../state/sql/sql-state.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Empty } from '../../ui/empty.tsx';
import { errorWording } from '../../ui/error-wording.ts';
import { definePanel } from '../define-panel.ts';
import { QueryEditor } from './query-editor.tsx';
import { QueryTabs } from './query-tabs.tsx';
import { runKeys } from './run-keys.ts';
import { Split } from './split.tsx';
import { SqlResult } from './sql-result.tsx';
import styles from './sql-panel.module.css';

export const sqlPanel = definePanel({
  id: 'sql',
  title: 'SQL',
  home: 'bottom',
  goesOnHidden: true,
  Component: SqlPanel,
});

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
      <QueryTabs tabs={tabs} active={tab.id} runs={runs} />
      <Split
        label="Edge between the statement and its rows"
        share={share}
        onShare={setShare}
        first={<QueryEditor tab={tab} run={run} />}
        second={<Outcome tab={tab} run={run} />}
      />
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
