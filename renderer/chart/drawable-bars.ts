import type { Bars } from '#shared/domain/candle';
import type { CandlestickData, HistogramData, Time, WhitespaceData } from 'lightweight-charts';
import type { BarFaults } from '../data/object-counts.ts';
import { toChartTime } from './chart-time.ts';
import type { Palette } from './palette.ts';

export interface DrawableBars extends BarFaults {
  readonly candles: (CandlestickData | WhitespaceData)[];
  readonly volumes: (HistogramData | WhitespaceData)[];
  /** Opens of the bars that were handed over, in order. */
  readonly ts: Float64Array;
}

// The library cannot place anything larger.
const largestPrice = 9e13;

/**
 * Bars as the library takes them. Its production build believes anything, so times that do not grow are left out
 * here, and prices that it could not place become blanks. `blanks` are times at which room is left, in order.
 */
export function drawableBars(bars: Bars, palette: Palette, blanks: ArrayLike<number> = []): DrawableBars {
  const candles: (CandlestickData | WhitespaceData)[] = [];
  const volumes: (HistogramData | WhitespaceData)[] = [];
  const ts: number[] = [];
  const marked = { color: palette.fault, borderColor: palette.fault, wickColor: palette.fault };
  let [blank, upsideDown, last] = [0, 0, -Infinity];
  let nextBlank = 0;
  for (let index = 0; index < bars.ts.length; index += 1) {
    const at = bars.ts[index] ?? Number.NaN;
    if (!(at > last)) continue;
    for (; (blanks[nextBlank] ?? Infinity) < at; nextBlank += 1) {
      const gap = blanks[nextBlank] ?? last;
      if (!(gap > last)) continue;
      const time: Time = toChartTime(gap);
      candles.push({ time });
      volumes.push({ time });
      ts.push(gap);
    }
    last = at;
    ts.push(at);
    const time: Time = toChartTime(at);
    const open = bars.open[index] ?? Number.NaN;
    const high = bars.high[index] ?? Number.NaN;
    const low = bars.low[index] ?? Number.NaN;
    const close = bars.close[index] ?? Number.NaN;
    const volume = bars.volume[index] ?? Number.NaN;
    const isUpsideDown = high < low;
    if ([open, high, low, close].every(isDrawable)) {
      candles.push({ time, open, high, low, close, ...(isUpsideDown ? marked : {}) });
    } else {
      blank += 1;
      candles.push({ time });
    }
    if (isUpsideDown) upsideDown += 1;
    const color = close < open ? palette.volumeDown : palette.volumeUp;
    volumes.push(isDrawable(volume) ? { time, value: volume, color } : { time });
  }
  return { candles, volumes, ts: Float64Array.from(ts), blank, upsideDown };
}

function isDrawable(value: number): boolean {
  return Math.abs(value) < largestPrice;
}
