import { barsBetween, joinBars, type Bars } from '#shared/domain/candle';
import { indicatorSeries, indicatorSettling, type IndicatorSeries } from '#shared/math/indicator-set';
import type { BarWindow } from './bar-window.ts';
import type { IndicatorSetting } from './indicator-setting.ts';
import { hasLeadIn } from './lead-in.ts';

/** An indicator with its values over a window. */
export interface ComputedIndicator {
  readonly setting: IndicatorSetting;
  readonly series: IndicatorSeries;
}

interface Remembered {
  readonly bars: Bars;
  readonly series: Map<string, IndicatorSeries>;
}

const remembered = new WeakMap<BarWindow, Remembered>();

/**
 * The values of the indicators that are shown, aligned to the window's bars. One that needs more bars before the
 * window than have been loaded is left out: a moment later they are there, and until then its values would be wrong.
 *
 * What was computed is kept for as long as the window is, so that chart and legend can both ask.
 */
export function computedIndicators(
  window: BarWindow,
  settings: readonly IndicatorSetting[],
): readonly ComputedIndicator[] {
  return settings.flatMap((setting) => {
    const isReady = !setting.isHidden && hasLeadIn(window, indicatorSettling(setting.indicator));
    return isReady ? [{ setting, series: seriesOf(window, setting) }] : [];
  });
}

function unread({ leadIn, bars }: BarWindow): Remembered {
  return { bars: joinBars([leadIn, bars]), series: new Map() };
}

function seriesOf(window: BarWindow, { indicator }: IndicatorSetting): IndicatorSeries {
  const kept = remembered.get(window) ?? unread(window);
  remembered.set(window, kept);
  const name = JSON.stringify(indicator);
  const known = kept.series.get(name);
  if (known !== undefined) return known;
  const leadIn = Math.min(window.leadIn.ts.length, indicatorSettling(indicator));
  const bars = barsBetween(kept.bars, window.leadIn.ts.length - leadIn, kept.bars.ts.length);
  const series = indicatorSeries(indicator, bars, leadIn);
  kept.series.set(name, series);
  return series;
}
