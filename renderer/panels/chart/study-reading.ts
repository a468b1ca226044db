import { lowerBound } from '#shared/domain/candle';
import type { BarWindow } from '../../data/bar-window.ts';
import { computedIndicators } from '../../data/computed-indicators.ts';
import { indicatorName, type IndicatorSetting } from '../../data/indicator-setting.ts';
import { indicatorReading } from './indicator-reading.ts';

/** What all indicators say at a bar, for who cannot see the chart: `EMA 9 634.90; RSI 14 32.40`. */
export function studyReading(
  window: BarWindow,
  ts: number,
  settings: readonly IndicatorSetting[],
  decimals: number,
): string {
  const bar = lowerBound(window.bars.ts, ts);
  return computedIndicators(window, settings)
    .map(({ setting, series }) => {
      const values = indicatorReading(setting, series, bar, decimals);
      return `${indicatorName(setting.indicator)} ${values.map(({ name, text }) => `${name} ${text}`.trim()).join(', ')}`;
    })
    .join('; ');
}
