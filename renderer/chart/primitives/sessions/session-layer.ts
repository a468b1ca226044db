import type {
  IPrimitivePaneView,
  ISeriesPrimitive,
  Logical,
  SeriesAttachedParameter,
} from 'lightweight-charts';
import type { Palette } from '../../palette.ts';
import { labelHeight, type Box } from '../labels/place-labels.ts';
import { drawBreaks, drawDayNames, drawExtended, type PlacedBreak, type PlacedRun } from './draw-sessions.ts';
import { labelRoom, placeBreaks } from './place-breaks.ts';
import { noMarks, type SessionMarks } from './session-marks.ts';

const reach = 5;

export interface SessionSetting {
  readonly marks: SessionMarks;
  readonly hasBreaks: boolean;
  readonly hasShading: boolean;
  readonly palette: Palette;
  /** So many pixels at the foot of the pane are taken by something else. */
  readonly foot: number;
  /** Whether days are named there. */
  readonly hasLabels: boolean;
}

/** Shows when trading days begin and what is outside regular hours, behind everything else; their names stand in front. */
export class SessionLayer implements ISeriesPrimitive {
  #setting: SessionSetting;
  #attached: SeriesAttachedParameter | null = null;
  #placed: readonly PlacedBreak[] = [];
  #height = 0;

  readonly #views: readonly IPrimitivePaneView[] = [
    {
      zOrder: () => 'bottom',
      renderer: () => ({
        draw: (target) =>
          target.useBitmapCoordinateSpace(
            ({ context, mediaSize, horizontalPixelRatio: x, verticalPixelRatio: y }) => {
              const { palette } = this.#setting;
              drawExtended(context, this.#runs(mediaSize.width), mediaSize.height, { x, y }, palette);
              this.#placed = this.#breaks(mediaSize.width);
              this.#height = mediaSize.height;
              drawBreaks(context, this.#placed, mediaSize.height, { x, y }, palette);
            },
          ),
      }),
    },
    {
      zOrder: () => 'top',
      renderer: () => ({
        draw: (target) =>
          target.useBitmapCoordinateSpace(({ context, horizontalPixelRatio: x, verticalPixelRatio: y }) => {
            const { palette, foot } = this.#setting;
            drawDayNames(context, this.#placed, this.#height - foot, { x, y }, palette);
          }),
      }),
    },
  ];

  constructor(palette: Palette, hasLabels: boolean) {
    this.#setting = { marks: noMarks, hasBreaks: true, hasShading: true, palette, foot: 0, hasLabels };
  }

  set(change: Partial<SessionSetting>): void {
    this.#setting = { ...this.#setting, ...change };
    this.#attached?.requestUpdate();
  }

  /** What is to be said of the break at a place on the screen; null where there is none. */
  readingAt(x: number): string | null {
    const { marks, hasBreaks } = this.#setting;
    if (!hasBreaks) return null;
    const edge = this.#edges();
    const near =
      edge === null ? undefined : marks.breaks.find(({ index }) => Math.abs(edge(index) - x) <= reach);
    return near?.reading ?? null;
  }

  /** Where the names of days were written last. */
  labelBoxes(): readonly Box[] {
    const bottom = this.#height - this.#setting.foot;
    return this.#placed
      .filter(({ label }) => label !== null)
      .map(({ labelX }) => ({
        left: labelX,
        top: bottom - labelHeight - 2,
        width: labelRoom,
        height: labelHeight + 2,
      }));
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

  /** The places between bars and those before them; null without bars. The library answers 0 for a fractional index. */
  #edges(): ((index: number) => number) | null {
    const time = this.#attached?.chart.timeScale();
    const [origin, next] = [0, 1].map((bar) => time?.logicalToCoordinate(bar as Logical) ?? null);
    return origin == null || next == null ? null : (index) => origin + (index - 0.5) * (next - origin);
  }

  #breaks(width: number): readonly PlacedBreak[] {
    const { marks, hasBreaks, hasLabels } = this.#setting;
    const edge = this.#edges();
    if (!hasBreaks || edge === null) return [];
    const placed = placeBreaks(
      marks.breaks.map(({ index, label }) => ({ x: edge(index), label })),
      width,
    );
    return hasLabels ? placed : placed.map((each) => ({ ...each, label: null }));
  }

  #runs(width: number): readonly PlacedRun[] {
    const { marks, hasShading } = this.#setting;
    const edge = this.#edges();
    if (!hasShading || edge === null) return [];
    return marks.extended.flatMap(({ first, end }) => {
      const [left, right] = [edge(first), edge(end)];
      return right < 0 || left > width ? [] : { left, right };
    });
  }
}
