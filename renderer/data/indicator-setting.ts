import { indicatorParameters, parameterOf } from '#shared/math/indicator-parameters';
import { indicatorSettling, type Indicator, type IndicatorKind } from '#shared/math/indicator-set';

/** Colours of lines, by name: a theme decides what each of them is. */
export const lineColours = [
  'blue',
  'orange',
  'violet',
  'teal',
  'pink',
  'yellow',
  'green',
  'red',
  'grey',
] as const;
export type NamedColour = (typeof lineColours)[number];
/** One of the named ones, or `#rrggbb`, which looks the same in every theme. */
export type LineColour = NamedColour | `#${string}`;

/** Whether it is `#rrggbb` in lower case, rather than the name of a colour. */
export function isCustomColour(colour: string): colour is `#${string}` {
  return /^#[0-9a-f]{6}$/.test(colour);
}

export const lineWidths = [1, 2, 3, 4] as const;
export type LineWidth = (typeof lineWidths)[number];

/** An indicator as somebody put it on the chart. */
export interface IndicatorSetting {
  /** Names it for as long as it is there; its pane's height is remembered under it. */
  readonly id: string;
  readonly indicator: Indicator;
  readonly colour: LineColour;
  readonly width: LineWidth;
  readonly isHidden: boolean;
}

/** Where an indicator is drawn: over the candles, as a ribbon under them, or in a pane of its own. */
export type IndicatorPlace = 'price' | 'ribbon' | 'pane';

export const indicatorPlaces: Readonly<Record<IndicatorKind, IndicatorPlace>> = {
  ema: 'price',
  bollinger: 'price',
  rsi: 'pane',
  macd: 'pane',
  atr: 'pane',
  trend: 'ribbon',
  volatility: 'ribbon',
};

/** More of them at once would leave no room for the candles. */
export const mostIndicators = 24;

const shortNames: Readonly<Record<IndicatorKind, string>> = {
  ema: 'EMA',
  bollinger: 'BB',
  rsi: 'RSI',
  macd: 'MACD',
  atr: 'ATR',
  trend: 'Trend',
  volatility: 'Volatility',
};

/** What an indicator is, for those who do not know it by its letters. */
export const indicatorTitles: Readonly<Record<IndicatorKind, string>> = {
  ema: 'Exponential average',
  bollinger: 'Bollinger bands',
  rsi: 'Relative strength (RSI)',
  macd: 'MACD',
  atr: 'Average true range (ATR)',
  trend: 'Trend direction',
  volatility: 'Volatility regime',
};

/** `EMA 21`, `MACD 12 26 9`, `Trend`: as legends name it. */
export function indicatorName(indicator: Indicator): string {
  const values = indicatorParameters[indicator.kind].map(({ name }) => parameterOf(indicator, name));
  return [shortNames[indicator.kind], ...values].join(' ');
}

/** How many bars before a window the indicators that are shown settle on. */
export function leadInOf(indicators: readonly IndicatorSetting[]): number {
  const shown = indicators.filter(({ isHidden }) => !isHidden);
  return Math.max(0, ...shown.map(({ indicator }) => indicatorSettling(indicator)));
}

/** The first id of the form `kind-number` that none of them has. */
export function freeIndicatorId(kind: IndicatorKind, indicators: readonly IndicatorSetting[]): string {
  const taken = new Set(indicators.map(({ id }) => id));
  let number = 1;
  while (taken.has(`${kind}-${number}`)) number += 1;
  return `${kind}-${number}`;
}

/** The first of some colours that none of them has, else one after the other. */
export function freeColour(
  used: readonly { readonly colour: LineColour }[],
  offered: readonly LineColour[] = lineColours,
): LineColour {
  const taken = new Set(used.map(({ colour }) => colour));
  return offered.find((colour) => !taken.has(colour)) ?? offered[used.length % offered.length] ?? 'blue';
}
