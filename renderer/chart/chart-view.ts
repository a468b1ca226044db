import type { BarScale } from './bar-scale.ts';
import type { PriceChart } from './create-price-chart.ts';
import { narrowed, zoomed, type LogicalRange } from './placing.ts';

/** More bars than this on one screen would leave no room in a window for what lies beside it. */
export const mostOnScreen = 3_000;
const usualSpacing = 6;
const usualAxisWidth = 64;

export const noBars: BarScale = { ts: [], barLength: 60_000 };

/** Which part of the loaded bars is on the screen. */
export class ChartView {
  readonly #chart: PriceChart['chart'];
  readonly #container: HTMLElement;
  readonly #onThere: () => void;
  #bars: BarScale = noBars;
  /** A range that was set: the library puts it on with its next frame, and until then says the one before it. */
  #coming: LogicalRange | null = null;

  /** `onThere` is told when a range that was set is on the screen. */
  constructor({ chart }: PriceChart, container: HTMLElement, onThere: () => void) {
    this.#chart = chart;
    this.#container = container;
    this.#onThere = onThere;
  }

  get bars(): BarScale {
    return this.#bars;
  }

  get isComing(): boolean {
    return this.#coming !== null;
  }

  /** Null without bars. */
  get range(): LogicalRange | null {
    if (this.#bars.ts.length === 0) return null;
    return this.#coming ?? this.#chart.timeScale().getVisibleLogicalRange();
  }

  /** How many bars there are on the screen at the usual zoom. */
  get usualBars(): number {
    return Math.max(20, Math.floor(this.#width() / usualSpacing));
  }

  setBars(bars: BarScale): void {
    this.#bars = bars;
  }

  scrollTo(range: LogicalRange): void {
    const coming = narrowed(range, Math.min(mostOnScreen, this.#width() * 2), this.#bars.ts.length - 1);
    this.#coming = coming;
    this.#chart.timeScale().setVisibleLogicalRange(coming);
    // Asked for after the library asked for its own frame, so this runs when the range has been put on.
    requestAnimationFrame(() => {
      if (this.#coming !== coming) return;
      this.#coming = null;
      this.#onThere();
    });
  }

  /** Shows fewer bars for a factor below one, more above it. */
  zoom(factor: number): void {
    const { range } = this;
    if (range !== null) this.scrollTo(zoomed(range, factor, this.#bars.ts.length - 1));
  }

  #width(): number {
    return this.#chart.timeScale().width() || this.#container.clientWidth - usualAxisWidth;
  }
}
