import { lowerBound, noBars as noPrices } from '#shared/domain/candle';
import type { ObjectState, ObjectType } from '#shared/domain/chart-object';
import type { ObjectFilters } from '#shared/domain/object-filter';
import type { CalendarId } from '#shared/domain/session-calendar';
import { timeframeLength } from '#shared/domain/timeframe';
import type { MouseEventParams } from 'lightweight-charts';
import { isSameSeries, type BarWindow, type View } from '../data/bar-window.ts';
import type { BarFaults, ObjectCounts } from '../data/object-counts.ts';
import type { ObjectStyles } from '../data/object-style.ts';
import type { PictureCaption } from '../data/picture-caption.ts';
import { zoneOfBars } from '../format/time.ts';
import { AxisFormats } from './axis-formats.ts';
import { timeAt } from './bar-scale.ts';
import { ChartView, mostOnScreen, noBars } from './chart-view.ts';
import { composePicture } from './compose-picture.ts';
import { colour, createPriceChart, scaleBy, type PriceChart, type ScaleMode } from './create-price-chart.ts';
import { Crosshair } from './crosshair.ts';
import { drawableBars } from './drawable-bars.ts';
import { looksOf } from './object-looks.ts';
import { readPalette, type Palette } from './palette.ts';
import { placeWindow } from './placing.ts';
import type { Box } from './primitives/labels/place-labels.ts';
import type { Emphasis } from './primitives/layer.ts';
import { SessionLayer } from './primitives/sessions/session-layer.ts';
import { sessionMarks } from './primitives/sessions/session-marks.ts';
import { missingOpens } from './missing-opens.ts';
import { noObjectsCounted, ShownObjects } from './shown-objects.ts';
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

/**
 * The chart as the rest of the window knows it: hand it windows of bars, tell it how to look, and listen to what is
 * looked at and pointed at. It owns everything that lightweight-charts makes.
 */
export class ChartHost {
  readonly #parts: PriceChart;
  readonly #container: HTMLElement;
  readonly #events: ChartEvents;
  readonly #objects: ShownObjects;
  readonly #sessions: SessionLayer;
  readonly #volumeSessions: SessionLayer;
  readonly #studies: Studies;
  readonly #formats: AxisFormats;
  readonly #view: ChartView;
  readonly #crosshair: Crosshair;
  #palette: Palette;
  #look: ChartLook;
  #window: BarWindow | null = null;
  #emphasis: Emphasis = { hoveredId: null, selectedId: null };
  /** Set while bars are being replaced: the library tells of each step, and none of them is a movement. */
  #isReplacing = false;
  #isHeld = false;
  #waiting: BarWindow | null = null;

