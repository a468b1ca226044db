import type { ObjectState, ObjectType } from '#shared/domain/chart-object';
import { cssPx } from '#shared/units';
import type {
  IPrimitivePaneView,
  ISeriesPrimitive,
  ISeriesPrimitiveAxisView,
  Logical,
  SeriesAttachedParameter,
} from 'lightweight-charts';
import { logicalAt, timeAt, type BarScale } from '../bar-scale.ts';
import { emptyTimeline, objectsWithin, timelineOf, type ObjectTimeline } from '../object-timeline.ts';
import type { Palette } from '../palette.ts';
import type { Emphasis, LayerDefinition, Scales, Shape } from './layer.ts';

/** What a layer is told about the chart it lies on. */
export interface LayerSetting {
  readonly bars: BarScale;
  readonly palette: Palette;
  readonly emphasis: Emphasis;
  readonly isShown: boolean;
  /** Most objects drawn at once. */
  readonly limit: number;
  readonly formatPrice: (price: number) => string;
}

/** A layer as the chart host knows it, whatever its shapes. */
export interface ChartLayer extends ISeriesPrimitive {
  readonly type: ObjectType;
  readonly setObjects: (objects: readonly ObjectState[]) => void;
  readonly set: (change: Partial<LayerSetting>) => void;
  readonly setLimit: (limit: number) => void;
  /** How many objects touch a stretch of time. */
  readonly countWithin: (from: number, until: number) => number;
  /** The object painted last under a point, which is the one on top. */
  readonly idAt: (x: number, y: number) => string | null;
}

/**
 * All objects of one type as one primitive. The definition lays out and paints; this culls, and connects them to the
 * chart. Places are worked out while drawing: the library asks for updates three times a frame.
 */
export class ObjectLayer<S extends Shape> implements ChartLayer {
  readonly #definition: LayerDefinition<S>;
  #setting: LayerSetting;
  #timeline: ObjectTimeline = emptyTimeline;
  #shapes: readonly S[] = [];
  #axisViews: readonly ISeriesPrimitiveAxisView[] = [];
  #attached: SeriesAttachedParameter | null = null;

  readonly #views: readonly IPrimitivePaneView[] = [
    {
      zOrder: () => this.#definition.zOrder,
      renderer: () => ({
        draw: (target) =>
          target.useBitmapCoordinateSpace(
            ({ context, mediaSize, horizontalPixelRatio: x, verticalPixelRatio: y }) => {
              this.#layOut(mediaSize.width, mediaSize.height);
              context.save();
              this.#definition.paint(context, this.#shapes, { x, y }, this.#setting.palette);
              context.restore();
            },
          ),
      }),
    },
  ];

  constructor(definition: LayerDefinition<S>, setting: LayerSetting) {
    this.#definition = definition;
    this.#setting = setting;
  }

  get type(): ObjectType {
    return this.#definition.type;
  }

  setObjects(objects: readonly ObjectState[]): void {
    this.#timeline = timelineOf(objects.filter(({ object_type }) => object_type === this.#definition.type));
    this.#attached?.requestUpdate();
  }

  set(change: Partial<LayerSetting>): void {
    this.#setting = { ...this.#setting, ...change };
    this.#attached?.requestUpdate();
  }

  setLimit(limit: number): void {
    if (limit !== this.#setting.limit) this.set({ limit });
  }

  countWithin(from: number, until: number): number {
    return objectsWithin(this.#timeline, from, until, 0).total;
  }

  idAt(x: number, y: number): string | null {
    if (!this.#setting.isShown) return null;
    for (let index = this.#shapes.length - 1; index >= 0; index -= 1) {
      const shape = this.#shapes[index];
      if (shape !== undefined && this.#definition.isAt(shape, x, y)) return shape.id;
    }
    return null;
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
    return this.#axisViews;
  }

  #layOut(width: number, height: number): void {
    const { isShown, limit, emphasis, bars, palette, formatPrice } = this.#setting;
    const scales = isShown ? this.#scales(width, height) : null;
    if (scales === null) {
      this.#shapes = [];
    } else {
      const { from, until } = scales;
      // A little beyond the edges, so that what reaches in from outside is there.
      const margin = bars.barLength * 2;
      const { objects } = objectsWithin(this.#timeline, from - margin, until + margin, limit);
      this.#shapes = this.#definition.layOut(objects, scales, emphasis);
    }
    const labels = this.#definition.axisLabels?.(this.#shapes, palette) ?? [];
    if (labels.length === 0 && this.#axisViews.length === 0) return;
    this.#axisViews = labels.map(({ y, price, color }) => ({
      coordinate: () => y,
      text: () => formatPrice(price),
      textColor: () => palette.background,
      backColor: () => color,
    }));
  }

  #scales(width: number, height: number): (Scales & { from: number; until: number }) | null {
    const { bars } = this.#setting;
    const time = this.#attached?.chart.timeScale();
    const series = this.#attached?.series;
    const origin: number | null = time?.logicalToCoordinate(0 as Logical) ?? null;
    const next: number | null = time?.logicalToCoordinate(1 as Logical) ?? null;
    if (series === undefined || origin === null || next === null || next <= origin) return null;
    const spacing = next - origin;
    return {
      x: (at) => cssPx(origin + logicalAt(bars, at) * spacing),
      y: (price) => {
        const y = series.priceToCoordinate(price);
        return y === null || !Number.isFinite(y) ? null : cssPx(y);
      },
      width: cssPx(width),
      height: cssPx(height),
      from: timeAt(bars, -origin / spacing),
      until: timeAt(bars, (width - origin) / spacing),
    };
  }
}
