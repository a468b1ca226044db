import type { IPrimitivePaneView, ISeriesPrimitive, SeriesAttachedParameter } from 'lightweight-charts';
import type { ChartLayer } from '../object-layer.ts';
import { drawLabels, labelFont } from './draw-labels.ts';
import { placeLabels, type Box } from './place-labels.ts';

/** Texts whose widths are remembered. */
const mostMeasured = 5_000;

/**
 * The labels of all layers, over everything else. It has to be attached after the layers: what they laid out last is
 * what it labels.
 */
export class LabelLayer implements ISeriesPrimitive {
  readonly #layers: readonly ChartLayer[];
  readonly #widths = new Map<string, number>();
  /** What lies over the chart, in pixels of the price pane. */
  #readCovered: () => readonly Box[] = () => [];
  #background: string;
  #attached: SeriesAttachedParameter | null = null;

  readonly #views: readonly IPrimitivePaneView[] = [
    {
      zOrder: () => 'top',
      renderer: () => ({
        draw: (target) =>
          target.useBitmapCoordinateSpace(
            ({ context, mediaSize, horizontalPixelRatio: x, verticalPixelRatio: y }) => {
              const wishes = this.#layers.flatMap((layer) => layer.labelWishes());
              if (wishes.length === 0) return;
              context.save();
              context.font = labelFont(1);
              const labels = placeLabels(wishes, {
                ...mediaSize,
                covered: this.#readCovered(),
                blocked: this.#layers.flatMap((layer) => layer.blocked()),
                widthOf: (text) => this.#widthOf(context, text),
              });
              drawLabels(context, labels, { x, y }, this.#background);
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
    this.redraw();
  }

  coverWith(readCovered: () => readonly Box[]): void {
    this.#readCovered = readCovered;
    this.redraw();
  }

  redraw(): void {
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
