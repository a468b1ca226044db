import {
  layerOf,
  styleIds,
  styleOf,
  type Dash,
  type ObjectStyle,
  type ObjectStyles,
  type StyleId,
} from '../data/object-style.ts';
import type { Tone } from '../data/object-tone.ts';
import { lineColor, type Palette } from './palette.ts';

/** A style as it is painted. */
export interface Look {
  readonly color: string;
  /** From 0 to 1. */
  readonly fillAlpha: number;
  /** CSS pixels. */
  readonly width: number;
  /** CSS pixels, on and off in turn; empty is one line. */
  readonly dash: readonly number[];
  readonly size: number;
}

/** What shapes are painted with. */
export interface Looks {
  readonly of: (shape: { readonly styleId: StyleId; readonly tone: Tone }) => Look;
  readonly selected: string;
  /** Behind texts. */
  readonly background: string;
}

const dashLengths: Readonly<Record<Dash, readonly number[]>> = {
  solid: [],
  dashed: [6, 3],
  dotted: [2, 3],
  'dash-dot': [8, 3, 2, 3],
};

const tones = ['up', 'down', 'neutral'] as const satisfies readonly Tone[];

/** The styles in the colours of a theme. */
export function looksOf(styles: ObjectStyles, palette: Palette): Looks {
  const looks = Object.fromEntries(
    styleIds.map((styleId) => [
      styleId,
      Object.fromEntries(tones.map((tone) => [tone, lookOf(styles, palette, styleId, tone)])),
    ]),
  ) as Readonly<Record<StyleId, Readonly<Record<Tone, Look>>>>;
  return {
    of: ({ styleId, tone }) => looks[styleId][tone],
    selected: palette.selected,
    background: palette.background,
  };
}

function lookOf(styles: ObjectStyles, palette: Palette, id: StyleId, tone: Tone): Look {
  const style = styleOf(styles, id);
  const { colour, dash } = completed(style, styles, id, tone);
  return {
    color: colour === 'auto' ? ownColor(palette, id, tone) : lineColor(palette, colour),
    fillAlpha: style.fill / 100,
    width: style.width,
    dash: dashLengths[dash === 'auto' ? 'solid' : dash],
    size: style.size,
  };
}

/** What has ended keeps the looks that it had, but for those that are set for what has ended. */
function completed(style: ObjectStyle, styles: ObjectStyles, id: StyleId, tone: Tone) {
  if (!id.endsWith('-ended')) return style;
  const before = styleOf(styles, `${layerOf(id)}-${tone}` as StyleId);
  return {
    colour: style.colour === 'auto' ? before.colour : style.colour,
    dash: style.dash === 'auto' ? before.dash : style.dash,
  };
}

function ownColor(palette: Palette, id: StyleId, tone: Tone): string {
  if (layerOf(id) === 'level') return palette.level;
  return { up: palette.toneUp, down: palette.toneDown, neutral: palette.toneNeutral }[tone];
}
