import type { ObjectState } from '#shared/domain/chart-object';
import type { SeriesMarker, SeriesMarkerShape, Time } from 'lightweight-charts';
import { barAt, type BarScale } from './bar-scale.ts';
import { toChartTime } from './chart-time.ts';
import { labelOf, payloadOf, toneOf, type Tone } from './object-tone.ts';
import type { Palette } from './palette.ts';
import type { Emphasis } from './primitives/layer.ts';

type Place = 'aboveBar' | 'belowBar';

/** Entries point into the market, exits out of it; a stop is a square, anything else a dot. */
const looks: Readonly<Record<string, { readonly shape: SeriesMarkerShape; readonly place: Place }>> = {
  entry: { shape: 'arrowUp', place: 'belowBar' },
  buy: { shape: 'arrowUp', place: 'belowBar' },
  exit: { shape: 'arrowDown', place: 'aboveBar' },
  sell: { shape: 'arrowDown', place: 'aboveBar' },
  stop: { shape: 'square', place: 'belowBar' },
};

export interface MarkerOptions {
  readonly bars: BarScale;
  readonly palette: Palette;
  readonly emphasis: Emphasis;
  /** How many bars a text takes: nearer than this to another one on its side, it is left out. */
  readonly textBars: number;
  readonly limit: number;
}

/** Markers at the bars that hold their times. Those outside the loaded bars are left out: the library would move them to the edge. */
export function tradeMarkers(objects: readonly ObjectState[], options: MarkerOptions): SeriesMarker<Time>[] {
  const { bars, palette, emphasis, textBars } = options;
  const lastText = { aboveBar: -Infinity, belowBar: -Infinity };
  const first = bars.ts[0] ?? Infinity;
  const end = (bars.ts[bars.ts.length - 1] ?? -Infinity) + bars.barLength;
  return objects
    .filter((object) => object.object_type === 'marker' && object.t_start >= first && object.t_start < end)
    .sort((a, b) => a.t_start - b.t_start)
    .slice(-options.limit || undefined)
    .map((object) => {
      const { shape, place } = lookOf(object);
      const bar = barAt(bars, object.t_start);
      const isStrong = [emphasis.selectedId, emphasis.hoveredId].includes(object.object_id);
      const hasText = isStrong || bar - lastText[place] >= textBars;
      if (hasText) lastText[place] = bar;
      return {
        time: toChartTime(bars.ts[bar] ?? first),
        position: place,
        shape,
        color: emphasis.selectedId === object.object_id ? palette.selected : colorOf(toneOf(object), palette),
        id: object.object_id,
        size: isStrong ? 1.5 : 1,
        ...(hasText ? { text: labelOf(object) } : {}),
      };
    });
}

function lookOf(object: ObjectState): { readonly shape: SeriesMarkerShape; readonly place: Place } {
  const { kind, type, role, side, action } = payloadOf(object);
  const word = [kind, type, role, action].find(
    (value) => typeof value === 'string' && value.toLowerCase() in looks,
  );
  const look = typeof word === 'string' ? looks[word.toLowerCase()] : undefined;
  const isShort = typeof side === 'string' && ['short', 'sell'].includes(side.toLowerCase());
  if (look === undefined) {
    if (typeof side === 'string' && side.toLowerCase() in looks) return looks[side.toLowerCase()] ?? dot;
    return dot;
  }
  // Selling short enters downwards and leaves upwards.
  return isShort && look.shape !== 'square' ? mirrored(look) : look;
}

const dot = { shape: 'circle', place: 'aboveBar' } as const;

function mirrored({ shape, place }: { readonly shape: SeriesMarkerShape; readonly place: Place }) {
  return {
    shape: shape === 'arrowUp' ? 'arrowDown' : 'arrowUp',
    place: place === 'aboveBar' ? 'belowBar' : 'aboveBar',
  } as const;
}

function colorOf(tone: Tone, palette: Palette): string {
  return { up: palette.toneUp, down: palette.toneDown, neutral: palette.toneNeutral }[tone];
}
