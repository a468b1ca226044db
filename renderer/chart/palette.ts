import { isCustomColour, type LineColour } from '../data/indicator-setting.ts';

/** Every colour that is painted on a canvas. `ui/tokens.css` has the values; themes and presets change them there. */
const colours = {
  background: '--panel',
  text: '--text-2',
  muted: '--muted',
  border: '--border',
  grid: '--chart-grid',
  crosshair: '--chart-crosshair',
  crosshairLabel: '--chart-crosshair-label',
  breaks: '--chart-break',
  extended: '--chart-extended',
  up: '--candle-up',
  down: '--candle-down',
  upBody: '--candle-up-body',
  fault: '--warn',
  volumeUp: '--volume-up',
  volumeDown: '--volume-down',
  toneUp: '--tone-up',
  toneDown: '--tone-down',
  toneNeutral: '--tone-neutral',
  level: '--level',
  selected: '--accent',
  blueLine: '--line-blue',
  orangeLine: '--line-orange',
  violetLine: '--line-violet',
  tealLine: '--line-teal',
  pinkLine: '--line-pink',
  yellowLine: '--line-yellow',
  greenLine: '--line-green',
  redLine: '--line-red',
  greyLine: '--line-grey',
  calm: '--regime-low',
  usual: '--regime-normal',
  wild: '--regime-high',
} as const;

export type Palette = Readonly<Record<keyof typeof colours, string>>;

/** What a canvas paints a line with: a colour of its own as it is, a named one as the theme has it. */
export function lineColor(palette: Palette, colour: LineColour): string {
  return isCustomColour(colour) ? colour : palette[`${colour}Line`];
}

export const fontFamily = "'Inter Variable', system-ui, sans-serif";

/** Reads the colours that hold at an element. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const entries = Object.entries(colours).map(([name, property]) => [
    name,
    style.getPropertyValue(property).trim() || '#808080',
  ]);
  return Object.fromEntries(entries) as Palette;
}