  constructor(container: HTMLElement, look: ChartLook, events: ChartEvents) {
    this.#container = container;
    this.#events = events;
    this.#look = look;
    this.#palette = readPalette(container);
    this.#parts = createPriceChart(container);
    this.#formats = new AxisFormats(this.#parts);
    this.#view = new ChartView(this.#parts, container, () => this.#arrived());
    this.#crosshair = new Crosshair(this.#parts, this.#view, events.onCursor);
    this.#sessions = new SessionLayer(this.#palette, true);
    this.#volumeSessions = new SessionLayer(this.#palette, false);
    this.#objects = new ShownObjects(
      {
        bars: noBars,
        prices: noPrices,
        palette: this.#palette,
        looks: looksOf(look.objectStyles, this.#palette),
        emphasis: this.#emphasis,
        isShown: true,
        limit: Infinity,
        formatPrice: this.#formats.formatPrice,
      },
      look,
    );
    this.coverWith(() => []);
    const { chart, candles, volumes } = this.#parts;
    candles.attachPrimitive(this.#sessions);
    volumes.attachPrimitive(this.#volumeSessions);
    this.#objects.attachTo(candles);
    this.#studies = new Studies(container, this.#parts, events);
    chart.timeScale().subscribeVisibleLogicalRangeChange(() => this.#viewChanged());
    chart.timeScale().subscribeSizeChange((width) => this.#resized(width));
    chart.subscribeCrosshairMove((move) => this.#pointed(move));
    chart.subscribeClick((click) => this.#events.onPick(this.#idUnder(click)));
    container.addEventListener('pointerdown', this.#hold);
    container.addEventListener('pointerleave', () => this.#left());
    addEventListener('pointerup', this.#release);
    addEventListener('pointercancel', this.#release);
    this.recolour();
    this.setLook(look);
  }

  /** Decimals that show every loaded price as it is stored. */
  get decimals(): number {
    return this.#formats.decimals;
  }

  /**
   * Replaces the bars and objects; what is looked at stays where it was, or moves to the window's target.
   *
   * While the chart is being dragged the library counts from where the drag began, and new bars under it would make
   * it jump: what is only to be kept up to date waits for the release.
   */
  setWindow(window: BarWindow): void {
    const canWait = window.placement.kind === 'keep' && isSameSeries(window.key, this.#window?.key);
    if (this.#isHeld && canWait) this.#waiting = window;
    else this.#show(window);
  }

  #show(window: BarWindow): void {
    this.#waiting = null;
    const { candles, volumes } = this.#parts;
    const missing = this.#missingIn(window);
    const before = { bars: this.#view.bars, range: this.#view.range, isFollowing: this.#isFollowing() };
    const {
      candles: candleItems,
      volumes: volumeItems,
      ts,
      ...faults
    } = drawableBars(window.bars, this.#palette, missing ?? []);
    this.#isReplacing = true;
    try {
      this.#window = window;
      const bars = { ts, barLength: timeframeLength(window.key.timeframe) };
      this.#view.setBars(bars);
      this.#crosshair.setPrices(window.bars);
      this.#formats.setPrices(window.bars.close);
      this.#formats.readTimesIn(zoneOfBars(ts, bars.barLength, this.#look.zone), bars.barLength);
      this.#formats.widen(this.#look.priceScale);
      candles.setData(candleItems);
      volumes.setData(volumeItems);
      this.#studies.setBars({
        window,
        ts,
        palette: this.#palette,
        decimals: this.#formats.decimals,
        formatPrice: this.#formats.formatPrice,
      });
      if (ts.length > 0) {
        this.#view.scrollTo(placeWindow(window.placement, bars, before, this.#view.usualBars));
      }
      if (window.placement.kind !== 'keep') this.fitPrices();
    } finally {
      this.#isReplacing = false;
    }
    this.#objects.setObjects(window.objects, { bars: this.#view.bars, prices: window.bars });
    this.#redrawBreaks();
    this.#viewChanged();
    this.#events.onShown({ ...faults, hasTooManyGaps: missing === null });
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
      (look.hasGaps && look.calendar !== this.#look.calendar);
    const isOtherStyle = look.objectStyles !== this.#look.objectStyles;
    this.#look = look;
    scaleBy(this.#parts, look.priceScale);
    this.#formats.widen(look.priceScale);
    const isOtherChoice = this.#objects.choose(look);
    if (isOtherStyle) this.#colourObjects();
    if (isOtherZone && this.#window !== null)
      this.#show({ ...(this.#waiting ?? this.#window), placement: { kind: 'keep' } });
    else if (isOtherChoice) this.#viewChanged();
    this.#redrawBreaks();
  }

  /** Says what lies over the chart, in pixels of its container: no label is written under it. */
  coverWith(readCovered: () => readonly Box[]): void {
    this.#objects.coverWith(() => [...readCovered(), ...this.#sessions.labelBoxes()]);
  }

  /** What lies over the chart has changed its size. */
  redrawLabels(): void {
    this.#objects.redrawLabels();
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
    this.#colourObjects();
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
    this.#objects.emphasize(emphasis);
  }

  /** Puts the crosshair so many bars farther on, from where it is or from the newest bar on the screen. */
  stepCursor(bars: number): void {
    this.#crosshair.step(bars);
  }

  /** Puts the crosshair on the first or the last bar that is loaded. */
  moveCursorToEnd(end: 'first' | 'last'): void {
    this.#crosshair.moveTo(end === 'first' ? 0 : this.#view.bars.ts.length - 1);
  }

  /** Puts the crosshair on the loaded bar that opens then, and brings that onto the screen. */
  moveCursorTo(ts: number): void {
    this.#crosshair.moveTo(lowerBound(this.#view.bars.ts, ts));
  }

  leaveCursor(): void {
    this.#crosshair.leave();
  }

  /** Shows fewer bars for a factor below one, more above it. */
  zoom(factor: number): void {
    this.#view.zoom(factor);
  }

  /** Objects that hold at a bar, for reading out. */
  objectsAt(ts: number): readonly ObjectState[] {
    return this.#objects.within(ts, ts + this.#view.bars.barLength - 1);
  }

  /** Lets go of the price scale if it was dragged. */
  fitPrices(): void {
    const scale = this.#parts.candles.priceScale();
    if (!scale.options().autoScale) scale.applyOptions({ autoScale: true });
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

  /** A range that was set is on the screen: there is another bar under a pointer that rests. */
  #arrived(): void {
    const moved = this.#crosshair.takeMovedUnder();
    if (moved !== null) this.#pointed(moved);
  }

  #resized(width: number): void {
    this.#parts.chart.timeScale().applyOptions({ minBarSpacing: Math.max(0.5, width / mostOnScreen) });
    this.#events.onScreenBars(this.#view.usualBars);
  }

  /** The newest bar of the whole series is loaded and on the screen. */
  #isFollowing(): boolean {
    const range = this.#view.range;
    const extent = this.#window?.extent ?? null;
    const last = this.#view.bars.ts.length - 1;
    if (range === null || extent === null) return this.#window === null;
    const hasNewest = (this.#window?.covered.until ?? -Infinity) > extent.last;
    return hasNewest && range.to >= last - 0.5;
  }

  #viewChanged(): void {
    const range = this.#view.range;
    if (this.#isReplacing) return;
    if (range === null) {
      this.#events.onCounts(noObjectsCounted);
      return;
    }
    const [from, until] = [timeAt(this.#view.bars, range.from), timeAt(this.#view.bars, range.to)];
    this.#events.onCounts(this.#objects.shareOut(from, until));
    this.#events.onView({ from, until, barsVisible: range.to - range.from }, this.#isFollowing());
  }

  #colourObjects(): void {
    const looks = looksOf(this.#look.objectStyles, this.#palette);
    this.#objects.colour({ palette: this.#palette, looks });
  }

  #redrawBreaks(): void {
    const { calendar, layers, hasSessionShading } = this.#look;
    const marks = sessionMarks(this.#view.bars, calendar ?? 'crypto');
    const [hasBreaks, palette] = [layers['day-breaks'], this.#palette];
    for (const layer of [this.#sessions, this.#volumeSessions]) {
      layer.set({ marks, hasBreaks, hasShading: hasSessionShading, palette });
    }
  }

  #pointed(move: MouseEventParams): void {
    // While bars are being replaced there is nothing under a pointer that has not moved; leaving is seen elsewhere.
    if (this.#isReplacing || move.point === undefined) return;
    if (!this.#crosshair.follow(move)) return;
    // What is dragged along under the pointer is not pointed at.
    if (this.#isHeld) return;
    this.#events.onHover(this.#idUnder(move));
    this.#events.onBreak(this.#sessions.readingAt(move.point.x));
  }

  #left(): void {
    this.#crosshair.noteLeft();
    this.#events.onHover(null);
    this.#events.onBreak(null);
  }

  #idUnder({ point, paneIndex }: MouseEventParams): string | null {
    return point === undefined || (paneIndex ?? 0) !== 0 ? null : this.#objects.idAt(point);
  }
}
