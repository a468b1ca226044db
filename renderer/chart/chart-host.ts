import { lowerBound, noBars as noPrices } from '#shared/domain/candle';
import { objectTypes, type ObjectState, type ObjectType } from '#shared/domain/chart-object';
import type { ObjectFilters } from '#shared/domain/object-filter';
import type { CalendarId } from '#shared/domain/session-calendar';
import { timeframeLength } from '#shared/domain/timeframe';
import type { MouseEventParams } from 'lightweight-charts';
import type { BarWindow, View } from '../data/bar-window.ts';
import type { BarFaults, ObjectCount, ObjectCounts } from '../data/object-counts.ts';
import { hasPrice } from '../data/object-faults.ts';
import { shownObjects } from '../data/object-filter.ts';
import type { ObjectStyles } from '../data/object-style.ts';
import type { PictureCaption } from '../data/picture-caption.ts';
import { decimalsOf, formatPrice } from '../format/price.ts';
import { zoneOfBars } from '../format/time.ts';
import { axisWidth, leastAxisWidth } from './axis-width.ts';
import { timeAt, type BarScale } from './bar-scale.ts';
import { fromChartTime, toChartTime } from './chart-time.ts';
import { composePicture } from './compose-picture.ts';
import {
  colour,
  createPriceChart,
  readTimesIn,
  scaleBy,
  type PriceChart,
  type ScaleMode,
} from './create-price-chart.ts';
import { drawableBars } from './drawable-bars.ts';
import { layerLimits } from './layer-limits.ts';
import { looksOf } from './object-looks.ts';
import { objectsWithin, timelineOf, emptyTimeline, type ObjectTimeline } from './object-timeline.ts';
import { readPalette, type Palette } from './palette.ts';
import { narrowed, placeAsBefore, placeAt, type LogicalRange } from './placing.ts';
import { flagLayer } from './primitives/flags/flag-layer.ts';
import { LabelLayer } from './primitives/labels/label-layer.ts';
import type { Box } from './primitives/labels/place-labels.ts';
import type { Emphasis } from './primitives/layer.ts';
import { levelLayer } from './primitives/levels/level-layer.ts';
import { markerLayer } from './primitives/markers/marker-layer.ts';
import { ObjectLayer, type ChartLayer, type LayerSetting } from './primitives/object-layer.ts';
import { SessionLayer } from './primitives/sessions/session-layer.ts';
import { sessionMarks } from './primitives/sessions/session-marks.ts';
import { missingOpens } from './missing-opens.ts';
import { zoneLayer } from './primitives/zones/zone-layer.ts';
import { Studies, type StudyEvents } from './studies/studies.ts';
import type { StudySetting } from './studies/study-setting.ts';

export type ShownLayers = Readonly<Record<ObjectType | 'day-breaks', boolean>>;

export interface ChartEvents extends StudyEvents {
  readonly onView: (view: View, isFollowing: boolean) => void;
  readonly onCursor: (ts: number | null) => void;
  readonly onHover: (objectId: string | null) => void;
  /** What lies between two trading days, while that break is pointed at. */
  readonly onBreak: (reading: string | null) => void;
  readonly onPick: (objectId: string | null) => void;
  readonly onCounts: (counts: ObjectCounts) => void;
  readonly onScreenBars: (count: number) => void;
  /** A window is on the screen. */
  readonly onShown: (faults: BarFaults) => void;
}

export interface ChartLook {
  readonly zone: string;
  readonly priceScale: ScaleMode;
  readonly layers: ShownLayers;
  readonly objectFilters: ObjectFilters;
  readonly objectStyles: ObjectStyles;
  /** When the market of the symbol is open. */
  readonly calendar?: CalendarId | null;
  readonly hasSessionShading: boolean;
  /** Whether room is left where a market was open and there is no bar. */
  readonly hasGaps: boolean;
}

const usualSpacing = 6;
/** More bars than this on one screen would leave no room in a window for what lies beside it. */
export const mostOnScreen = 3_000;
const noBars: BarScale = { ts: [], barLength: 60_000 };

