import { decimalsOf, formatPrice } from '../format/price.ts';
import { axisWidth, leastAxisWidth } from './axis-width.ts';
import { readTimesIn, type PriceChart, type ScaleMode } from './create-price-chart.ts';

/**
 * How prices and times are written on the axes. The library lays everything out again for each option that it is given,
 * also for one that it has already: it is told of others only.
 */
export class AxisFormats {
  readonly #parts: PriceChart;
  #prices: ArrayLike<number> = [];
  #decimals = 2;
  #told = { decimals: Number.NaN, width: Number.NaN, times: '' };

  constructor(parts: PriceChart) {
    this.#parts = parts;
    this.setPrices([]);
  }

  /** Decimals that show every price as it is stored. */
  get decimals(): number {
    return this.#decimals;
  }

  readonly formatPrice = (price: number): string => formatPrice(price, this.#decimals);

  setPrices(prices: ArrayLike<number>): void {
    this.#prices = prices;
    this.#decimals = decimalsOf(prices);
    if (this.#decimals === this.#told.decimals) return;
    this.#told.decimals = this.#decimals;
    this.#parts.candles.applyOptions({
      priceFormat: {
        type: 'custom',
        minMove: 10 ** -this.#decimals,
        base: 10 ** this.#decimals,
        formatter: this.formatPrice,
      },
    });
  }

  /** The weights of the bars follow when they are next handed over. */
  readTimesIn(zone: string, barLength: number): void {
    const times = `${zone} ${barLength}`;
    if (times === this.#told.times) return;
    this.#told.times = times;
    readTimesIn(this.#parts, zone, barLength);
  }

  /** Makes room on the axis for any of the prices. */
  widen(mode: ScaleMode): void {
    const width = mode === 'percent' ? leastAxisWidth : axisWidth(this.#prices, this.formatPrice);
    if (width === this.#told.width) return;
    this.#told.width = width;
    this.#parts.chart.applyOptions({ rightPriceScale: { minimumWidth: width } });
  }
}
