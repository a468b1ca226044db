export interface GridColumn {
  readonly id: string;
  readonly title: string;
  /** What the column holds, for who points at its title. */
  readonly hint?: string;
  /** CSS pixels, until somebody drags its edge. */
  readonly width: number;
  readonly align?: 'left' | 'right';
}

export interface GridSort {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

export const narrowest = 40;
export const widest = 1_200;

/** What a click on a column's title asks for: up, down, and as it was. */
export function nextSort(sort: GridSort | null, column: string): GridSort | null {
  if (sort?.column !== column) return { column, direction: 'ascending' };
  return sort.direction === 'ascending' ? { column, direction: 'descending' } : null;
}

/** CSS pixels: as somebody dragged it, else its own, between `narrowest` and `widest`. */
export function widthOf({ id, width }: GridColumn, widths: Readonly<Record<string, number>>): number {
  return Math.min(widest, Math.max(narrowest, widths[id] ?? width));
}
