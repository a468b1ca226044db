import { counted } from '#shared/counted';
import { compactionLevels, type CompactionLevel, type CompactionOverview } from '#shared/domain/compaction';
import type { JobSummary } from '#shared/domain/job';
import { sessionDayOf } from '#shared/domain/session-calendar';
import type { CompactionRequest } from '#shared/ipc';
import { useMemo, useState } from 'react';
import { formatCount } from '../../format/count.ts';
import { formatSize } from '../../format/size.ts';
import { useIsReader } from '../../state/use-is-reader.ts';
import { useNow } from '../../state/use-now.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { CheckBox } from '../../ui/check-box.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { definePanel } from '../define-panel.ts';
import { FollowedJob } from '../followed-job.tsx';
import table from '../table.module.css';
import styles from './compaction-panel.module.css';
import { DryRun } from './compaction-run.tsx';
import { liveStates, looseGroups, partitionKey, totalsOf, type LooseTotals } from './loose-groups.ts';
import { LooseTable } from './loose-table.tsx';
import { useOverview } from './use-overview.ts';

export const compactionPanel = definePanel({
  id: 'compaction',
  title: 'Compaction',
  home: 'bottom',
  Component: CompactionPanel,
});

function CompactionPanel() {
  const [level, setLevel] = useState<CompactionLevel>('day');
  const { overview, load } = useOverview(level);
  switch (overview.phase) {
    case 'idle':
    case 'loading':
      return <Skeleton rows={5} label="Looking for loose parts to merge" />;
    case 'failed':
      return <Failure {...overview.problem} onRetry={() => void load()} />;
    case 'ready':
      return <Shown overview={overview.value} level={level} onLevel={setLevel} />;
  }
}

/** What the right side shows: what would be done, or the job that does it. */
type Step =
  | { readonly kind: 'plan'; readonly request: CompactionRequest }
  | { readonly kind: 'job'; readonly id: string };

interface ShownProps {
  readonly overview: CompactionOverview;
  readonly level: CompactionLevel;
  readonly onLevel: (level: CompactionLevel) => void;
}

const nobody: readonly JobSummary[] = [];
const levelNames: Readonly<Record<CompactionLevel, string>> = {
  day: 'Days',
  month: 'Months',
  year: 'Years',
};

function Shown({ overview, level, onLevel }: ShownProps) {
  const list = useWorkbench((state) => state.jobs.list);
  const zone = useWorkbench((state) => state.settings.zone);
  const isReader = useIsReader();
  const now = useNow();
  const [symbol, setSymbol] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [keepParts, setKeepParts] = useState(false);
  const [step, setStep] = useState<Step | null>(null);
  const jobs = list.phase === 'ready' ? list.value.jobs : nobody;
  const states = useMemo(() => liveStates(jobs), [jobs]);
  const groups = useMemo(() => looseGroups(overview.partitions, symbol), [overview, symbol]);
  const shown = groups.flatMap((group) => group.partitions);
  const picked = shown.filter((partition) => chosen.has(partitionKey(partition)));
  const followed = step?.kind === 'job' ? jobs.find(({ id }) => id === step.id) : undefined;

  const plan = (request: CompactionRequest) =>
    setStep({ kind: 'plan', request: keepParts ? { ...request, keepParts } : request });
  const only = (partitions: typeof shown): CompactionRequest => ({
    only: partitions.map(({ dataset, timeframe, partition }) => ({ dataset, timeframe, partition })),
  });
  const choose = (keys: readonly string[], isChosen: boolean) => {
    const next = new Set(chosen);
    for (const key of keys) {
      if (isChosen) next.add(key);
      else next.delete(key);
    }
    setChosen(next);
  };

  return (
    <div className={styles.sides}>
      <div className={table.panel}>
        <div className={table.tools}>
          <div role="group" aria-label="Merge into" className={table.group}>
            {compactionLevels.map((each) => (
              <TextButton key={each} isOn={level === each} onClick={() => onLevel(each)}>
                {levelNames[each]}
              </TextButton>
            ))}
          </div>
          <SymbolChoice overview={overview} symbol={symbol} onChoose={setSymbol} />
          <CheckBox
            className={styles.keep}
            title="Leave the merged files in their place; they no longer belong to the store"
            isChecked={keepParts}
            onChange={setKeepParts}
          >
            Keep parts
          </CheckBox>
          <span className={styles.space} />
          {level === 'day' && <EndOfDay overview={overview} isOff={isReader} onChoose={plan} />}
          <TextButton
            look="outlined"
            disabled={isReader || picked.length === 0}
            onClick={() => plan(only(picked))}
          >
            Compact chosen{picked.length === 0 ? '' : ` (${formatCount(picked.length)})`}…
          </TextButton>
          <TextButton
            look="outlined"
            disabled={isReader || shown.length === 0}
            title={isReader ? 'The store is open for reading only' : undefined}
            onClick={() => plan(symbol === null ? { level } : only(shown))}
          >
            {symbol === null ? 'Compact all…' : `Compact all with ${symbol}…`}
          </TextButton>
        </div>
        <div className={styles.list} role="group" aria-label="What is loose" tabIndex={0}>
          {groups.length === 0 ? (
            <Empty headline="Everything is compacted">
              {symbol === null
                ? 'Loose parts appear here as rows are written; compacting merges them into one file a day, month or year.'
                : `Nothing with rows of ${symbol} is loose.`}
            </Empty>
          ) : (
            <LooseTable {...{ groups, chosen, states, now, zone }} onChoose={choose} />
          )}
        </div>
      </div>
      <aside className={styles.side} aria-label="Compaction">
        {followed !== undefined ? (
          <FollowedJob
            job={followed}
            now={now}
            stopped="What was merged by then stays merged; the rest is as it was."
            onBack={() => setStep(null)}
          />
        ) : step?.kind === 'plan' ? (
          <DryRun
            request={step.request}
            jobs={jobs}
            onBegun={({ id }) => {
              setChosen(new Set());
              setStep({ kind: 'job', id });
            }}
            onBack={() => setStep(null)}
          />
        ) : (
          <Totals totals={totalsOf(shown)} periods={shown.length} />
        )}
      </aside>
    </div>
  );
}

