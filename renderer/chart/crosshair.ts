import { lowerBound, noBars, type Bars } from '#shared/domain/candle';
import type { MouseEventParams } from 'lightweight-charts';
import type { ChartView } from './chart-view.ts';
import { fromChartTime, toChartTime } from './chart-time.ts';
import type { PriceChart } from './create-price-chart.ts';

/** The bar that is read: the one under the pointer, or one that keys chose. */
export class Crosshair {
  readonly #parts: PriceChart;
  readonly #view: ChartView;
  readonly #onBar: (ts: number | null) => void;
  #prices: Bars = noBars;
  /** Open of the bar. */
  #at: number | null = null;
  /** It is where the pointer is, and not on a bar that keys chose. */
  #isAtPointer = false;
  /** What it was last said to be on without having been moved, while a range is coming. */
  #movedUnder: MouseEventParams | null = null;

  constructor(parts: PriceChart, view: ChartView, onBar: (ts: number | null) => void) {
    this.#parts = parts;
    this.#view = view;
    this.#onBar = onBar;
  }

  setPrices(prices: Bars): void {
    this.#prices = prices;
  }

  /** So many bars farther on, from where it is or from the newest bar on the screen. */
  step(bars: number): void {
    const { range } = this.#view;
    const { ts } = this.#view.bars;
    if (range === null || ts.length === 0) return;
    const from = this.#at === null ? Math.min(ts.length, Math.floor(range.to) + 1) : lowerBound(ts, this.#at);
    this.moveTo(Math.min(ts.length - 1, Math.max(0, from + bars)));
  }

  /** To a loaded bar, which is brought onto the screen. */
  moveTo(index: number): void {
    const at = this.#view.bars.ts[index];
    const { range } = this.#view;
    if (at === undefined || range === null) return;
    this.#at = at;
    this.#isAtPointer = false;
    const beyond = index < range.from + 1 ? index - range.from - 2 : Math.max(0, index - range.to + 2);
    if (beyond !== 0) this.#view.scrollTo({ from: range.from + beyond, to: range.to + beyond });
    this.#draw();
    this.#onBar(at);
  }

  leave(): void {
    this.#at = null;
    this.#isAtPointer = false;
    this.#parts.chart.clearCrosshairPosition();
    this.#onBar(null);
  }

  /** The pointer is no longer on the chart; a bar that keys chose stays. */
  noteLeft(): void {
    if (this.#isAtPointer) this.leave();
  }

  /** Takes what the library says over, and answers whether that is where the pointer is now. */
  follow(move: MouseEventParams): boolean {
    // Told without an event, the chart has moved: under a pointer at rest there is another bar now, whereas the bar
    // that keys chose is elsewhere on the screen.
    if (move.sourceEvent !== undefined) this.#isAtPointer = true;
    else if (this.#view.isComing) {
      this.#movedUnder = move;
      return false;
    } else if (!this.#isAtPointer) {
      this.#draw();
      return false;
    }
    this.#at = move.time === undefined ? null : fromChartTime(move.time);
    this.#onBar(this.#at);
    return true;
  }

  /** What it was said to be on while a range was coming, once. */
  takeMovedUnder(): MouseEventParams | null {
    const moved = this.#movedUnder;
    this.#movedUnder = null;
    return moved;
  }

  /** On the bar that keys chose. */
  #draw(): void {
    if (this.#at === null) return;
    const { chart, candles } = this.#parts;
    chart.setCrosshairPosition(this.#closeAt(this.#at) ?? 0, toChartTime(this.#at), candles);
  }

  #closeAt(at: number): number | undefined {
    const { ts, close } = this.#prices;
    const index = lowerBound(ts, at);
    return ts[index] === at ? close[index] : undefined;
  }
}
