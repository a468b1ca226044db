import {
  PriceScaleMode,
  type AutoscaleInfo,
  type IPrimitivePaneView,
  type ISeriesPrimitive,
  type ISeriesPrimitiveAxisView,
  type Logical,
  type SeriesAttachedParameter,
} from 'lightweight-charts';
import type { PixelRatio } from '../layer.ts';
import { drawBand, drawLine, type LineCanvas } from './draw-lines.ts';
import { linePaths, valueRange, type BarRange, type LineScales } from './line-paths.ts';

/** A line over the bars of the chart: a value for each of them, NaN for none. */
export interface DrawnLine {
  readonly values: Float64Array;
  readonly color: string;
  readonly width: number;
  /** Passes over bars without a value; a line that does not is broken there. */
  readonly goesOn: boolean;
  /** Says its newest value on the price axis. */
  readonly hasLabel: boolean;
}

export interface DrawnBand {
  readonly upper: Float64Array;
  readonly lower: Float64Array;
  readonly color: string;
}

export interface LineSetting {
  readonly lines: readonly DrawnLine[];
  readonly bands: readonly DrawnBand[];
  readonly labelText: string;
  readonly formatPrice: (price: number) => string;
}

/**
 * Lines measured by the prices of the series that they are attached to. As series of their own the library would give
 * each its own zero on a percent scale, and an average would no longer lie where the candles cross it.
 */
export class LineLayer implements ISeriesPrimitive {
  #setting: LineSetting = { lines: [], bands: [], labelText: '', formatPrice: String };
  #labels: readonly ISeriesPrimitiveAxisView[] = [];
  #attached: SeriesAttachedParameter | null = null;

  readonly #views: readonly IPrimitivePaneView[] = [
    this.#view('bottom', (canvas, range, scales, ratio) => {
      for (const { upper, lower, color } of this.#setting.bands) {
        const [above, below] = [upper, lower].map((values) => linePaths(values, range, scales, true));
        drawBand(canvas, above ?? [], below ?? [], color, ratio);
      }
    }),
    this.#view('normal', (canvas, range, scales, ratio) => {
      for (const line of this.#setting.lines) {
        drawLine(canvas, linePaths(line.values, range, scales, line.goesOn), line, ratio);
      }
      this.#placeLabels(scales);
    }),
  ];

  set(setting: LineSetting): void {
    this.#setting = setting;
    this.#attached?.requestUpdate();
  }

  attached(attached: SeriesAttachedParameter): void {
    this.#attached = attached;
  }

  detached(): void {
    this.#attached = null;
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views;
  }

  priceAxisViews(): readonly ISeriesPrimitiveAxisView[] {
    return this.#labels;
  }

  autoscaleInfo(first: Logical, last: Logical): AutoscaleInfo | null {
    const { lines, bands } = this.#setting;
    const columns = [
      ...lines.map(({ values }) => values),
      ...bands.flatMap(({ upper, lower }) => [upper, lower]),
    ];
    const range = valueRange(columns, { first: Math.floor(first), last: Math.ceil(last) });
    return range === null ? null : { priceRange: { minValue: range.min, maxValue: range.max } };
  }

  #view(
    zOrder: 'bottom' | 'normal',
    draw: (canvas: LineCanvas, range: BarRange, scales: LineScales, ratio: PixelRatio) => void,
  ): IPrimitivePaneView {
    return {
      zOrder: () => zOrder,
      renderer: () => ({
        draw: (target) =>
          target.useBitmapCoordinateSpace(
            ({ context, mediaSize, horizontalPixelRatio: x, verticalPixelRatio: y }) => {
              const placed = this.#scales(mediaSize.width);
              if (placed === null) return;
              context.save();
              draw(context, placed.range, placed.scales, { x, y });
              context.restore();
            },
          ),
      }),
    };
  }

  #placeLabels({ y }: LineScales): void {
    const { lines, formatPrice, labelText } = this.#setting;
    // A price says nothing on an axis of percentages.
    const isInPercent = this.#attached?.series.priceScale().options().mode === PriceScaleMode.Percentage;
    this.#labels = (isInPercent ? [] : lines).flatMap(({ values, color, hasLabel }) => {
      const value = hasLabel ? lastValue(values) : null;
      const at = value === null ? null : y(value);
      if (value === null || at === null) return [];
      return [
        {
          coordinate: () => at,
          text: () => formatPrice(value),
          textColor: () => labelText,
          backColor: () => color,
        },
      ];
    });
  }

  #scales(width: number): { readonly scales: LineScales; readonly range: BarRange } | null {
    const time = this.#attached?.chart.timeScale();
    const series = this.#attached?.series;
    const origin: number | null = time?.logicalToCoordinate(0 as Logical) ?? null;
    const next: number | null = time?.logicalToCoordinate(1 as Logical) ?? null;
    if (series === undefined || origin === null || next === null || next <= origin) return null;
    const spacing = next - origin;
    return {
      scales: {
        x: (bar) => origin + bar * spacing,
        y: (value) => series.priceToCoordinate(value),
      },
      range: { first: Math.floor(-origin / spacing), last: Math.ceil((width - origin) / spacing) },
    };
  }
}

function lastValue(values: Float64Array): number | null {
  for (let bar = values.length - 1; bar >= 0; bar -= 1) {
    const value = values[bar] ?? Number.NaN;
    if (Number.isFinite(value)) return value;
  }
  return null;
}
