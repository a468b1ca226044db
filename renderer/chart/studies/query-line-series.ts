import { timeframeLength } from '#shared/domain/timeframe';
import { LineSeries, type IChartApiBase, type ISeriesApi } from 'lightweight-charts';
import type { BarWindow } from '../../data/bar-window.ts';
import { queryLineColour, valuesInBars } from '../../data/sql/query-line.ts';
import { lineColor, type Palette } from '../palette.ts';
import { lineData } from './pane-series.ts';
import type { QueryLineOnChart } from './study-setting.ts';

const ownScale = 'query-line';

/**
 * A line from a query over the candles, from value to value. Values that could be prices are measured by the prices'
 * scale; others have one of their own, which no axis shows, since either would be flattened by the other.
 */
export class QueryLineSeries {
  readonly #chart: IChartApiBase;
  #series: ISeriesApi<'Line'> | null = null;
  #scale = '';

  constructor(chart: IChartApiBase) {
    this.#chart = chart;
  }

  show(line: QueryLineOnChart | null, window: BarWindow, ts: ArrayLike<number>, palette: Palette): void {
    const scale = line === null || looksLikePrices(line, window) ? 'right' : ownScale;
    if (this.#series !== null && (line === null || scale !== this.#scale)) {
      this.#chart.removeSeries(this.#series);
      this.#series = null;
    }
    if (line === null) return;
    const color = lineColor(palette, queryLineColour);
    this.#scale = scale;
    this.#series ??= this.#chart.addSeries(
      LineSeries,
      { priceScaleId: scale, priceLineVisible: false, lastValueVisible: false, crosshairMarkerRadius: 3 },
      0,
    );
    this.#series.applyOptions({ color, lineWidth: 2 });
    this.#series.setData(lineData(ts, valuesInBars(ts, line.points, timeframeLength(window.key.timeframe))));
  }
}

/** Whether the two would share a scale without one of them becoming a straight line. */
function looksLikePrices({ points }: QueryLineOnChart, { bars }: BarWindow): boolean {
  const price = bars.close[bars.close.length - 1] ?? Number.NaN;
  const middle = points.values.toSorted()[points.values.length >> 1] ?? Number.NaN;
  return middle > price / 4 && middle < price * 4;
}
