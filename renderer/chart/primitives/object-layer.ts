import { lowerBound, type Bars } from '#shared/domain/candle';
import type { ObjectState, ObjectType } from '#shared/domain/chart-object';
import { cssPx } from '#shared/units';
import type {
  IPrimitivePaneView,
  ISeriesPrimitive,
  ISeriesPrimitiveAxisView,
  Logical,
  SeriesAttachedParameter,
} from 'lightweight-charts';
import { barAt, logicalAt, timeAt, type BarScale } from '../bar-scale.ts';
import type { Looks } from '../object-looks.ts';
import { emptyTimeline, objectsWithin, timelineOf, type ObjectTimeline } from '../object-timeline.ts';
import type { Palette } from '../palette.ts';
import type { Box, LabelWish } from './labels/place-labels.ts';

import type { BarPlace, Emphasis, LayerDefinition, Scales, Shape } from './layer.ts';
import { Sprites } from './sprites.ts';

/** What a layer is told about the chart it lies on. */
export interface LayerSetting {
  readonly bars: BarScale;
  /** The same bars with their prices, without the room that is left between them. */
  readonly prices: Bars;
  readonly palette: Palette;
  readonly looks: Looks;
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
  /** The labels of what was painted last, those of newer objects first; of all objects or of some. */
  readonly labelWishes: (ids?: ReadonlySet<string>) => readonly LabelWish[];
  /** Where what was painted last leaves no room for labels. */
  readonly blocked: () => readonly Box[];
}

const ranks = { selected: 3, hovered: 2, plain: 1 } as const;

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
  readonly #sprites = new Sprites();

  readonly #views: readonly IPrimitivePaneView[] = [
    {
      zOrder: () => this.#definition.zOrder,
      renderer: () => ({
        draw: (target) =>
          target.useBitmapCoordinateSpace(
            ({ context, mediaSize, horizontalPixelRatio: x, verticalPixelRatio: y }) => {
              this.#layOut(mediaSize.width, mediaSize.height);
              context.save();
              this.#definition.paint(context, this.#shapes, { x, y }, this.#setting.looks, this.#sprites);
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

  labelWishes(ids?: ReadonlySet<string>): readonly LabelWish[] {
    const { looks } = this.#setting;
    return this.#shapes
      .filter(({ label, id }) => label !== '' && (ids === undefined || ids.has(id)))
      .map((shape) => ({
        id: shape.id,
        text: shape.label,
        color: shape.strength === 'selected' ? looks.selected : looks.of(shape).color,
        // What still holds is read before what has ended.
        rank: ranks[shape.strength] - (shape.isOpen || shape.strength !== 'plain' ? 0 : 1),
        isFaint: !shape.isOpen && shape.strength === 'plain',
        places: this.#definition.labelPlaces(shape),
      }))
      .reverse();
  }

  blocked(): readonly Box[] {
    const { blocks } = this.#definition;
    return blocks === undefined ? [] : this.#shapes.map(blocks);
  }

  attached(attached: SeriesAttachedParameter): void {
    this.#attached = attached;
  }

  detached(): void {
    this.#attached = null;
    this.#sprites.clear();
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views;
  }

  priceAxisViews(): readonly ISeriesPrimitiveAxisView[] {
    return this.#axisViews;
  }

  #layOut(width: number, height: number): void {
    const { isShown, limit, emphasis, bars, palette, looks, formatPrice } = this.#setting;
    const scales = isShown ? this.#scales(width, height) : null;
    if (scales === null) {
      this.#shapes = [];
    } else {
      const { from, until } = scales;
      // A little beyond the edges, so that what reaches in from outside is there.
      const margin = bars.barLength * 2;
      const { objects } = objectsWithin(this.#timeline, from - margin, until + margin, limit);
      // What is inspected is drawn, whatever else there is no room for.
      const selected = limit === Infinity ? [] : this.#selectedBeside(objects, emphasis.selectedId);
      this.#shapes = this.#definition.layOut([...objects, ...selected], scales, emphasis, this.#setting);
    }
    const labels = this.#definition.axisLabels?.(this.#shapes, looks) ?? [];
    if (labels.length === 0 && this.#axisViews.length === 0) return;
    this.#axisViews = labels.map(({ y, price, color }) => ({
      coordinate: () => y,
      text: () => formatPrice(price),
      textColor: () => palette.background,
      backColor: () => color,
    }));
  }

  #selectedBeside(objects: readonly ObjectState[], id: string | null): readonly ObjectState[] {
    const isSelected = ({ object_id }: ObjectState) => object_id === id;
    return id === null || objects.some(isSelected) ? [] : this.#timeline.objects.filter(isSelected);
  }

  #scales(width: number, height: number): (Scales & { from: number; until: number }) | null {
    const { bars, prices } = this.#setting;
    const time = this.#attached?.chart.timeScale();
    const series = this.#attached?.series;
    const origin: number | null = time?.logicalToCoordinate(0 as Logical) ?? null;
    const next: number | null = time?.logicalToCoordinate(1 as Logical) ?? null;
    if (series === undefined || origin === null || next === null || next <= origin) return null;
    const spacing = next - origin;
    const y = (price: number) => {
      const at = series.priceToCoordinate(price);
      return at === null || !Number.isFinite(at) ? null : cssPx(at);
    };
    const bar = (time: number): BarPlace | null => {
      const index = barAt(bars, time);
      const ts = bars.ts[index] ?? Number.NaN;
      const row = lowerBound(prices.ts, ts);
      const isBar =
        time >= (bars.ts[0] ?? Infinity) && time < (bars.ts[bars.ts.length - 1] ?? 0) + bars.barLength;
      if (!isBar || prices.ts[row] !== ts) return null;
      const [a, b] = [y(prices.high[row] ?? Number.NaN), y(prices.low[row] ?? Number.NaN)];
      if (a === null || b === null) return null;
      // A bar may have been stored upside down.
      return {
        x: cssPx(origin + index * spacing),
        top: cssPx(Math.min(a, b)),
        bottom: cssPx(Math.max(a, b)),
      };
    };
    return {
      x: (at) => cssPx(origin + logicalAt(bars, at) * spacing),
      y,
      bar,
      spacing: cssPx(spacing),
      width: cssPx(width),
      height: cssPx(height),
      from: timeAt(bars, -origin / spacing),
      until: timeAt(bars, (width - origin) / spacing),
    };
  }
}
