import { lowerBound } from '#shared/domain/candle';
import { timeframeLength } from '#shared/domain/timeframe';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { queryLineColour, valuesInBars } from '../../data/sql/query-line.ts';
import { indicatorPlaces, type IndicatorPlace } from '../../data/indicator-setting.ts';
import { decimalsOf, formatPercentChange, formatPrice } from '../../format/price.ts';
import type { ComparedLine } from '../../state/comparison-slice.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { errorWording } from '../../ui/error-wording.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { comparisonReading } from './comparison-reading.ts';
import { IndicatorRow } from './indicator-row.tsx';
import { StudyRow } from './study-row.tsx';
import styles from './study-legend.module.css';
import { useShownStudies, type ShownStudies } from './use-shown-studies.ts';

/** More rows than this can be folded away: on a small chart they would lie over the candles. */
const mostUnfolded = 3;

/** The symbols that are compared and the indicators over the candles, each with its values at the crosshair. */
export function StudyLegend() {
  const shown = useShownStudies();
  const indicators = useWorkbench((state) => state.settings.indicators);
  const lines = useWorkbench((state) => state.comparison.lines);
  const [isFolded, setFolded] = useState(false);
  const at = (place: IndicatorPlace) =>
    indicators.filter(({ indicator }) => indicatorPlaces[indicator.kind] === place);
  const [overCandles, ribbons] = [at('price'), at('ribbon')];
  const hasQueryLine = useWorkbench((state) => state.sql.line !== null);
  const rows = lines.length + overCandles.length + Math.sign(ribbons.length) + (hasQueryLine ? 1 : 0);
  if (shown === null || rows === 0) return null;
  const canFold = rows > mostUnfolded;
  return (
    <div className={styles.rows} role="group" aria-label="Indicators on the chart">
      {!(canFold && isFolded) && (
        <>
          {lines.map((line) => (
            <ComparedRow key={line.symbol} line={line} shown={shown} />
          ))}
          <QueryLineRow shown={shown} />
          {overCandles.map((setting) => (
            <IndicatorRow key={setting.id} setting={setting} {...shown} />
          ))}
          <div className={styles.together}>
            {ribbons.map((setting) => (
              <IndicatorRow key={setting.id} setting={setting} {...shown} />
            ))}
          </div>
        </>
      )}
      {canFold && (
        <button
          type="button"
          className={styles.fold}
          aria-expanded={!isFolded}
          aria-label={isFolded ? 'Unfold the indicators' : 'Fold the indicators'}
          onClick={() => setFolded(!isFolded)}
        >
          {isFolded ? <IconChevronDown size={13} /> : <IconChevronUp size={13} />}
          {isFolded && lines.length + overCandles.length + ribbons.length}
        </button>
      )}
    </div>
  );
}

/** What a query has drawn: its value at the bar, or of which symbol it is. */
function QueryLineRow({ shown }: { readonly shown: ShownStudies }) {
  const line = useWorkbench((state) => state.sql.line);
  const clear = useWorkbench((state) => state.sql.clearLine);
  const { key, bars } = shown.window;
  const values = useMemo(
    () => (line === null ? null : valuesInBars(bars.ts, line.points, timeframeLength(key.timeframe))),
    [line, bars, key.timeframe],
  );
  if (line === null || values === null) return null;
  const value = values[shown.bar] ?? Number.NaN;
  const isOther = line.symbol !== key.symbol;
  return (
    <StudyRow
      name={`SQL: ${line.name}`}
      colour={queryLineColour}
      values={
        isOther || !Number.isFinite(value) ? (
          <span className={styles.quiet}>{isOther ? `is of ${line.symbol}` : 'no value here'}</span>
        ) : (
          <span className="figure">{formatPrice(value, decimalsOf(values))}</span>
        )
      }
      buttons={
        <IconButton label={`Remove ${line.name} from the chart`} onClick={clear}>
          <IconX size={14} />
        </IconButton>
      }
    />
  );
}

function ComparedRow({ line, shown }: { readonly line: ComparedLine; readonly shown: ShownStudies }) {
  const colour = useWorkbench((state) => state.settings.compared).find(
    ({ symbol }) => symbol === line.symbol,
  )?.colour;
  const stopComparing = useWorkbench((state) => state.settings.stopComparing);
  return (
    <StudyRow
      name={line.symbol}
      colour={colour ?? null}
      values={<ComparedValues line={line} shown={shown} />}
      buttons={
        <IconButton label={`Stop comparing with ${line.symbol}`} onClick={() => stopComparing(line.symbol)}>
          <IconX size={14} />
        </IconButton>
      }
    />
  );
}

function ComparedValues({ line, shown }: { readonly line: ComparedLine; readonly shown: ShownStudies }) {
  const screenFrom = useWorkbench((state) => state.chart.view?.from ?? -Infinity);
  const retry = useWorkbench((state) => state.comparison.retry);
  const { closes, problem, timeframe } = line;
  if (problem !== null) {
    return (
      <button type="button" className={styles.problem} title={problem.message} onClick={retry}>
        {errorWording[problem.code]} Try again
      </button>
    );
  }
  if (closes === null) return <span className={styles.quiet}>…</span>;
  if (!closes.hasBars) return <span className={styles.quiet}>has no {timeframe} bars</span>;
  const at = shown.window.bars.ts[shown.bar] ?? Number.NaN;
  const next = lowerBound(closes.ts, at);
  const bar = closes.ts[next] === at ? next : -1;
  const { close, base } = comparisonReading(closes.ts, closes.values, bar, screenFrom);
  if (close === null) {
    const isAnywhere = closes.values.some(Number.isFinite);
    return <span className={styles.quiet}>{isAnywhere ? 'no bar here' : 'has no bars over this time'}</span>;
  }
  return (
    <>
      <span className="figure">{formatPrice(close, decimalsOf(closes.values))}</span>
      {base !== null && (
        <span className={close < base ? styles.down : styles.up} title="Since the first bar on the screen">
          <span className="figure">{formatPercentChange(base, close)}</span>
        </span>
      )}
    </>
  );
}
