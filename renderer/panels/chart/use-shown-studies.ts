import { lowerBound } from '#shared/domain/candle';
import { useMemo } from 'react';
import type { StudySetting } from '../../chart/studies/study-setting.ts';
import type { BarWindow } from '../../data/bar-window.ts';
import { computedIndicators, type ComputedIndicator } from '../../data/computed-indicators.ts';
import { decimalsOf } from '../../format/price.ts';
import { useWorkbench } from '../../state/use-workbench.ts';

/** What the chart draws beside candles and objects. */
export function useStudySetting(): StudySetting {
  const indicators = useWorkbench((state) => state.settings.indicators);
  const compared = useWorkbench((state) => state.settings.compared);
  const hasVolume = useWorkbench((state) => state.settings.hasVolume);
  const paneShares = useWorkbench((state) => state.settings.paneShares);
  const lines = useWorkbench((state) => state.comparison.lines);
  const line = useWorkbench((state) => state.sql.line);
  const symbol = useWorkbench((state) => state.chart.window?.key.symbol ?? null);
  // Of another symbol it would say nothing.
  const queryLine = line?.symbol === symbol ? line : null;
  return useMemo(
    () => ({
      indicators,
      compared: lines.map(({ symbol, closes }) => ({
        symbol,
        closes,
        colour: compared.find((each) => each.symbol === symbol)?.colour ?? 'orange',
      })),
      queryLine,
      hasVolume,
      paneShares,
    }),
    [indicators, compared, lines, queryLine, hasVolume, paneShares],
  );
}

/** Everything legends read from: the bar under the crosshair, or the newest one, and the indicators' values. */
export interface ShownStudies {
  readonly window: BarWindow;
  readonly computed: readonly ComputedIndicator[];
  readonly bar: number;
  readonly decimals: number;
}

/** Null until a window is loaded. `bar` is an index into its bars: -1 when it has none. */
export function useShownStudies(): ShownStudies | null {
  const window = useWorkbench((state) => state.chart.window);
  const cursor = useWorkbench((state) => state.chart.cursor);
  const indicators = useWorkbench((state) => state.settings.indicators);
  const decimals = useMemo(() => (window === null ? 2 : decimalsOf(window.bars.close)), [window]);
  const computed = useMemo(
    () => (window === null ? [] : computedIndicators(window, indicators)),
    [window, indicators],
  );
  if (window === null) return null;
  const { ts } = window.bars;
  return { window, computed, decimals, bar: cursor === null ? ts.length - 1 : lowerBound(ts, cursor) };
}
