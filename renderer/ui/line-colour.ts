/** The custom property that holds a line's colour in the theme that is on. */
export function lineColourVariable(colour: string): string {
  return `var(--line-${colour})`;
}
