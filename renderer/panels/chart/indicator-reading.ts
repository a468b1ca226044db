import { counted } from '#shared/counted';
import type { IndicatorSeries, LineName } from '#shared/math/indicator-set';
import { volatilityRegimes } from '#shared/math/volatility-regime';
import { comparedColours } from '../../data/comparison.ts';
import type { IndicatorSetting, LineColour } from '../../data/indicator-setting.ts';
import { formatDifference, formatPrice } from '../../format/price.ts';

/** One value of an indicator at a bar, as a legend says it. */
export interface ReadValue {
  /** For who cannot tell values apart by their colour. */
  readonly name: string;
  readonly text: string;
  /** The colour of its line, or what it says. */
  readonly tone: LineColour | 'up' | 'down' | 'plain';
}

/** What an indicator says at a bar of the window. */
export function indicatorReading(
  { indicator, colour }: IndicatorSetting,
  series: IndicatorSeries,
  bar: number,
  decimals: number,
): readonly ReadValue[] {
  if (series.missing > 0) return [{ name: '', text: missingText(series.missing), tone: 'plain' }];
  const at = (name: LineName) => series.lines.find((line) => line.name === name)?.values[bar] ?? Number.NaN;
  const price = (name: LineName, label: string, tone: ReadValue['tone'] = colour): ReadValue => ({
    name: label,
    text: formatPrice(at(name), decimals),
    tone,
  });
  const difference = (name: LineName, label: string, tone: ReadValue['tone'] = colour): ReadValue => ({
    name: label,
    text: formatDifference(at(name), decimals),
    tone,
  });
  switch (indicator.kind) {
    case 'ema':
      return [price('average', '')];
    case 'bollinger':
      return [price('middle', 'middle'), price('upper', 'upper'), price('lower', 'lower')];
    case 'rsi':
      return [{ name: '', text: formatPrice(at('strength'), 2), tone: colour }];
    case 'macd': {
      const second = comparedColours.find((other) => other !== colour) ?? colour;
      return [
        difference('line', 'line'),
        difference('signal', 'signal', second),
        difference('histogram', 'histogram', at('histogram') < 0 ? 'down' : 'up'),
      ];
    }
    case 'atr':
      return [difference('range', '')];
    case 'trend':
      return [trendReading(at('state'))];
    case 'volatility':
      return [{ name: '', text: volatilityRegimes[at('state')] ?? '–', tone: 'plain' }];
  }
}

function trendReading(state: number): ReadValue {
  if (Number.isNaN(state)) return { name: '', text: '–', tone: 'plain' };
  if (state === 0) return { name: '', text: 'sideways', tone: 'plain' };
  return state > 0 ? { name: '', text: 'up', tone: 'up' } : { name: '', text: 'down', tone: 'down' };
}

function missingText(count: number): string {
  return `needs ${counted(count, 'more bar')}`;
}
