import {
  HistogramSeries,
  LineSeries,
  LineStyle,
  type AutoscaleInfo,
  type IChartApiBase,
  type IPaneApi,
  type IPriceLine,
  type ISeriesApi,
  type Time,
} from 'lightweight-charts';
import type { ComputedIndicator } from '../../data/computed-indicators.ts';
import type { IndicatorSetting } from '../../data/indicator-setting.ts';
import { formatDifference } from '../../format/price.ts';
import type { Palette } from '../palette.ts';
import { columnData, lineData, paneDesigns, paneLineColor, type PaneDesign } from './pane-series.ts';
import type { Align } from './price-lines.ts';

type PaneSeries = ISeriesApi<'Line'> | ISeriesApi<'Histogram'>;

interface IndicatorPane {
  readonly design: PaneDesign;
  readonly series: readonly PaneSeries[];
  readonly marks: readonly IPriceLine[];
}

export interface PaneContent {
  readonly settings: readonly IndicatorSetting[];
  readonly computed: readonly ComputedIndicator[];
  readonly ts: ArrayLike<number>;
  readonly align: Align;
  readonly palette: Palette;
  readonly decimals: number;
}

/** Indicators in panes of their own, below the others in the order in which they were added. */
export class IndicatorPanes {
  readonly #chart: IChartApiBase;
  readonly #panes = new Map<string, IndicatorPane>();

  constructor(chart: IChartApiBase) {
    this.#chart = chart;
  }

  show(content: PaneContent): void {
    const wanted = content.settings.filter(({ indicator }) => paneDesigns[indicator.kind] !== undefined);
    for (const [id, { series }] of this.#panes) {
      // The library takes a pane away with the last of its series.
      if (!wanted.some((setting) => setting.id === id)) {
        for (const each of series) this.#chart.removeSeries(each);
        this.#panes.delete(id);
      }
    }
    for (const setting of wanted) this.#fill(setting, content);
  }

  /** The pane of each indicator by its id. */
  panes(): readonly (readonly [string, IPaneApi<Time>])[] {
    return [...this.#panes].flatMap(([id, { series }]) => {
      const pane = series[0]?.getPane();
      return pane === undefined ? [] : [[id, pane] as const];
    });
  }

  #fill(setting: IndicatorSetting, content: PaneContent): void {
    const { computed, ts, align, palette } = content;
    const { design, series, marks } = this.#paneOf(setting);
    const values = computed.find((each) => each.setting.id === setting.id)?.series;
    const nothing = new Float64Array(ts.length).fill(Number.NaN);
    design.lines.forEach(({ name, look }, index) => {
      const target = series[index];
      const line = values?.lines.find((each) => each.name === name)?.values;
      const aligned = line === undefined ? nothing : align(line);
      target?.applyOptions({
        ...(look === 'columns'
          ? {}
          : { color: paneLineColor(look, setting, palette), lineWidth: setting.width }),
        priceFormat: formatOf(design, content),
      });
      target?.setData(look === 'columns' ? columnData(ts, aligned, palette) : lineData(ts, aligned));
    });
    for (const mark of marks) mark.applyOptions({ color: palette.breaks });
  }

  #paneOf({ id, indicator }: IndicatorSetting): IndicatorPane {
    const known = this.#panes.get(id);
    if (known !== undefined) return known;
    const design = paneDesigns[indicator.kind] ?? { lines: [], marks: [], isPercent: false };
    const index = this.#chart.panes().length;
    const common = { priceLineVisible: false, lastValueVisible: true } as const;
    const series = design.lines.map(({ look }) =>
      look === 'columns'
        ? this.#chart.addSeries(HistogramSeries, { ...common, lastValueVisible: false }, index)
        : this.#chart.addSeries(LineSeries, { ...common, crosshairMarkerRadius: 3 }, index),
    );
    const front = series[series.length - 1];
    const marks = design.marks.flatMap(
      (price) =>
        front?.createPriceLine({
          price,
          lineWidth: 1,
          lineStyle: price === 0 ? LineStyle.Solid : LineStyle.Dashed,
          axisLabelVisible: false,
          title: '',
        }) ?? [],
    );
    front?.applyOptions({
      autoscaleInfoProvider: (usual: () => AutoscaleInfo | null) => withMarks(usual(), design),
    });
    front?.priceScale().applyOptions({ scaleMargins: { top: 0.16, bottom: 0.08 }, entireTextOnly: true });
    const pane = { design, series, marks };
    this.#panes.set(id, pane);
    return pane;
  }
}

/** Differences of prices are much smaller than prices: their axis may have marks between those of the price axis. */
const finerDecimals = 3;

function formatOf({ isPercent }: PaneDesign, { decimals }: PaneContent) {
  if (isPercent) return { type: 'price', precision: 2, minMove: 0.01 } as const;
  return {
    type: 'custom',
    minMove: 10 ** -(decimals + finerDecimals),
    base: 10 ** (decimals + finerDecimals),
    formatter: (value: number) => formatDifference(value, decimals),
  } as const;
}

/** Marks stay on the pane however far from them the values are. */
function withMarks(usual: AutoscaleInfo | null, { marks }: PaneDesign): AutoscaleInfo | null {
  const range = usual?.priceRange ?? null;
  if (range === null || marks.length === 0) return usual;
  return {
    ...usual,
    priceRange: {
      minValue: Math.min(range.minValue, ...marks),
      maxValue: Math.max(range.maxValue, ...marks),
    },
  };
}
