import { volatilityRegimes } from '#shared/math/volatility-regime';
import type { LineName } from '#shared/math/indicator-set';
import type { ComputedIndicator } from '../../data/computed-indicators.ts';
import { lineColor, type Palette } from '../palette.ts';
import type { DrawnBand, DrawnLine } from '../primitives/lines/line-layer.ts';
import type { Ribbon } from '../primitives/ribbon/ribbon-layer.ts';

/** Takes values of the window's bars to the bars as they are drawn. */
export type Align = (values: Float64Array) => Float64Array;

/** The lines that indicators draw over the candles, thin ones round a band. */
export function priceLines(
  indicators: readonly ComputedIndicator[],
  palette: Palette,
  align: Align,
): { readonly lines: readonly DrawnLine[]; readonly bands: readonly DrawnBand[] } {
  const lines: DrawnLine[] = [];
  const bands: DrawnBand[] = [];
  for (const { setting, series } of indicators) {
    const color = lineColor(palette, setting.colour);
    const values = (name: LineName) =>
      align(series.lines.find((line) => line.name === name)?.values ?? new Float64Array());
    const line = (name: LineName, hasLabel: boolean): DrawnLine => ({
      values: values(name),
      color,
      width: setting.width,
      goesOn: true,
      hasLabel,
    });
    if (setting.indicator.kind === 'ema') lines.push(line('average', true));
    if (setting.indicator.kind === 'bollinger') {
      const [upper, lower] = [line('upper', false), line('lower', false)];
      lines.push(upper, line('middle', false), lower);
      bands.push({ upper: upper.values, lower: lower.values, color });
    }
  }
  return { lines, bands };
}

/** The strips under the candles: which way the trend goes, and how wide bars are against what is usual. */
export function ribbonsOf(
  indicators: readonly ComputedIndicator[],
  palette: Palette,
  align: Align,
): readonly Ribbon[] {
  return indicators.flatMap(({ setting, series }) => {
    const [line] = series.lines;
    if (line === undefined) return [];
    if (setting.indicator.kind === 'trend') {
      return [{ states: align(line.values), colorOf: (state) => trendColor(state, palette) }];
    }
    if (setting.indicator.kind !== 'volatility') return [];
    return [{ states: align(line.values), colorOf: (state) => regimeColor(state, palette) }];
  });
}

function trendColor(state: number, palette: Palette): string {
  if (state === 0) return palette.grid;
  return state > 0 ? palette.toneUp : palette.toneDown;
}

function regimeColor(state: number, palette: Palette): string {
  const regime = volatilityRegimes[state] ?? 'normal';
  return { low: palette.calm, normal: palette.usual, high: palette.wild }[regime];
}
