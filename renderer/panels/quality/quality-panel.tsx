import { parseTimeframe, timeframeLength } from '#shared/domain/timeframe';
import type { SymbolSummary } from '#shared/domain/store-summary';
import { useEffect, useState, type ReactNode } from 'react';
import type { SeriesKey } from '../../data/bar-window.ts';
import { formatInstant } from '../../format/time.ts';
import { useDraft } from '../../state/use-draft.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { definePanel } from '../define-panel.ts';
import table from '../table.module.css';
import { CoverageCalendar } from './coverage-calendar.tsx';
import { FindingActions, GapActions } from './row-actions.tsx';
import { QualityLists } from './quality-lists.tsx';
import styles from './quality-panel.module.css';
import { listedFor, type Listed } from './quality-rows.ts';
import { ScoreCard } from './score-card.tsx';
import { SeriesOverview } from './series-overview.tsx';

export const qualityPanel = definePanel({
  id: 'quality',
  title: 'Quality',
  home: 'bottom',
  Component: QualityPanel,
});

const nobody: readonly SymbolSummary[] = [];

function QualityPanel() {
  const symbols = useWorkbench((state) =>
    state.catalog.symbols.phase === 'ready' ? state.catalog.symbols.value : nobody,
  );
  const shown = useWorkbench((state) => state.chart.key);
  const [draft, setDraft] = useDraft('quality');
  const [view, setView] = useDraft('quality-view');
  const withBars = symbols.filter(({ timeframes }) => timeframes.length > 0);
  if (withBars.length === 0) {
    return (
      <Empty headline="No bars to look at">
        How complete and how right the bars of a series are is told here, once the store has some.
      </Empty>
    );
  }
  // Empty while the chart is followed.
  const chosen = seriesOfText(draft);
  const series = storedSeries(withBars, chosen ?? shown);
  const choose = (next: SeriesKey | null) =>
    setDraft(next === null ? '' : `${next.timeframe} ${next.symbol}`);
  const isOverview = view === 'all';
  const views = (
    <div role="group" aria-label="Quality of" className={table.group}>
      <TextButton isOn={!isOverview} onClick={() => setView('')}>
        One series
      </TextButton>
      <TextButton isOn={isOverview} onClick={() => setView('all')}>
        All series
      </TextButton>
    </div>
  );
  if (isOverview) {
    const open = (next: SeriesKey) => {
      choose(next);
      setView('');
    };
    return (
      <div className={table.panel}>
        <SeriesOverview views={views} onOpen={open} />
      </div>
    );
  }
  return (
    <div className={table.panel}>
      <Tools
        views={views}
        symbols={withBars}
        series={series}
        isFollowing={chosen === null}
        onChoose={choose}
      />
      {series === null ? (
        <Empty headline="Nothing to look at">Choose a symbol that has bars.</Empty>
      ) : (
        <Answer series={series} />
      )}
    </div>
  );
}

interface ToolsProps {
  /** Leads to the list of all series. */
  readonly views: ReactNode;
  readonly symbols: readonly SymbolSummary[];
  readonly series: SeriesKey | null;
  readonly isFollowing: boolean;
  /** Null follows the chart. */
  readonly onChoose: (series: SeriesKey | null) => void;
}

