import type { IndicatorKind, LineName } from '#shared/math/indicator-set';
import type { HistogramData, LineData, Time, WhitespaceData } from 'lightweight-charts';
import { comparedColours } from '../../data/comparison.ts';
import type { IndicatorSetting } from '../../data/indicator-setting.ts';
import { toChartTime } from '../chart-time.ts';
import { lineColor, type Palette } from '../palette.ts';

export interface PaneLine {
  readonly name: LineName;
  readonly look: 'line' | 'second-line' | 'columns';
}

/** What a pane of its own shows of an indicator, from the back to the front, and the marks across it. */
export interface PaneDesign {
  readonly lines: readonly PaneLine[];
  readonly marks: readonly number[];
  /** Measured in hundredths rather than in prices. */
  readonly isPercent: boolean;
}

export const paneDesigns: Readonly<Partial<Record<IndicatorKind, PaneDesign>>> = {
  rsi: { lines: [{ name: 'strength', look: 'line' }], marks: [30, 70], isPercent: true },
  macd: {
    lines: [
      { name: 'histogram', look: 'columns' },
      { name: 'line', look: 'line' },
      { name: 'signal', look: 'second-line' },
    ],
    marks: [0],
    isPercent: false,
  },
  atr: { lines: [{ name: 'range', look: 'line' }], marks: [], isPercent: false },
};

/** The colour of one line of an indicator; the second line of a pane has one that is never that of the first. */
export function paneLineColor(
  look: PaneLine['look'],
  { colour }: IndicatorSetting,
  palette: Palette,
): string {
  if (look !== 'second-line') return lineColor(palette, colour);
  return lineColor(palette, comparedColours.find((other) => other !== colour) ?? colour);
}

// The library cannot place anything larger.
const largest = 9e13;

/** Values at bars as the library takes them; blanks keep every bar in its place. */
export function lineData(ts: ArrayLike<number>, values: Float64Array): (LineData | WhitespaceData)[] {
  return Array.from(values, (value, index) => {
    const time: Time = toChartTime(ts[index] ?? 0);
    return Math.abs(value) < largest ? { time, value } : { time };
  });
}

/** Columns that are strong while they grow away from zero and pale while they shrink back to it. */
export function columnData(
  ts: ArrayLike<number>,
  values: Float64Array,
  palette: Palette,
): (HistogramData | WhitespaceData)[] {
  return lineData(ts, values).map((item, index) => {
    if (!('value' in item)) return item;
    const before = values[index - 1] ?? Number.NaN;
    const isShrinking = before * item.value > 0 && Math.abs(item.value) < Math.abs(before);
    const [strong, pale] =
      item.value >= 0 ? [palette.up, palette.volumeUp] : [palette.down, palette.volumeDown];
    return { ...item, color: isShrinking ? pale : strong };
  });
}
