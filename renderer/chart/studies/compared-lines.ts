import { LineSeries, type IChartApiBase, type ISeriesApi } from 'lightweight-charts';
import { valuesAt } from '../../data/comparison.ts';
import { lineColor, type Palette } from '../palette.ts';
import { LineLayer } from '../primitives/lines/line-layer.ts';
import { lineData } from './pane-series.ts';
import type { ComparedOnChart } from './study-setting.ts';

interface ComparedLine {
  readonly series: ISeriesApi<'Line'>;
  readonly layer: LineLayer;
}

/**
 * Other symbols on the price pane. Each is a series of its own, so that the library counts its percentages from its own
 * first bar on the screen; its line is painted by a layer, since the library would draw across the gaps.
 */
export class ComparedLines {
  readonly #chart: IChartApiBase;
  readonly #lines = new Map<string, ComparedLine>();

  constructor(chart: IChartApiBase) {
    this.#chart = chart;
  }

  show(compared: readonly ComparedOnChart[], ts: ArrayLike<number>, palette: Palette): void {
    for (const [symbol, { series }] of this.#lines) {
      if (!compared.some((each) => each.symbol === symbol)) {
        this.#chart.removeSeries(series);
        this.#lines.delete(symbol);
      }
    }
    for (const { symbol, colour, closes } of compared) {
      const { series, layer } = this.#lineOf(symbol);
      const color = lineColor(palette, colour);
      const values = closes === null ? new Float64Array(ts.length).fill(Number.NaN) : valuesAt(ts, closes);
      series.applyOptions({ color });
      series.setData(lineData(ts, values));
      layer.set({
        lines: [{ values, color, width: 2, goesOn: false, hasLabel: false }],
        bands: [],
        labelText: palette.background,
        formatPrice: String,
      });
    }
  }

  #lineOf(symbol: string): ComparedLine {
    const known = this.#lines.get(symbol);
    if (known !== undefined) return known;
    const series = this.#chart.addSeries(
      LineSeries,
      { lineVisible: false, priceLineVisible: false, title: symbol, crosshairMarkerRadius: 3 },
      0,
    );
    const layer = new LineLayer();
    series.attachPrimitive(layer);
    const line = { series, layer };
    this.#lines.set(symbol, line);
    return line;
  }
}