function Tools({ views, symbols, series, isFollowing, onChoose }: ToolsProps) {
  const { answer, isLooking, answeredAt, assess, cancel } = useWorkbench((state) => state.quality);
  const changedAt = useWorkbench((state) => state.catalog.changedAt);
  const zone = useWorkbench((state) => state.settings.zone);
  const timeframes = symbols.find(({ symbol }) => symbol === series?.symbol)?.timeframes ?? [];
  const isOld = answeredAt !== null && changedAt !== null && changedAt > answeredAt;
  const choose = (symbol: string, timeframe: string) => {
    const wanted = parseTimeframe(timeframe);
    if (wanted !== null) onChoose(storedSeries(symbols, { symbol, timeframe: wanted }));
  };
  return (
    <div className={table.tools}>
      {views}
      <select
        className={styles.select}
        aria-label="Symbol"
        value={series?.symbol ?? ''}
        onChange={(event) => choose(event.target.value, series?.timeframe ?? '1m')}
      >
        {symbols.map(({ symbol }) => (
          <option key={symbol}>{symbol}</option>
        ))}
      </select>
      <select
        className={styles.select}
        aria-label="Timeframe"
        value={series?.timeframe ?? ''}
        onChange={(event) => choose(series?.symbol ?? '', event.target.value)}
      >
        {timeframes.map(({ timeframe }) => (
          <option key={timeframe}>{timeframe}</option>
        ))}
      </select>
      <TextButton
        isOn={isFollowing}
        title="Looks at what the chart shows"
        onClick={() => onChoose(isFollowing ? series : null)}
      >
        As on chart
      </TextButton>
      {isLooking ? (
        <TextButton look="outlined" onClick={() => void cancel()}>
          Stop
        </TextButton>
      ) : (
        <TextButton
          look="outlined"
          disabled={series === null}
          onClick={() => series !== null && void assess(series)}
        >
          Look again
        </TextButton>
      )}
      {isOld && !isLooking && <span className={styles.stale}>The store has changed since.</span>}
      <span className={table.total}>
        {answer.phase === 'ready' &&
          `${formatInstant(answer.value.from, zone)} until ${formatInstant(answer.value.until, zone)}`}
      </span>
    </div>
  );
}

function Answer({ series: { symbol, timeframe } }: { readonly series: SeriesKey }) {
  const quality = useWorkbench((state) => state.quality);
  const { answer, assess } = quality;
  const isOther = quality.series?.symbol !== symbol || quality.series.timeframe !== timeframe;
  const open = useWorkbench((state) => state.chart.open);
  const [listed, setListed] = useState<Listed>({ list: 'gaps', cause: null });
  useEffect(() => {
    if (isOther) void assess({ symbol, timeframe });
  }, [isOther, symbol, timeframe, assess]);

  if (answer.phase === 'failed' && !isOther)
    return <Failure {...answer.problem} onRetry={() => void assess({ symbol, timeframe })} />;
  if (answer.phase !== 'ready' || isOther)
    return <Skeleton rows={6} label={`Looking at ${symbol} ${timeframe}`} />;
  const show = (from: number, until: number) => {
    // Some bars around it, so that one sees what it is a gap in.
    const around = Math.max(60 * timeframeLength(timeframe) - (until - from), (until - from) * 0.1) / 2;
    open({ symbol, timeframe }, { kind: 'range', from: from - around, until: until + around });
  };
  return (
    <div className={styles.sides}>
      <ScoreCard quality={answer.value} onAdvice={(advice) => setListed((now) => listedFor(advice) ?? now)} />
      <CoverageCalendar days={answer.value.days} onOpen={({ from, until }) => show(from, until)} />
      <QualityLists
        key={`${symbol} ${timeframe}`}
        quality={answer.value}
        listed={listed}
        onList={setListed}
        onShow={show}
        actionsFor={(row) =>
          row.list === 'gaps' ? (
            <GapActions key={row.gap.from} quality={answer.value} gap={row.gap} />
          ) : (
            <FindingActions
              key={`${row.finding.kind} ${row.finding.from}`}
              quality={answer.value}
              finding={row.finding}
            />
          )
        }
      />
    </div>
  );
}

/** The stored series that is nearest to what is wanted: where a timeframe is made of others, the shortest of those. */
function storedSeries(symbols: readonly SymbolSummary[], wanted: SeriesKey | null): SeriesKey | null {
  const found = symbols.find(({ symbol }) => symbol === wanted?.symbol) ?? symbols[0];
  const stored =
    found?.timeframes.find(({ timeframe }) => timeframe === wanted?.timeframe) ?? found?.timeframes[0];
  return found === undefined || stored === undefined
    ? null
    : { symbol: found.symbol, timeframe: stored.timeframe };
}

/** `5m SPY`, as the choice is remembered. */
function seriesOfText(text: string): SeriesKey | null {
  const space = text.indexOf(' ');
  const timeframe = parseTimeframe(text.slice(0, Math.max(0, space)));
  return timeframe === null ? null : { symbol: text.slice(space + 1), timeframe };
}
