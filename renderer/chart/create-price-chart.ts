import {
  CandlestickSeries,
  ColorType,
  createChartEx,
  CrosshairMode,
  HistogramSeries,
  LineStyle,
  PriceScaleMode,
  TickMarkType,
  type AutoscaleInfo,
  type IChartApiBase,
  type ISeriesApi,
  type Time,
} from 'lightweight-charts';
import { formatShortCount } from '../format/count.ts';
import { formatAxisMark, formatBarTime, type AxisMark } from '../format/time.ts';
import { axisFontSize, leastAxisWidth } from './axis-width.ts';
import { fromChartTime } from './chart-time.ts';
import { fontFamily, type Palette } from './palette.ts';
import { ZonedTimeScale } from './zoned-time-scale.ts';

export type ScaleMode = 'linear' | 'log' | 'percent';

export interface PriceChart {
  readonly chart: IChartApiBase;
  readonly candles: ISeriesApi<'Candlestick'>;
  readonly volumes: ISeriesApi<'Histogram'>;
  readonly timeScale: ZonedTimeScale;
}

const axisMarks: Readonly<Record<TickMarkType, AxisMark>> = {
  [TickMarkType.Year]: 'year',
  [TickMarkType.Month]: 'month',
  [TickMarkType.DayOfMonth]: 'day',
  [TickMarkType.Time]: 'time',
  [TickMarkType.TimeWithSeconds]: 'time-with-seconds',
};

const scaleModes: Readonly<Record<ScaleMode, PriceScaleMode>> = {
  linear: PriceScaleMode.Normal,
  log: PriceScaleMode.Logarithmic,
  percent: PriceScaleMode.Percentage,
};

/** A chart with a price pane and a volume pane of 18 %, empty and without colours. */
export function createPriceChart(container: HTMLElement): PriceChart {
  const timeScale = new ZonedTimeScale();
  const chart = createChartEx<Time, ZonedTimeScale>(container, timeScale, {
    autoSize: true,
    crosshair: { mode: CrosshairMode.Normal },
    layout: { fontFamily, fontSize: axisFontSize, attributionLogo: false, panes: { enableResize: true } },
    localization: { locale: 'en-US' },
    timeScale: {
      timeVisible: true,
      secondsVisible: false,
      rightOffset: 6,
      barSpacing: 6,
      minBarSpacing: 0.5,
    },
    rightPriceScale: {
      minimumWidth: leastAxisWidth,
      scaleMargins: { top: 0.08, bottom: 0.06 },
      entireTextOnly: true,
    },
    // The library's own ways of aggregating lose volume; the store does that.
    hoveredSeriesOnTop: false,
    // Bars may be replaced at any moment; a chart that rolls on by itself would jump.
    kineticScroll: { touch: false, mouse: false },
  });
  const candles = chart.addSeries(CandlestickSeries, { borderVisible: true, priceLineVisible: true });
  const volumes = chart.addSeries(HistogramSeries, volumeOptions(), 1);
  volumes.priceScale().applyOptions({ scaleMargins: { top: 0.12, bottom: 0 } });
  const [prices, volumePane] = chart.panes();
  prices?.setStretchFactor(0.82);
  volumePane?.setStretchFactor(0.18);
  return { chart, candles, volumes, timeScale };
}

/** The library labels an axis of nothing but zeros with fractions: where there is no volume, there are no figures. */
function volumeOptions() {
  let isAllZero = false;
  return {
    priceFormat: {
      type: 'custom',
      minMove: 1e-8,
      formatter: (volume: number) => (isAllZero ? '' : formatShortCount(volume)),
    },
    priceLineVisible: false,
    lastValueVisible: false,
    autoscaleInfoProvider: (read: () => AutoscaleInfo | null) => {
      const info = read();
      isAllZero = info?.priceRange?.minValue === 0 && info.priceRange.maxValue === 0;
      return info;
    },
  } as const;
}

/** Gives panes, axes, crosshair and candles their colours. Bars of volume carry theirs in their data. */
export function colour({ chart, candles }: PriceChart, palette: Palette): void {
  const line = {
    color: palette.crosshair,
    labelBackgroundColor: palette.crosshairLabel,
    style: LineStyle.Dashed,
  };
  chart.applyOptions({
    layout: {
      background: { type: ColorType.Solid, color: palette.background },
      textColor: palette.muted,
      panes: { separatorColor: palette.border, separatorHoverColor: palette.grid },
    },
    grid: { vertLines: { color: palette.grid }, horzLines: { color: palette.grid } },
    crosshair: { vertLine: line, horzLine: line },
    timeScale: { borderColor: palette.border },
    rightPriceScale: { borderColor: palette.border },
  });
  candles.applyOptions({
    upColor: palette.upBody,
    downColor: palette.down,
    borderUpColor: palette.up,
    borderDownColor: palette.down,
    wickUpColor: palette.up,
    wickDownColor: palette.down,
  });
}

/** Reads times in a zone from here on; the weights of the bars follow when they are next handed over. */
export function readTimesIn({ chart, timeScale }: PriceChart, zone: string, barLength: number): void {
  timeScale.zone = zone;
  chart.applyOptions({
    localization: {
      locale: 'en-US',
      timeFormatter: (time: Time) => formatBarTime(fromChartTime(time), zone, barLength),
    },
    timeScale: {
      tickMarkFormatter: (time: Time, type: TickMarkType) =>
        formatAxisMark(fromChartTime(time), axisMarks[type], zone),
    } as object,
  });
}

/** How the axis of the candles counts: `percent` is from the first of them on the screen. Other panes keep theirs. */
export function scaleBy({ candles }: PriceChart, mode: ScaleMode): void {
  candles.priceScale().applyOptions({ mode: scaleModes[mode] });
}
