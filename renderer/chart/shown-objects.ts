import { objectTypes, type ObjectState, type ObjectType } from '#shared/domain/chart-object';
import type { ObjectFilters } from '#shared/domain/object-filter';
import type { ObjectCount, ObjectCounts } from '../data/object-counts.ts';
import { hasPrice } from '../data/object-faults.ts';
import { shownObjects } from '../data/object-filter.ts';
import type { PriceChart } from './create-price-chart.ts';
import { layerLimits } from './layer-limits.ts';
import { emptyTimeline, objectsWithin, timelineOf, type ObjectTimeline } from './object-timeline.ts';
import { flagLayer } from './primitives/flags/flag-layer.ts';
import { LabelLayer } from './primitives/labels/label-layer.ts';
import type { Box } from './primitives/labels/place-labels.ts';
import type { Emphasis } from './primitives/layer.ts';
import { levelLayer } from './primitives/levels/level-layer.ts';
import { markerLayer } from './primitives/markers/marker-layer.ts';
import { ObjectLayer, type ChartLayer, type LayerSetting } from './primitives/object-layer.ts';
import { zoneLayer } from './primitives/zones/zone-layer.ts';

/** Which objects are to be seen. */
export interface ObjectChoice {
  readonly layers: Readonly<Record<ObjectType, boolean>>;
  readonly objectFilters: ObjectFilters;
}

type ByType<T> = Readonly<Record<ObjectType, T>>;

/** The objects on the chart: a layer for each type, the labels of all, and a share for each of what may be drawn. */
export class ShownObjects {
  readonly #layers: readonly ChartLayer[];
  readonly #labels: LabelLayer;
  #choice: ObjectChoice;
  #objects: readonly ObjectState[] = [];
  /** What layers and filters show. */
  #timeline = emptyTimeline;
  /** All that there is of each type, and those of them that pass but have no price. */
  #loaded: ByType<ObjectTimeline> = byType(() => emptyTimeline);
  #unpriced: ByType<ObjectTimeline> = byType(() => emptyTimeline);

  constructor(setting: LayerSetting, choice: ObjectChoice) {
    this.#choice = choice;
    this.#layers = [
      new ObjectLayer(zoneLayer, setting),
      new ObjectLayer(levelLayer, setting),
      new ObjectLayer(flagLayer, setting),
      new ObjectLayer(markerLayer, setting),
    ];
    this.#labels = new LabelLayer(this.#layers, setting.palette.background);
  }

  attachTo(candles: PriceChart['candles']): void {
    for (const layer of this.#layers) candles.attachPrimitive(layer);
    candles.attachPrimitive(this.#labels);
  }

  setObjects(objects: readonly ObjectState[], bars: Pick<LayerSetting, 'bars' | 'prices'>): void {
    for (const layer of this.#layers) layer.set(bars);
    this.#objects = objects;
    this.#loaded = byType((type) => timelineOf(objects.filter((each) => each.object_type === type)));
    this.#show();
  }

  /** Answers whether there is anything else to be seen now. */
  choose({ layers, objectFilters }: ObjectChoice): boolean {
    const before = this.#choice;
    this.#choice = { layers, objectFilters };
    for (const layer of this.#layers) layer.set({ isShown: layers[layer.type] });
    const isOther = layers !== before.layers || objectFilters !== before.objectFilters;
    if (isOther) {
      this.#show();
      this.#labels.redraw();
    }
    return isOther;
  }

  colour(colours: Pick<LayerSetting, 'palette' | 'looks'>): void {
    for (const layer of this.#layers) layer.set(colours);
    this.#labels.recolour(colours.palette.background);
  }

  emphasize(emphasis: Emphasis): void {
    for (const layer of this.#layers) layer.set({ emphasis });
    this.#labels.redraw();
  }

  coverWith(readCovered: () => readonly Box[]): void {
    this.#labels.coverWith(readCovered);
  }

  redrawLabels(): void {
    this.#labels.redraw();
  }

  /** Objects that hold within a stretch of time, its end included. */
  within(from: number, through: number): readonly ObjectState[] {
    return objectsWithin(this.#timeline, from, through).objects;
  }

  /** What is on top at a point of the price pane, CSS pixels. */
  idAt({ x, y }: { readonly x: number; readonly y: number }): string | null {
    for (const layer of [...this.#layers].reverse()) {
      const id = layer.idAt(x, y);
      if (id !== null) return id;
    }
    return null;
  }

  /** Holds each layer to its share of what may be drawn, and says how many objects are on the screen. */
  shareOut(from: number, until: number): ObjectCounts {
    const within = (timeline: ObjectTimeline) => objectsWithin(timeline, from, until, 0).total;
    const drawable = byType(
      (type) => this.#layers.find((layer) => layer.type === type)?.countWithin(from, until) ?? 0,
    );
    const limits = layerLimits(drawable);
    for (const layer of this.#layers) layer.setLimit(limits[layer.type]);
    return byType((type): ObjectCount => {
      const [total, unpriced] = [within(this.#loaded[type]), within(this.#unpriced[type])];
      const filtered = this.#choice.layers[type] ? total - drawable[type] - unpriced : 0;
      return { total, shown: Math.min(limits[type], drawable[type]), filtered, unpriced };
    });
  }

  #show(): void {
    const shown = shownObjects(this.#objects, this.#choice.layers, this.#choice.objectFilters);
    this.#timeline = timelineOf(shown);
    this.#unpriced = byType((type) =>
      timelineOf(shown.filter((object) => object.object_type === type && !hasPrice(object))),
    );
    const drawable = shown.filter(hasPrice);
    for (const layer of this.#layers) layer.setObjects(drawable);
    this.#labels.noteObjects();
  }
}

/** What is counted while the chart has no stretch of time on the screen. */
export const noObjectsCounted: ObjectCounts = byType(() => ({
  total: 0,
  shown: 0,
  filtered: 0,
  unpriced: 0,
}));

function byType<T>(make: (type: ObjectType) => T): ByType<T> {
  return Object.fromEntries(objectTypes.map((type) => [type, make(type)])) as ByType<T>;
}
