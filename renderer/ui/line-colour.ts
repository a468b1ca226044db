/** A line's colour for a style sheet: the custom property of a named one, which each theme sets, or the colour itself. */
export function cssLineColour(colour: string): string {
  return colour.startsWith('#') ? colour : `var(--line-${colour})`;
}
