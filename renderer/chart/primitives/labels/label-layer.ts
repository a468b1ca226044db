import type { IPrimitivePaneView, ISeriesPrimitive, SeriesAttachedParameter } from 'lightweight-charts';
import type { PixelRatio } from '../layer.ts';
import type { ChartLayer } from '../object-layer.ts';
import { Sprites } from '../sprites.ts';
import { drawLabels, labelFont } from './draw-labels.ts';
import { followLabels, placeLabels, type Box, type LabelRoom, type PlacedLabel } from './place-labels.ts';

/** Texts whose widths are remembered. */
const mostMeasured = 5_000;
/** While the chart moves, labels move along. They look for better places when it has rested so long, ms. */
const restMs = 150;
/** And so often while it goes on moving, ms: nobody reads then, and a frame in which they do takes twice as long. */
const placedEveryMs = 1_000;
/** How far labels keep from what lies over the chart, CSS pixels. */
const keptOff = 8;
/** The rim of a text, CSS pixels. */
const rim = 2;

/**
 * The labels of all layers, over everything else. It has to be attached after the layers: what they laid out last is
 * what it labels.
 */
export class LabelLayer implements ISeriesPrimitive {
  readonly #layers: readonly ChartLayer[];
  readonly #widths = new Map<string, number>();
  readonly #sprites = new Sprites();
  /** What lies over the chart, in pixels of the price pane. Asking the page for it costs more than a frame has. */
  #readCovered: () => readonly Box[] = () => [];
  #covered: readonly Box[] = [];
  #background: string;
  #attached: SeriesAttachedParameter | null = null;
  #placed: readonly PlacedLabel[] = [];
  #isStale = true;
  #hasOthers = false;
  #drawnAtMs = -Infinity;
  #placedAtMs = -Infinity;
  #timer: ReturnType<typeof setTimeout> | null = null;

  readonly #views: readonly IPrimitivePaneView[] = [
    {
      zOrder: () => 'top',
      renderer: () => ({
        draw: (target) =>
          target.useBitmapCoordinateSpace(
            ({ context, mediaSize, horizontalPixelRatio: x, verticalPixelRatio: y }) => {
              context.save();
              context.font = labelFont(1);
              this.#place({ ...mediaSize, widthOf: (text) => this.#widthOf(context, text) });
              for (const label of this.#placed) this.#copy(context, label, { x, y });
              context.restore();
            },
          ),
      }),
    },
  ];

  constructor(layers: readonly ChartLayer[], background: string) {
    this.#layers = layers;
    this.#background = background;
  }

  recolour(background: string): void {
    this.#background = background;
    this.#sprites.clear();
    this.redraw();
  }

  coverWith(readCovered: () => readonly Box[]): void {
    this.#readCovered = readCovered;
    this.redraw();
  }

  /** There are other objects to label: places are looked for once the chart rests, as they are while it moves. */
  noteObjects(): void {
    this.#hasOthers = true;
    this.#attached?.requestUpdate();
  }

  /** Looks for places anew with the next frame: there is something else to label, or other room for it. */
  redraw(): void {
    this.#isStale = true;
    this.#attached?.requestUpdate();
  }

  attached(attached: SeriesAttachedParameter): void {
    this.#attached = attached;
  }

  detached(): void {
    this.#attached = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#sprites.clear();
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views;
  }

  #place(room: Pick<LabelRoom, 'width' | 'height' | 'widthOf'>): void {
    const nowMs = performance.now();
    const isMoving = nowMs - this.#drawnAtMs < restMs;
    this.#drawnAtMs = nowMs;
    if (isMoving && !this.#isStale && this.#placed.length > 0) {
      const ids = new Set(this.#placed.map(({ id }) => id));
      const wishes = this.#layers.flatMap((layer) => layer.labelWishes(ids));
      const followed = followLabels(this.#placed, wishes, { ...room, covered: this.#covered });
      if (this.#hasOthers || !isSamePlaces(followed, this.#placed)) this.#placeLater();
      this.#placed = followed;
      return;
    }
    [this.#isStale, this.#hasOthers] = [false, false];
    this.#placedAtMs = nowMs;
    const wishes = this.#layers.flatMap((layer) => layer.labelWishes());
    this.#covered = wishes.length === 0 ? [] : this.#readCovered().map(grown);
    const blocked = this.#layers.flatMap((layer) => layer.blocked());
    this.#placed = placeLabels(wishes, { ...room, covered: this.#covered, blocked });
  }

  #placeLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const nowMs = performance.now();
      const isResting = nowMs - this.#drawnAtMs >= restMs;
      if (isResting || nowMs - this.#placedAtMs >= placedEveryMs) this.redraw();
      else this.#placeLater();
    }, restMs);
  }

  #copy(context: CanvasRenderingContext2D, label: PlacedLabel, ratio: PixelRatio): void {
    const { text, color, isFaint, left, top, width, height } = label;
    const sprite = this.#sprites.get(
      `${color} ${isFaint} ${ratio.x} ${ratio.y} ${text}`,
      Math.ceil((width + 2 * rim) * ratio.x),
      Math.ceil((height + 2 * rim) * ratio.y),
      (canvas) => drawLabels(canvas, [{ ...label, left: rim, top: rim }], ratio, this.#background),
    );
    context.drawImage(sprite, Math.round((left - rim) * ratio.x), Math.round((top - rim) * ratio.y));
  }

  /** The canvas is asked once for each text: that costs more than all the rest. */
  #widthOf(context: CanvasRenderingContext2D, text: string): number {
    const known = this.#widths.get(text);
    if (known !== undefined) return known;
    if (this.#widths.size >= mostMeasured) this.#widths.clear();
    const width = Math.ceil(context.measureText(text).width);
    this.#widths.set(text, width);
    return width;
  }
}

function grown({ left, top, width, height }: Box): Box {
  return { left: left - keptOff, top, width: width + 2 * keptOff, height };
}

function isSamePlaces(a: readonly PlacedLabel[], b: readonly PlacedLabel[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ left, top }, index) => left === b[index]?.left && top === b[index].top)
  );
}