/**
 * The chart as the rest of the window knows it: hand it windows of bars, tell it how to look, and listen to what is
 * looked at and pointed at. It owns everything that lightweight-charts makes.
 */
export class ChartHost {
  readonly #parts: PriceChart;
  readonly #container: HTMLElement;
  readonly #events: ChartEvents;
  readonly #layers: readonly ChartLayer[];
  readonly #labels: LabelLayer;
  readonly #sessions: SessionLayer;
  readonly #volumeSessions: SessionLayer;
  readonly #studies: Studies;
  #palette: Palette;
  #look: ChartLook;
  #bars: BarScale = noBars;
  #window: BarWindow | null = null;
  /** What layers and filters show. */
  #timeline = emptyTimeline;
  /** All that there is of each type, and those of them that pass but have no price. */
  #loaded: ByType<ObjectTimeline> = byType(() => emptyTimeline);
  #unpriced: ByType<ObjectTimeline> = byType(() => emptyTimeline);
  #emphasis: Emphasis = { hoveredId: null, selectedId: null };
  #decimals = 2;
  /** Set while bars are being replaced: the library tells of each step, and none of them is a movement. */
  #isReplacing = false;
  /** Open of the bar under the crosshair. */
  #cursor: number | null = null;
  /** The crosshair is where the pointer is, and not on a bar that keys chose. */
  #isAtPointer = false;
  /** A range that was set: the library puts it on with its next frame, and until then says the one before it. */
  #coming: LogicalRange | null = null;
  /** What the crosshair was last said to be on without having been moved, while a range is coming. */
  #movedUnder: MouseEventParams | null = null;
  #isHeld = false;
  #waiting: BarWindow | null = null;

