import type {
  IPrimitivePaneView,
  ISeriesPrimitive,
  Logical,
  SeriesAttachedParameter,
} from 'lightweight-charts';
import { drawRibbon } from './draw-ribbon.ts';
import { ribbonRuns } from './ribbon-runs.ts';

/** A state for each bar of the chart, NaN for none, and its colours. */
export interface Ribbon {
  readonly states: Float64Array;
  readonly colorOf: (state: number) => string;
}

/** Thin strips along the bottom of the pane, one above the other. */
export class RibbonLayer implements ISeriesPrimitive {
  #ribbons: readonly Ribbon[] = [];
  #attached: SeriesAttachedParameter | null = null;

  readonly #views: readonly IPrimitivePaneView[] = [
    {
      zOrder: () => 'normal',
      renderer: () => ({
        draw: (target) =>
          target.useBitmapCoordinateSpace(
            ({ context, mediaSize, horizontalPixelRatio: x, verticalPixelRatio: y }) => {
              const time = this.#attached?.chart.timeScale();
              const origin: number | null = time?.logicalToCoordinate(0 as Logical) ?? null;
              const next: number | null = time?.logicalToCoordinate(1 as Logical) ?? null;
              if (origin === null || next === null || next <= origin) return;
              const barWidth = next - origin;
              const place = {
                x: (bar: number) => origin + bar * barWidth,
                barWidth,
                paneHeight: mediaSize.height,
              };
              const range = {
                first: Math.floor(-origin / barWidth) - 1,
                last: Math.ceil((mediaSize.width - origin) / barWidth) + 1,
              };
              context.save();
              this.#ribbons.forEach(({ states, colorOf }, row) =>
                drawRibbon(context, ribbonRuns(states, range), row, colorOf, place, { x, y }),
              );
              context.restore();
            },
          ),
      }),
    },
  ];

  set(ribbons: readonly Ribbon[]): void {
    this.#ribbons = ribbons;
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
}
