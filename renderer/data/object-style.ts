import { objectTypes, type ObjectState, type ObjectType } from '#shared/domain/chart-object';
import { lineColours, type LineColour, type LineWidth } from './indicator-setting.ts';
import { markerRoleOf } from './marker-role.ts';
import { isEnded } from './object-status.ts';
import { toneOf } from './object-tone.ts';

/** `auto` is the theme's own: the colours of rising and falling prices, of levels, or of what an object was before it ended. */
export const styleColours = ['auto', ...lineColours] as const;
export type StyleColour = (typeof styleColours)[number] | LineColour;

export const dashes = ['solid', 'dashed', 'dotted', 'dash-dot'] as const;
export type Dash = (typeof dashes)[number];

export const markerSizes = [1, 1.5, 2] as const;
export type MarkerSize = (typeof markerSizes)[number];

/** More would hide the candles. */
export const mostFill = 60;

/** How objects of one kind are drawn. Each layer uses those of it that `styleFields` names. */
export interface ObjectStyle {
  readonly colour: StyleColour;
  /** Percent. */
  readonly fill: number;
  readonly width: LineWidth;
  /** `auto`: as before it ended. */
  readonly dash: 'auto' | Dash;
  readonly size: MarkerSize;
}

export const styleIds = [
  'zone-up',
  'zone-down',
  'zone-neutral',
  'zone-ended',
  'level-up',
  'level-down',
  'level-neutral',
  'level-ended',
  'flag-up',
  'flag-down',
  'flag-neutral',
  'flag-ended',
  'marker-entry',
  'marker-exit',
  'marker-stop',
  'marker-other',
] as const;
export type StyleId = (typeof styleIds)[number];

/** The styles that somebody changed; all others are `usualStyles`. */
export type ObjectStyles = Readonly<Partial<Record<StyleId, ObjectStyle>>>;

export interface StyleKind {
  readonly id: StyleId;
  readonly name: string;
}

/** Legend of each layer: what its kinds are called. */
export const styleKinds: Readonly<Record<ObjectType, readonly StyleKind[]>> = {
  zone: [
    { id: 'zone-up', name: 'Bullish' },
    { id: 'zone-down', name: 'Bearish' },
    { id: 'zone-neutral', name: 'Other' },
    { id: 'zone-ended', name: 'Ended' },
  ],
  level: [
    { id: 'level-up', name: 'Support' },
    { id: 'level-down', name: 'Resistance' },
    { id: 'level-neutral', name: 'Other' },
    { id: 'level-ended', name: 'Ended' },
  ],
  flag: [
    { id: 'flag-up', name: 'Bullish' },
    { id: 'flag-down', name: 'Bearish' },
    { id: 'flag-neutral', name: 'Other' },
    { id: 'flag-ended', name: 'Ended' },
  ],
  marker: [
    { id: 'marker-entry', name: 'Entry' },
    { id: 'marker-exit', name: 'Exit' },
    { id: 'marker-stop', name: 'Stop' },
    { id: 'marker-other', name: 'Other' },
  ],
};

export type StyleField = keyof ObjectStyle;

export const styleFields: Readonly<Record<ObjectType, readonly StyleField[]>> = {
  zone: ['colour', 'fill', 'width', 'dash'],
  level: ['colour', 'width', 'dash'],
  flag: ['colour', 'width', 'dash'],
  marker: ['colour', 'size'],
};

const plain: ObjectStyle = { colour: 'auto', fill: 16, width: 1, dash: 'solid', size: 1 };

/** Kinds of a layer differ in their dash as well, since two colours may look the same to somebody. */
export const usualStyles: Readonly<Record<StyleId, ObjectStyle>> = {
  'zone-up': plain,
  'zone-down': { ...plain, dash: 'dashed' },
  'zone-neutral': { ...plain, dash: 'dotted' },
  'zone-ended': { ...plain, fill: 9, dash: 'auto' },
  'level-up': plain,
  'level-down': plain,
  'level-neutral': plain,
  'level-ended': { ...plain, dash: 'dashed' },
  'flag-up': { ...plain, width: 2 },
  'flag-down': { ...plain, width: 2 },
  'flag-neutral': { ...plain, width: 2 },
  'flag-ended': { ...plain, dash: 'dashed' },
  'marker-entry': plain,
  'marker-exit': plain,
  'marker-stop': plain,
  'marker-other': plain,
};

/** The style that somebody chose for a kind, else the usual one. */
export function styleOf(styles: ObjectStyles, id: StyleId): ObjectStyle {
  return styles[id] ?? usualStyles[id];
}

/** The type of the objects that are drawn in a style. */
export function layerOf(id: StyleId): ObjectType {
  return objectTypes.find((type) => id.startsWith(`${type}-`)) ?? 'zone';
}

/** The kind that decides how an object is drawn. */
export function styleIdOf(object: ObjectState): StyleId {
  const { object_type: type } = object;
  if (type === 'marker') return `marker-${markerRoleOf(object)}`;
  return isEnded(object) ? `${type}-ended` : `${type}-${toneOf(object)}`;
}