  constructor(container: HTMLElement, look: ChartLook, events: ChartEvents) {
    this.#container = container;
    this.#events = events;
    this.#look = look;
    this.#palette = readPalette(container);
    this.#parts = createPriceChart(container);
    const setting: LayerSetting = {
      bars: noBars,
      prices: noPrices,
      palette: this.#palette,
      looks: looksOf(look.objectStyles, this.#palette),
      emphasis: this.#emphasis,
      isShown: true,
      limit: Infinity,
      formatPrice: (price) => this.#formatPrice(price),
    };
    this.#sessions = new SessionLayer(this.#palette, true);
    this.#volumeSessions = new SessionLayer(this.#palette, false);
    this.#layers = [
      new ObjectLayer(zoneLayer, setting),
      new ObjectLayer(levelLayer, setting),
      new ObjectLayer(flagLayer, setting),
      new ObjectLayer(markerLayer, setting),
    ];
    this.#labels = new LabelLayer(this.#layers, this.#palette.background);
    this.coverWith(() => []);
    const { chart, candles, volumes } = this.#parts;
    candles.attachPrimitive(this.#sessions);
    volumes.attachPrimitive(this.#volumeSessions);
    for (const layer of this.#layers) candles.attachPrimitive(layer);
    candles.attachPrimitive(this.#labels);
    this.#studies = new Studies(container, this.#parts, events);
    chart.timeScale().subscribeVisibleLogicalRangeChange(() => this.#viewChanged());
    chart.timeScale().subscribeSizeChange((width) => this.#resized(width));
    chart.subscribeCrosshairMove((move) => this.#pointed(move));
    chart.subscribeClick((click) => this.#events.onPick(this.#idUnder(click)));
    candles.applyOptions({
      priceFormat: { type: 'custom', minMove: 1e-10, formatter: (price: number) => this.#formatPrice(price) },
    });
    container.addEventListener('pointerdown', this.#hold);
    container.addEventListener('pointerleave', () => this.#left());
    addEventListener('pointerup', this.#release);
    addEventListener('pointercancel', this.#release);
    this.recolour();
    this.setLook(look);
  }

  /** Decimals that show every loaded price as it is stored. */
  get decimals(): number {
    return this.#decimals;
  }

  /**
   * Replaces the bars and objects; what is looked at stays where it was, or moves to the window's target.
   *
   * While the chart is being dragged the library counts from where the drag began, and new bars under it would make
   * it jump: what is only to be kept up to date waits for the release.
   */
  setWindow(window: BarWindow): void {
    const canWait = window.placement.kind === 'keep' && isSameSeries(window, this.#window);
    if (this.#isHeld && canWait) this.#waiting = window;
    else this.#show(window);
  }

  #show(window: BarWindow): void {
    this.#waiting = null;
    const { candles, volumes } = this.#parts;
    const missing = this.#missingIn(window);
    const before = { bars: this.#bars, range: this.#visibleRange(), isFollowing: this.#isFollowing() };
    const {
      candles: candleItems,
      volumes: volumeItems,
      ts,
      ...faults
    } = drawableBars(window.bars, this.#palette, missing ?? []);
    this.#isReplacing = true;
    try {
      this.#window = window;
      this.#bars = { ts, barLength: timeframeLength(window.key.timeframe) };
      this.#decimals = decimalsOf(window.bars.close);
      readTimesIn(this.#parts, zoneOfBars(ts, this.#bars.barLength, this.#look.zone), this.#bars.barLength);
      candles.applyOptions({ priceFormat: this.#priceFormat() });
      this.#widenAxis();
      candles.setData(candleItems);
      volumes.setData(volumeItems);
      this.#studies.setBars({
        window,
        ts,
        palette: this.#palette,
        decimals: this.#decimals,
        formatPrice: (price) => this.#formatPrice(price),
      });
      const usual = this.#usualBars();
      const range =
        window.placement.kind !== 'keep'
          ? placeAt(window.placement, this.#bars, this.#shownBars(before.range), usual)
          : before.range === null
            ? placeAt({ kind: 'latest' }, this.#bars, usual, usual)
            : placeAsBefore(before.range, before.bars, this.#bars, before.isFollowing);
      if (ts.length > 0) this.#scrollTo(range);
      if (window.placement.kind !== 'keep') candles.priceScale().applyOptions({ autoScale: true });
    } finally {
      this.#isReplacing = false;
    }
    for (const layer of this.#layers) layer.set({ bars: this.#bars, prices: window.bars });
    this.#loaded = byType((type) => timelineOf(window.objects.filter((each) => each.object_type === type)));
    this.#showObjects();
    this.#redrawBreaks();
    this.#viewChanged();
    this.#events.onShown({ ...faults, hasTooManyGaps: missing === null });
  }

  /** Hands the layers what they show of the window's objects. */
  #showObjects(): void {
    const { layers, objectFilters } = this.#look;
    const shown = shownObjects(this.#window?.objects ?? [], layers, objectFilters);
    this.#timeline = timelineOf(shown);
    this.#unpriced = byType((type) =>
      timelineOf(shown.filter((object) => object.object_type === type && !hasPrice(object))),
    );
    const drawable = shown.filter(hasPrice);
    for (const layer of this.#layers) layer.setObjects(drawable);
    this.#labels.redraw();
  }

  /** Null when there are too many to leave room for. */
  #missingIn({ key, bars }: BarWindow): Float64Array | null {
    const { hasGaps, calendar } = this.#look;
    if (!hasGaps || calendar == null) return new Float64Array(0);
    return missingOpens({ ts: bars.ts, barLength: timeframeLength(key.timeframe) }, key.timeframe, calendar);
  }

  setLook(look: ChartLook): void {
    const isOtherZone =
      look.zone !== this.#look.zone ||
      look.hasGaps !== this.#look.hasGaps ||
      look.calendar !== this.#look.calendar;
    const isOtherChoice =
      look.layers !== this.#look.layers || look.objectFilters !== this.#look.objectFilters;
    this.#look = look;
    scaleBy(this.#parts, look.priceScale);
    this.#widenAxis();
    const looks = looksOf(look.objectStyles, this.#palette);
    for (const layer of this.#layers) layer.set({ isShown: look.layers[layer.type], looks });
    this.#labels.redraw();
    if (isOtherZone && this.#window !== null)
      this.#show({ ...(this.#waiting ?? this.#window), placement: { kind: 'keep' } });
    else if (isOtherChoice) {
      this.#showObjects();
      this.#viewChanged();
    }
    this.#redrawBreaks();
  }

  /** Says what lies over the chart, in pixels of its container: no label is written under it. */
  coverWith(readCovered: () => readonly Box[]): void {
    this.#labels.coverWith(() => [...readCovered(), ...this.#sessions.labelBoxes()]);
  }

  /** What lies over the chart has changed its size. */
  redrawLabels(): void {
    this.#labels.redraw();
  }

  /** Indicators, symbols to compare with, and how high panes are. */
  setStudies(setting: StudySetting): void {
    this.#studies.set(setting);
    this.#sessions.set({ foot: this.#studies.footHeight });
  }

  /** Reads the colours again after a theme or a candle preset was put on the page. */
  recolour(): void {
    this.#palette = readPalette(this.#container);
    colour(this.#parts, this.#palette);
    const looks = looksOf(this.#look.objectStyles, this.#palette);
    for (const layer of this.#layers) layer.set({ palette: this.#palette, looks });
    this.#labels.recolour(this.#palette.background);
    if (this.#window !== null)
      this.#show({ ...(this.#waiting ?? this.#window), placement: { kind: 'keep' } });
  }

  emphasize(emphasis: Emphasis): void {
    if (
      emphasis.hoveredId === this.#emphasis.hoveredId &&
      emphasis.selectedId === this.#emphasis.selectedId
    ) {
      return;
    }
    this.#emphasis = emphasis;
    for (const layer of this.#layers) layer.set({ emphasis });
    this.#labels.redraw();
  }

  /** Puts the crosshair so many bars farther on, from where it is or from the newest bar on the screen. */
  stepCursor(bars: number): void {
    const range = this.#visibleRange();
    const count = this.#bars.ts.length;
    if (range === null || count === 0) return;
    const from =
      this.#cursor === null
        ? Math.min(count, Math.floor(range.to) + 1)
        : lowerBound(this.#bars.ts, this.#cursor);
    this.moveCursor(Math.min(count - 1, Math.max(0, from + bars)));
  }

  /** Puts the crosshair on a loaded bar and brings it onto the screen. */
  moveCursor(index: number): void {
    const at = this.#bars.ts[index];
    const range = this.#visibleRange();
    if (at === undefined || range === null) return;
    this.#cursor = at;
    this.#isAtPointer = false;
    const beyond = index < range.from + 1 ? index - range.from - 2 : Math.max(0, index - range.to + 2);
    if (beyond !== 0) this.#scrollTo({ from: range.from + beyond, to: range.to + beyond });
    this.#markCursor();
    this.#events.onCursor(at);
  }

  /** Draws the crosshair on the bar that keys chose. */
  #markCursor(): void {
    if (this.#cursor === null) return;
    const { chart, candles } = this.#parts;
    chart.setCrosshairPosition(this.#closeAt(this.#cursor) ?? 0, toChartTime(this.#cursor), candles);
  }

  #closeAt(ts: number): number | undefined {
    const bars = this.#window?.bars;
    const index = bars === undefined ? -1 : lowerBound(bars.ts, ts);
    return bars?.ts[index] === ts ? bars.close[index] : undefined;
  }

  /** The first or the last bar that is loaded. */
  moveCursorToEnd(end: 'first' | 'last'): void {
    this.moveCursor(end === 'first' ? 0 : this.#bars.ts.length - 1);
  }

  leaveCursor(): void {
    this.#cursor = null;
    this.#isAtPointer = false;
    this.#parts.chart.clearCrosshairPosition();
    this.#events.onCursor(null);
  }

  /** Shows fewer bars for a factor below one, more above it, round the middle of the screen. */
  zoom(factor: number): void {
    const range = this.#visibleRange();
    if (range === null) return;
    const [middle, half] = [(range.from + range.to) / 2, ((range.to - range.from) / 2) * factor];
    this.#scrollTo({ from: middle - half, to: middle + half });
  }

  /** Objects that hold at a bar, for reading out. */
  objectsAt(ts: number): readonly ObjectState[] {
    return objectsWithin(this.#timeline, ts, ts + this.#bars.barLength - 1).objects;
  }

  /** Lets go of the price scale if it was dragged. */
  fitPrices(): void {
    this.#parts.candles.priceScale().applyOptions({ autoScale: true });
  }

  /** The chart as it is on the screen, without the crosshair, and a caption under it. */
  paint(caption: PictureCaption): HTMLCanvasElement {
    const chart = this.#parts.chart.takeScreenshot(true);
    const pixelRatio = chart.width / Math.max(1, this.#container.clientWidth);
    return composePicture(chart, caption, this.#palette, pixelRatio);
  }

  close(): void {
    removeEventListener('pointerup', this.#release);
    removeEventListener('pointercancel', this.#release);
    this.#studies.close();
    this.#parts.chart.remove();
  }

  readonly #hold = (): void => {
    this.#isHeld = true;
  };

  readonly #release = (): void => {
    this.#isHeld = false;
    this.#studies.noteRelease();
    const waiting = this.#waiting;
    // The library ends its drag in the same event, after this.
    if (waiting !== null) setTimeout(() => this.#waiting === waiting && this.#show(waiting));
  };

  #formatPrice(price: number): string {
    return formatPrice(price, this.#decimals);
  }

  #priceFormat() {
    const formatter = (price: number) => this.#formatPrice(price);
    return { type: 'custom', minMove: 10 ** -this.#decimals, base: 10 ** this.#decimals, formatter } as const;
  }

  #widenAxis(): void {
    const { bars } = this.#window ?? { bars: noPrices };
    const minimumWidth =
      this.#look.priceScale === 'percent'
        ? leastAxisWidth
        : axisWidth(bars.close, (price) => this.#formatPrice(price));
    this.#parts.chart.applyOptions({ rightPriceScale: { minimumWidth } });
  }

  #visibleRange(): LogicalRange | null {
    if (this.#bars.ts.length === 0) return null;
    return this.#coming ?? this.#parts.chart.timeScale().getVisibleLogicalRange();
  }

  #scrollTo(range: LogicalRange): void {
    const coming = this.#withinZoom(range);
    this.#coming = coming;
    this.#parts.chart.timeScale().setVisibleLogicalRange(coming);
    // Asked for after the library asked for its own frame, so this runs when the range has been put on.
    requestAnimationFrame(() => {
      if (this.#coming !== coming) return;
      this.#coming = null;
      const moved = this.#movedUnder;
      this.#movedUnder = null;
      if (moved !== null) this.#pointed(moved);
    });
  }

  #width(): number {
    return this.#parts.chart.timeScale().width() || this.#container.clientWidth - 64;
  }

  #usualBars(): number {
    return Math.max(20, Math.floor(this.#width() / usualSpacing));
  }

  #shownBars(range: LogicalRange | null): number {
    return range === null ? this.#usualBars() : range.to - range.from;
  }

  #mostBars(): number {
    return Math.min(mostOnScreen, this.#width() * 2);
  }

  #withinZoom(range: LogicalRange): LogicalRange {
    return narrowed(range, this.#mostBars(), this.#bars.ts.length - 1);
  }

  #resized(width: number): void {
    this.#parts.chart.timeScale().applyOptions({ minBarSpacing: Math.max(0.5, width / mostOnScreen) });
    this.#events.onScreenBars(this.#usualBars());
  }

  /** The newest bar of the whole series is loaded and on the screen. */
  #isFollowing(): boolean {
    const range = this.#visibleRange();
    const extent = this.#window?.extent ?? null;
    const last = this.#bars.ts.length - 1;
    if (range === null || extent === null) return this.#window === null;
    const hasNewest = (this.#window?.covered.until ?? -Infinity) > extent.last;
    return hasNewest && range.to >= last - 0.5;
  }

  #viewChanged(): void {
    const range = this.#visibleRange();
    if (this.#isReplacing) return;
    if (range === null) {
      this.#events.onCounts(byType(() => ({ total: 0, shown: 0, filtered: 0, unpriced: 0 })));
      return;
    }
    const [from, until] = [timeAt(this.#bars, range.from), timeAt(this.#bars, range.to)];
    this.#shareOut(from, until);
    this.#events.onView({ from, until, barsVisible: range.to - range.from }, this.#isFollowing());
  }

  /** Says how many objects are on the screen and holds each layer to its share of what may be drawn. */
  #shareOut(from: number, until: number): void {
    const within = (timeline: ObjectTimeline) => objectsWithin(timeline, from, until, 0).total;
    const drawable = byType(
      (type) => this.#layers.find((layer) => layer.type === type)?.countWithin(from, until) ?? 0,
    );
    const limits = layerLimits(drawable);
    for (const layer of this.#layers) layer.setLimit(limits[layer.type]);
    this.#events.onCounts(
      byType((type): ObjectCount => {
        const [total, unpriced] = [within(this.#loaded[type]), within(this.#unpriced[type])];
        const filtered = this.#look.layers[type] ? total - drawable[type] - unpriced : 0;
        return { total, shown: Math.min(limits[type], drawable[type]), filtered, unpriced };
      }),
    );
  }

  #redrawBreaks(): void {
    const { calendar, layers, hasSessionShading } = this.#look;
    const marks = sessionMarks(this.#bars, calendar ?? 'crypto');
    const [hasBreaks, palette] = [layers['day-breaks'], this.#palette];
    for (const layer of [this.#sessions, this.#volumeSessions]) {
      layer.set({ marks, hasBreaks, hasShading: hasSessionShading, palette });
    }
  }

  #pointed(move: MouseEventParams): void {
    // While bars are being replaced there is nothing under a pointer that has not moved; leaving is seen elsewhere.
    if (this.#isReplacing || move.point === undefined) return;
    // Told without an event, the chart has moved: under a pointer at rest there is another bar now, whereas the bar
    // that keys chose is elsewhere on the screen.
    if (move.sourceEvent !== undefined) this.#isAtPointer = true;
    else if (this.#coming !== null) {
      this.#movedUnder = move;
      return;
    } else if (!this.#isAtPointer) {
      this.#markCursor();
      return;
    }
    this.#cursor = move.time === undefined ? null : fromChartTime(move.time);
    this.#events.onCursor(this.#cursor);
    // What is dragged along under the pointer is not pointed at.
    if (this.#isHeld) return;
    this.#events.onHover(this.#idUnder(move));
    this.#events.onBreak(this.#sessions.readingAt(move.point.x));
  }

  #left(): void {
    if (this.#isAtPointer) this.leaveCursor();
    this.#events.onHover(null);
    this.#events.onBreak(null);
  }

  #idUnder({ point, paneIndex }: MouseEventParams): string | null {
    if (point === undefined || (paneIndex ?? 0) !== 0) return null;
    for (const layer of [...this.#layers].reverse()) {
      const id = layer.idAt(point.x, point.y);
      if (id !== null) return id;
    }
    return null;
  }
}

type ByType<T> = Readonly<Record<ObjectType, T>>;

function byType<T>(make: (type: ObjectType) => T): ByType<T> {
  return Object.fromEntries(objectTypes.map((type) => [type, make(type)])) as ByType<T>;
}

function isSameSeries(a: BarWindow, b: BarWindow | null): boolean {
  return a.key.symbol === b?.key.symbol && a.key.timeframe === b.key.timeframe;
}
