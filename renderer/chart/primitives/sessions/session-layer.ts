import type {
  IPrimitivePaneView,
  ISeriesPrimitive,
  Logical,
  SeriesAttachedParameter,
} from 'lightweight-charts';
import type { Palette } from '../../palette.ts';
import { labelHeight, type Box } from '../labels/place-labels.ts';
import { drawBreaks, drawExtended, type PlacedBreak, type PlacedRun } from './draw-sessions.ts';
import { noMarks, type SessionMarks } from './session-marks.ts';

/** Days nearer to one another than this are not told apart. */
const nearest = 24;
const labelRoom = 64;
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

/** Shows when trading days begin and what is outside regular hours, behind everything else. */
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
              const { palette, foot } = this.#setting;
              drawExtended(context, this.#runs(mediaSize.width), mediaSize.height, { x, y }, palette);
              this.#placed = this.#breaks(mediaSize.width);
              this.#height = mediaSize.height;
              drawBreaks(context, this.#placed, mediaSize.height, { x, y }, palette, foot);
            },
          ),
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
    const near = marks.breaks.find(({ index }) => Math.abs((this.#edge(index) ?? Infinity) - x) <= reach);
    return near?.reading ?? null;
  }

  /** Where the names of days were written last. */
  labelBoxes(): readonly Box[] {
    const bottom = this.#height - this.#setting.foot;
    return this.#placed
      .filter(({ label }) => label !== null)
      .map(({ x }) => ({
        left: x,
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

  /** The place between a bar and the one before it. The library answers 0 for a fractional index. */
  #edge(index: number): number | null {
    const time = this.#attached?.chart.timeScale();
    const [before, after] = [index - 1, index].map(
      (bar) => time?.logicalToCoordinate(bar as Logical) ?? null,
    );
    return before == null || after == null ? null : (before + after) / 2;
  }

  #breaks(width: number): readonly PlacedBreak[] {
    const { marks, hasBreaks, hasLabels } = this.#setting;
    if (!hasBreaks) return [];
    const placed: PlacedBreak[] = [];
    const xs: { x: number; label: string }[] = [];
    for (const { index, label } of marks.breaks) {
      const x = this.#edge(index);
      if (x === null || x < -labelRoom || x > width) continue;
      const last = xs[xs.length - 1];
      if (last !== undefined && x - last.x < nearest) return [];
      xs.push({ x, label });
    }
    xs.forEach(({ x, label }, at) => {
      const next = xs[at + 1]?.x ?? Infinity;
      placed.push({ x, label: hasLabels && next - x >= labelRoom ? label : null });
    });
    return placed;
  }

  #runs(width: number): readonly PlacedRun[] {
    const { marks, hasShading } = this.#setting;
    if (!hasShading) return [];
    return marks.extended.flatMap(({ first, end }) => {
      const [left, right] = [this.#edge(first), this.#edge(end)];
      return left === null || right === null || right < 0 || left > width ? [] : [{ left, right }];
    });
  }
}