interface SymbolChoiceProps {
  readonly overview: CompactionOverview;
  readonly symbol: string | null;
  readonly onChoose: (symbol: string | null) => void;
}

/** Files hold all symbols, so a symbol narrows the list to the files that it has rows in. */
function SymbolChoice({ overview, symbol, onChoose }: SymbolChoiceProps) {
  const symbols = useMemo(() => {
    const found = new Set(overview.partitions.flatMap((each) => each.symbols.map((one) => one.symbol)));
    if (symbol !== null) found.add(symbol);
    return [...found].sort();
  }, [overview, symbol]);
  return (
    <select
      className={styles.select}
      aria-label="Symbol"
      title="Only files with rows of this symbol"
      value={symbol ?? ''}
      onChange={(event) => onChoose(event.target.value === '' ? null : event.target.value)}
    >
      <option value="">All symbols</option>
      {symbols.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </select>
  );
}

interface EndOfDayProps {
  readonly overview: CompactionOverview;
  readonly isOff: boolean;
  readonly onChoose: (request: CompactionRequest) => void;
}

/** The trading dates that have loose candles, newest first, as the store's calendar counts them. */
function EndOfDay({ overview, isOff, onChoose }: EndOfDayProps) {
  const { calendar, lastTradingDay } = overview;
  const dates = useMemo(() => {
    const found = overview.partitions
      .filter(({ dataset, level }) => dataset === 'candles' && level === 'day')
      .map(({ lastMs }) => sessionDayOf(calendar, lastMs));
    return [...new Set(found)].sort().reverse();
  }, [overview, calendar]);
  return (
    <select
      className={styles.select}
      aria-label="Compact a trading day"
      title="Merge the candles of one trading day of the store's calendar"
      value=""
      disabled={isOff || dates.length === 0}
      onChange={(event) => onChoose({ tradingDay: event.target.value })}
    >
      <option value="" disabled>
        End of day…
      </option>
      {dates.map((date) => (
        <option key={date} value={date}>
          {date}
          {date > lastTradingDay ? ' (not over yet)' : ''}
        </option>
      ))}
    </select>
  );
}

function Totals({ totals, periods }: { readonly totals: LooseTotals; readonly periods: number }) {
  if (periods === 0) return null;
  const { files, parts, rows, sizeBytes, savedBytes } = totals;
  return (
    <Empty headline={`${counted(files, 'file')} could become ${formatCount(periods)}`}>
      {formatCount(parts)} of them are loose parts; {counted(rows, 'row')}, {formatSize(sizeBytes)}.
      {savedBytes !== null && ` Merging saves about ${formatSize(savedBytes)}.`} Choose periods, or all of
      them, to see exactly what would be done.
    </Empty>
  );
}
