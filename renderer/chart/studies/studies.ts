import type { BarWindow } from '../../data/bar-window.ts';
import { valuesAt } from '../../data/comparison.ts';
import { computedIndicators } from '../../data/computed-indicators.ts';
import { indicatorPlaces } from '../../data/indicator-setting.ts';
import type { PriceChart } from '../create-price-chart.ts';
import type { Palette } from '../palette.ts';
import { LineLayer } from '../primitives/lines/line-layer.ts';
import { ribbonHeight } from '../primitives/ribbon/draw-ribbon.ts';
import { RibbonLayer } from '../primitives/ribbon/ribbon-layer.ts';
import { ComparedLines } from './compared-lines.ts';
import { QueryLineSeries } from './query-line-series.ts';
import { IndicatorPanes } from './indicator-panes.ts';
import { PanePlaces, type NamedPane } from './pane-places.ts';
import { priceLines, ribbonsOf } from './price-lines.ts';
import { noStudies, type PanePlace, type StudySetting } from './study-setting.ts';

export interface StudyEvents {
  readonly onPanes: (places: readonly PanePlace[]) => void;
  /** Somebody dragged the edge between two panes. */
  readonly onPaneShares: (shares: Readonly<Record<string, number>>) => void;
}

/** The bars that are on the chart, and how it looks. */
export interface DrawnBars {
  readonly window: BarWindow;
  /** Opens of the bars as they were handed to the chart. */
  readonly ts: ArrayLike<number>;
  readonly palette: Palette;
  readonly decimals: number;
  readonly formatPrice: (price: number) => string;
}

const usualShares: Readonly<Record<string, number>> = { price: 0.82, volume: 0.18 };
const usualPaneShare = 0.2;

/** Indicators, compared symbols and the panes of the chart. */
export class Studies {
  readonly #parts: PriceChart;
  readonly #events: StudyEvents;
  readonly #overlay = new LineLayer();
  readonly #ribbons = new RibbonLayer();
  readonly #panes: IndicatorPanes;
  readonly #compared: ComparedLines;
  readonly #queryLine: QueryLineSeries;
  readonly #places: PanePlaces;
  #setting: StudySetting = noStudies;
  #bars: DrawnBars | null = null;
  #shown = '';

  constructor(container: HTMLElement, parts: PriceChart, events: StudyEvents) {
    this.#parts = parts;
    this.#events = events;
    this.#panes = new IndicatorPanes(parts.chart);
    this.#compared = new ComparedLines(parts.chart);
    this.#queryLine = new QueryLineSeries(parts.chart);
    this.#places = new PanePlaces(container, events.onPanes);
    parts.candles.attachPrimitive(this.#overlay);
    parts.candles.attachPrimitive(this.#ribbons);
  }

  /** How much of the foot of the price pane ribbons take. */
  get footHeight(): number {
    const ribbons = this.#setting.indicators.filter(
      ({ indicator, isHidden }) => !isHidden && indicatorPlaces[indicator.kind] === 'ribbon',
    );
    return ribbons.length * (ribbonHeight + 1);
  }

  /** Other bars are on the chart, or the same ones look otherwise. */
  setBars(bars: DrawnBars): void {
    this.#bars = bars;
    this.#draw();
  }

  set(setting: StudySetting): void {
    this.#setting = setting;
    this.#draw();
  }

  /** Panes may have been resized by hand. */
  noteRelease(): void {
    const shares = Object.fromEntries(
      this.#namedPanes().map(([id, pane]) => [id, Math.round(pane.getStretchFactor() * 1e4) / 1e4]),
    );
    const isSame = Object.entries(shares).every(([id, share]) => Math.abs(share - this.#shareOf(id)) < 1e-3);
    if (!isSame) this.#events.onPaneShares({ ...this.#setting.paneShares, ...shares });
  }

  close(): void {
    this.#places.close();
  }

  #draw(): void {
    if (this.#bars === null) return;
    const { window, ts, palette, decimals, formatPrice } = this.#bars;
    const { indicators, compared, queryLine, hasVolume } = this.#setting;
    const align = (values: Float64Array) => valuesAt(ts, { ts: window.bars.ts, values });
    const computed = computedIndicators(window, indicators);
    const within = (place: 'price' | 'ribbon') =>
      computed.filter(({ setting }) => indicatorPlaces[setting.indicator.kind] === place);
    this.#overlay.set({
      ...priceLines(within('price'), palette, align),
      labelText: palette.background,
      formatPrice,
    });
    this.#ribbons.set(ribbonsOf(within('ribbon'), palette, align));
    this.#compared.show(compared, ts, palette);
    this.#queryLine.show(queryLine, window, ts, palette);
    this.#showVolume(hasVolume);
    this.#panes.show({ settings: indicators, computed, ts, align, palette, decimals });
    this.#arrange();
  }

  /** Without its pane volume stays where it is not seen: made anew, it would come after the other panes. */
  #showVolume(isShown: boolean): void {
    const { chart, volumes } = this.#parts;
    const isThere = volumes.options().visible;
    if (isShown === isThere) return;
    volumes.applyOptions({ visible: isShown });
    if (!isShown) {
      volumes.moveToPane(0);
      return;
    }
    volumes.moveToPane(chart.panes().length);
    volumes.getPane().moveTo(1);
  }

  #arrange(): void {
    const panes = this.#namedPanes();
    const shown = JSON.stringify([panes.map(([id]) => id), this.#setting.paneShares]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    for (const [id, pane] of panes) pane.setStretchFactor(this.#shareOf(id));
    this.#places.watch(panes);
  }

  #shareOf(id: string): number {
    return this.#setting.paneShares[id] ?? usualShares[id] ?? usualPaneShare;
  }

  #namedPanes(): readonly NamedPane[] {
    const { candles, volumes } = this.#parts;
    return [
      ['price', candles.getPane()],
      ...(volumes.options().visible ? [['volume', volumes.getPane()] as const] : []),
      ...this.#panes.panes(),
    ];
  }
}
